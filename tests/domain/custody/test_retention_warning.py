"""The warning to owners: whose data end within three weeks, while nobody has heard whether they may stay."""

from datetime import UTC, datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates import consent, contact_state, link
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.link import LinkPurpose
from app.domain.custody import retention_warning
from app.domain.custody.retention_warning import SHOWN, warning
from app.domain.program import regular_mail
from tests import make
from tests.people import People, make_people

TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def people(session: None) -> People:
    found = make_people()
    for person in (found.sanne, found.bram, found.lead):
        person.password_hash = "x"
    return found


def ending(people: People, days: float, name: str = "") -> Candidate:
    row = make.candidate(name, owner=people.sanne)
    row.keep_until = TUESDAY + days * DAY
    db.session.flush()
    return row


def named(people: People) -> list[str]:
    found = warning(people.sanne, TUESDAY)
    return [each.candidate.name for each in found.first] if found else []


def test_soonest_first_within_three_weeks(people: People) -> None:
    for days, name in ((20, "Later"), (0, "Voorbij"), (3, "Eerst"), (21, "Net"), (21.1, "Nog niet")):
        ending(people, days, name)
    assert named(people) == ["Eerst", "Later", "Net"]


def test_who_said_no_or_wants_no_contact_is_let_go(people: People) -> None:
    refused, silent, asked = ending(people, 3), ending(people, 4), ending(people, 5, "Bram Kuiper")
    consent.withdraw(refused.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=TUESDAY, terms_id=None)
    db.session.get_one(contact_state.ContactState, silent.id).do_not_contact_at = TUESDAY
    assert named(people) == [asked.name]


def test_it_says_when_they_were_asked(people: People) -> None:
    asked, not_asked = ending(people, 3), ending(people, 4)
    link.make(asked.id, LinkPurpose.RENEW, by_id=None, now=TUESDAY - 9 * DAY)
    link.make(not_asked.id, LinkPurpose.REACH, by_id=None, now=TUESDAY)
    found = warning(people.sanne, TUESDAY) or pytest.fail("nothing to read")
    assert [each.asked_at for each in found.first] == [TUESDAY - 9 * DAY, None]


def test_the_first_ten_and_how_many_more(people: People) -> None:
    for number in range(SHOWN + 2):
        ending(people, 1 + number)
    found = warning(people.sanne, TUESDAY) or pytest.fail("nothing to read")
    assert (len(found.first), found.number, found.others) == (SHOWN, SHOWN + 2, 2)


def test_on_tuesday_to_owners_who_have_some_and_once_a_week(people: People) -> None:
    ending(people, 3)
    assert retention_warning.due(TUESDAY - DAY) == []
    found = retention_warning.due(TUESDAY)
    assert [(each.recipient, each.period) for each in found] == [(f"person:{people.sanne.id}", "2026-W10")]
    regular_mail.plan(found, TUESDAY, "voorbeeld.nl")
    assert retention_warning.due(TUESDAY + DAY) == []


def test_of_who_said_no_nobody_is_told(people: People) -> None:
    refused = ending(people, 3)
    consent.withdraw(refused.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=TUESDAY, terms_id=None)
    assert retention_warning.due(TUESDAY) == []


def test_nobody_else_is_told(people: People) -> None:
    assert (warning(people.bram, TUESDAY), retention_warning.due(TUESDAY)) == (None, [])
