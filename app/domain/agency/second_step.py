"""The second step of signing in: a code of the app or one on paper, with the limits that slow down guessing."""

from datetime import datetime
from enum import StrEnum

from app.domain.agency import authenticator, recovery_code, sign_in
from app.domain.agency.sign_in import Attempt


class Second(StrEnum):
    """By which second factor somebody proved themselves."""

    CODE = "code"
    RECOVERY = "recovery"
    PASSKEY = "passkey"


OF = "second:"


def attempt(person_id: int, address: str, key: str, browser: str = "") -> Attempt:
    """A try at somebody's second step; it is counted apart from passwords."""
    return sign_in.attempt(f"person:{person_id}", address, key, OF, browser)


def prove(person_id: int, typed: str, who: Attempt, key: str, at: datetime) -> Second | None:
    """By what the code proves, which is used up with it; or count a wrong one and return None.

    Raises:
        TooMany: the limit was reached; nothing was compared.
    """
    sign_in.one_at_a_time()
    sign_in.within_limits(who, at)
    if recovery_code.is_one(typed):
        right = Second.RECOVERY if recovery_code.use(person_id, typed, at) else None
    else:
        right = Second.CODE if authenticator.use(person_id, typed, key, at) else None
    if right is None:
        sign_in.count(who, at)
    else:
        sign_in.forget(who)
    return right
