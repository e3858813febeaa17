"""Changes of how somebody signs in: each is kept in the audit log and told to the person by mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.agency import (
    api_token,
    audit,
    authenticator,
    factors,
    passkey,
    recovery_code,
    session,
    sign_in,
    sign_in_step,
)
from app.domain.agency.audit import About
from app.domain.agency.passkey_answer import Answer
from app.domain.agency.person import Person
from app.domain.agency.sign_in import Attempt
from app.domain.agency.staff import Oneself
from app.domain.notices import outbox
from app.domain.notices.recipient import name_person

KIND = "safety"
WORTH_TELLING = timedelta(days=3)


class Change(StrEnum):
    """What happened."""

    APP_ADDED = "app_added"
    APP_ENDED = "app_ended"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_ENDED = "passkey_ended"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    TAKEN_AWAY = "taken_away"
    OUTSIDE_LINKED = "outside_linked"
    OUTSIDE_ENDED = "outside_ended"
    PASSWORD = "password"  # noqa: S105 - the name of a change
    GUESSED = "guessed"
    TOKEN_MADE = "token_made"  # noqa: S105 - the name of a change


def confirm_app(person: Person, code: str, key: str, host: str, at: datetime) -> Sequence[str] | None:
    """The app works from now on; the codes on paper that come with the first factor, or None for a wrong code."""
    if not authenticator.confirm(person.id, code, key, at):
        return None
    tell(person, Change.APP_ADDED, host, at)
    return _with_codes(person, at)


def end_app(person: Person, host: str, at: datetime) -> bool:
    """The app's codes are asked for no more; False when there was no app."""
    if not authenticator.end(person.id):
        return False
    tell(person, Change.APP_ENDED, host, at)
    _after_ending(person)
    return True


def add_passkey(person: Person, name: str, answer: Answer, host: str, at: datetime) -> Sequence[str]:
    """Keep a key; the codes on paper that come with the first factor.

    Raises:
        Refused: it cannot be kept.
    """
    passkey.add(person, name, answer, at)
    tell(person, Change.PASSKEY_ADDED, host, at)
    return _with_codes(person, at)


def end_passkey(person: Person, passkey_id: int, host: str, at: datetime) -> bool:
    """One of somebody's keys opens nothing any more; False when it was not theirs."""
    if not passkey.remove(person.id, passkey_id):
        return False
    tell(person, Change.PASSKEY_ENDED, host, at)
    _after_ending(person)
    return True


def make_codes(person: Person, host: str, at: datetime) -> Sequence[str]:
    """New codes on paper; the old ones end. None without a factor that they could stand in for."""
    if not factors.has(person.id):
        return ()
    tell(person, Change.CODES_MADE, host, at)
    return recovery_code.make(person.id, at)


def take_away(person: Person, by: Person, host: str, at: datetime) -> None:
    """Whose telephone is lost begins anew: everything beside the password goes, and every session and token.

    Raises:
        Oneself: one's own are on one's own page, behind a proof.
    """
    if person.id == by.id:
        raise Oneself
    factors.end_all(person.id)
    session.close_all(person.id)
    api_token.end_all(person.id, at)
    tell(person, Change.TAKEN_AWAY, host, at, by)


def refuse_code(person: Person, who: Attempt, host: str, at: datetime, by: Person | None = None) -> None:
    """Write down a wrong code; of the last one for now they hear, because whoever types them has the password."""
    actor, about = by.id if by else None, About("person", person.id)
    audit.record("second.refused", actor, at, about)
    if sign_in.must_wait(who, at):
        audit.record("factor.guessed", actor, at, about)
        mail(person, Change.GUESSED, host, at)


def tell(person: Person, change: Change, host: str, at: datetime, by: Person | None = None) -> None:
    """Keep what happened, and mail it to whose account it is, so that nothing happens behind their back."""
    audit.record(f"factor.{change}", (by or person).id, at, About("person", person.id))
    mail(person, change, host, at)


def mail(person: Person, change: Change, host: str, at: datetime) -> None:
    """Only the mail, for what the audit log keeps under another name."""
    if person.email:
        outbox.plan(
            kind=KIND,
            recipient=name_person(person.id),
            period=f"{change} {at.isoformat()}",
            payload={"change": change},
            due_at=at,
            not_after=at + WORTH_TELLING,
            now=at,
            host=host,
        )


def _with_codes(person: Person, at: datetime) -> Sequence[str]:
    """Whoever sets up a first factor gets codes for the day on which it is lost."""
    sign_in_step.end_all(person.id)
    return () if recovery_code.left(person.id) else recovery_code.make(person.id, at)


def _after_ending(person: Person) -> None:
    """Codes on paper stand in for a factor: without any they open nothing."""
    sign_in_step.end_all(person.id)
    if not factors.has(person.id):
        recovery_code.end(person.id)
