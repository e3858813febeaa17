"""Since when nothing may come back of what another system told of somebody before they were forgotten."""

from datetime import timedelta

import pytest

from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.custody import erasure, forgotten
from tests import make

KEY, DAY = b"a key", timedelta(days=1)
NOW = make.START
pytestmark = pytest.mark.usefixtures("session")


def somebody(number: int, mail: str = "") -> Candidate:
    them = make.candidate("Aisha El Amrani")
    crm_id.give(them.id, Crm.BULLHORN, str(number), origin="page", now=NOW)
    if mail:
        identity.add(them, Channel.EMAIL, mail, NOW)
    return them


def erased(number: int, mail: str = "", days: int = 0) -> None:
    them = somebody(number, mail)
    erasure.erase(them.id, by_id=None, reason=erasure.Reason.ASKED, key=KEY, now=NOW + days * DAY)


def since(number: int, them: Candidate, days: int = -1) -> float | None:
    """How many days later they were forgotten last, after a day."""
    at = forgotten.since(Crm.BULLHORN, {str(number): them.id}, NOW + days * DAY, KEY).get(str(number))
    return (at - NOW) / DAY if at else None


def test_who_was_never_forgotten_is_missing() -> None:
    assert since(501, somebody(501)) is None
    erased(502)
    assert since(501, make.candidate("Aisha El Amrani")) is None


def test_the_number_tells_and_the_last_time_counts() -> None:
    erased(501, days=3)
    erased(501, days=7)
    assert since(501, somebody(501)) == 7
    assert since(501, make.candidate("Somebody else")) == 7


def test_so_do_name_and_address_under_another_number() -> None:
    erased(501, "aisha@voorbeeld.nl", days=3)
    assert since(777, somebody(777, "aisha@voorbeeld.nl")) == 3
    assert since(778, somebody(778, "another@voorbeeld.nl")) is None


def test_what_was_before_the_moment_is_of_no_account() -> None:
    erased(501, days=3)
    assert [since(501, make.candidate(), days) for days in (2, 3, 4)] == [3, 3, None]


def test_a_number_of_another_system_and_another_key_tell_nothing() -> None:
    erased(501)
    them = {"501": make.candidate().id}
    assert forgotten.since(Crm.CARERIX, them, NOW - DAY, KEY) == {}
    assert forgotten.since(Crm.BULLHORN, them, NOW - DAY, b"another") == {}
