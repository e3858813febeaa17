"""The program, its sponsor, and what the works council said of it."""

from datetime import UTC, date, datetime

import pytest

from app.domain.agency.person import Role
from app.domain.program import beginning, block, program, sponsor
from app.domain.program.program import Program
from tests import make

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def begun(session: None) -> Program:
    make.agency()
    return beginning.begin("Vaste Band", date(2026, 1, 5), None, make.START)


def test_before_setup_there_is_none(session: None) -> None:
    assert program.the_program() is None


def test_it_begins_with_its_block_on_friday(begun: Program) -> None:
    reserved = block.of_program(begun.id, begun.started_on)
    assert program.the_program() is begun
    assert (reserved.weekday, reserved.starts, reserved.minutes) == (4, 14 * 60 + 30, 45)


def test_it_is_described(begun: Program) -> None:
    program.describe(begun, name="Warm", slogan="Altijd", why="Omdat", hue=200)
    assert (begun.name, begun.slogan, begun.why, begun.hue) == ("Warm", "Altijd", "Omdat", 200)


def test_without_a_record_person_level_views_are_off(begun: Program) -> None:
    assert not program.works_council_ok(begun.id)


def test_that_the_council_agreed_is_recorded(begun: Program) -> None:
    program.record_consent(begun.id, exists=True, reason="", by_id=None, at=NOW)
    assert program.works_council_ok(begun.id)


def test_that_there_is_none_needs_a_reason(begun: Program) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        program.record_consent(begun.id, exists=False, reason="", by_id=None, at=NOW)
    program.record_consent(begun.id, exists=False, reason="18 mensen", by_id=None, at=NOW)
    assert program.works_council_ok(begun.id)


def test_withdrawn_is_off_and_stays_as_history(begun: Program) -> None:
    consent = program.record_consent(begun.id, exists=True, reason="", by_id=None, at=NOW)
    program.withdraw_consent(begun.id, NOW)
    assert not program.works_council_ok(begun.id)
    assert consent.withdrawn_at == NOW


def test_a_new_record_replaces_the_one_before(begun: Program) -> None:
    first = program.record_consent(begun.id, exists=True, reason="", by_id=None, at=NOW)
    second = program.record_consent(begun.id, exists=False, reason="18 mensen", by_id=None, at=NOW)
    assert first.withdrawn_at == NOW
    assert program.consent_of(begun.id) is second


def test_a_colleague_becomes_the_sponsor(begun: Program) -> None:
    ines = make.person("Ines Visser")
    sponsor.appoint(begun, ines, "Samen")
    assert sponsor.sponsor_of(begun) is ines
    assert (ines.role, begun.sponsor_message) == (Role.SPONSOR, "Samen")


def test_an_administrator_stays_one(begun: Program) -> None:
    ada = make.person("Ada Smit", Role.ADMIN)
    sponsor.appoint(begun, ada, "")
    assert ada.role == Role.ADMIN


def test_there_may_be_none(begun: Program) -> None:
    sponsor.appoint(begun, make.person("Ines Visser"), "")
    sponsor.appoint(begun, None, "")
    assert sponsor.sponsor_of(begun) is None


def test_a_sponsor_who_left_is_not_shown(begun: Program) -> None:
    gone = make.person("Gerrit Los", gone=True)
    sponsor.appoint(begun, gone, "")
    assert sponsor.sponsor_of(begun) is None
