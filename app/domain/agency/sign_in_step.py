"""Steps of a sign-in that is under way: begun by one browser, which keeps the token, and soon over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, delete, select

from app.db import db
from app.domain.agency import token
from app.domain.agency.second_factor import SignInStep, StepKind

LASTS: Mapping[StepKind, timedelta] = MappingProxyType(
    {
        StepKind.SECOND: timedelta(minutes=10),
        StepKind.PASSKEY: timedelta(minutes=5),
        StepKind.NEW_PASSKEY: timedelta(minutes=5),
        StepKind.OUTSIDE: timedelta(minutes=10),
    }
)


def begin(kind: StepKind, at: datetime, person_id: int | None = None, **payload: str) -> str:
    """The token of a new step; steps that ended are forgotten with it."""
    db.session.execute(delete(SignInStep).where(SignInStep.expires_at <= at))
    value, ends = token.fresh(), at + LASTS[kind]
    row = SignInStep(
        kind=kind, token_hash=token.hashed(value), person_id=person_id, payload=payload, made_at=at, expires_at=ends
    )
    db.session.add(row)
    db.session.flush()
    return value


def find(value: str, kind: StepKind, at: datetime) -> SignInStep | None:
    """The step behind a token, while it lasts."""
    return db.session.scalar(select(SignInStep).where(*_is(value, kind, at)))


def use_up(value: str, kind: StepKind, at: datetime) -> SignInStep | None:
    """The step behind a token, for the first who asks: it is gone with that, and None when it was or has ended."""
    row = find(value, kind, at)
    if row is None:
        return None
    db.session.expunge(row)
    mine = delete(SignInStep).where(SignInStep.id == row.id).returning(SignInStep.id)
    return row if db.session.scalar(mine) is not None else None


def end_all(person_id: int) -> None:
    """What somebody began they begin anew, as after a new password or another second factor."""
    db.session.execute(delete(SignInStep).where(SignInStep.person_id == person_id))


def _is(value: str, kind: StepKind, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return SignInStep.token_hash == token.hashed(value), SignInStep.kind == kind, SignInStep.expires_at > at
