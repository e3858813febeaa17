"""The beginning: everything at once or nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.agency.agency import AlreadyFounded, the_agency
from app.domain.agency.person import Role
from app.domain.program import founding
from app.domain.program.founding import Council, Founding
from app.domain.program.program import consent_of, the_program

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
PLAN = Founding(
    program_name="Vaste Band",
    agency_name="Noord",
    timezone="Europe/Amsterdam",
    language="nl",
    council=Council.NONE,
    council_reason="18 mensen",
    admin_name="Jan van der Berg",
    admin_email="JAN@noord.nl",
    password_hash="x",
)


def test_it_founds_agency_admin_and_program(session: None) -> None:
    admin = founding.found(PLAN, NOW)
    agency, program = the_agency(), the_program()
    assert agency
    assert program
    assert (admin.role, admin.email, admin.password_hash) == (Role.ADMIN, "jan@noord.nl", "x")
    assert admin.joined_on == program.started_on == datetime(2026, 11, 21, tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("council", "recorded"), [(Council.AGREED, True), (Council.NONE, False), (Council.NOT_YET, None)]
)
def test_the_council_is_recorded(session: None, council: Council, recorded: bool | None) -> None:
    founding.found(replace(PLAN, council=council), NOW)
    program = the_program()
    assert program
    consent = consent_of(program.id)
    assert (consent.exists if consent else None) is recorded
    assert (consent.reason if consent else "") == ("18 mensen" if council == Council.NONE else "")


def test_a_second_agency_is_refused(session: None) -> None:
    founding.found(PLAN, NOW)
    with pytest.raises(AlreadyFounded):
        founding.found(PLAN, NOW)
