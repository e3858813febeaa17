"""How many different candidates somebody's software read within an hour: only fingerprints are kept, for so long."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select

from app.db import db
from app.domain.agency.session import SignInFailure
from app.domain.agency.sign_in import WINDOW, fingerprint


def by(person_id: int, key: str) -> str:
    """Whose reading it is, as a fingerprint."""
    return fingerprint(f"read by person {person_id}", key)


def marks(candidate_ids: Collection[int], key: str) -> frozenset[str]:
    """What tells candidates apart, as fingerprints."""
    return frozenset(fingerprint(f"read candidate {each}", key) for each in candidate_ids)


def lately(reader: str, at: datetime) -> frozenset[str]:
    """Whom they read in the hour before a moment."""
    theirs = SignInFailure.account_hash == reader, SignInFailure.at > at - WINDOW
    return frozenset(db.session.scalars(select(SignInFailure.address_hash).where(*theirs)))


def note(reader: str, them: Collection[str], at: datetime) -> None:
    """They read these as well."""
    rows = [{"account_hash": reader, "address_hash": each, "at": at} for each in sorted(them)]
    if rows:
        db.session.execute(insert(SignInFailure), rows)
