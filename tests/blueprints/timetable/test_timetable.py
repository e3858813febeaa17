"""One's block and days off, those of a team and of everybody: on a Wednesday, with the block on Friday at 14:30."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.db import db
from app.domain.agency.person import Person
from app.domain.program import absence, occurrence
from app.domain.program.occurrence import Occurrence
from tests.people import Browser, People, make_people

WEDNESDAY = datetime(2026, 11, 18, 11, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
WEEKLY = {"weekly-weekday": "1", "weekly-starts": "10:00", "weekly-minutes": "30"}
LATE = {"weekly-weekday": "3", "weekly-starts": "10:00", "weekly-minutes": "30"}
MOVED = {"move-day": "2026-11-19", "move-starts": "09:15", "move-minutes": "60"}
TEAM = {"weekday": "3", "starts": "10:00", "minutes": "30"}
PAGE = "/timetable"


@dataclass(frozen=True)
class Desk:
    people: People
    sanne: Browser
    lead: Browser
    ada: Browser

    def block(self, person: Person, day: date = FRIDAY) -> Occurrence | None:
        with self.sanne.app.app_context():
            return occurrence.in_week(person, day)

    def weekday(self, person: Person, day: date = FRIDAY) -> int | None:
        found = self.block(person, day)
        return found.starts.weekday() if found else None

    def send(self, browser: Browser, url: str, data: dict[str, str] | None = None) -> int:
        return browser.post(url, data, at=PAGE).status_code

    def off(self, person: Person | None, first: date, last: date) -> int:
        with self.sanne.app.app_context():
            row = absence.record(person.id if person else None, first, last, by_id=None, now=WEDNESDAY)
            db.session.commit()
            return row.id


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    with time_machine.travel(WEDNESDAY, tick=False):
        with browser.app.app_context():
            people = make_people()
        yield Desk(people, *(browser.sign_in(each) for each in (people.sanne, people.lead, people.ada)))


def own(desk: Desk, what: str) -> str:
    return f"{PAGE}/people/{desk.people.sanne.id}/{what}"


def test_this_week_and_the_weeks_after(desk: Desk) -> None:
    desk.off(desk.people.sanne, date(2026, 11, 27), date(2026, 11, 27))
    text = desk.sanne.get(PAGE).text
    assert "Vrijdag 20 november, 14:30 tot 15:15" in text
    assert "Donderdag 26 november, 14:30 tot 15:15" in text
    assert "Verschoven vanwege vrije dagen." in text


def test_a_week_without_a_working_day(desk: Desk) -> None:
    desk.off(desk.people.sanne, MONDAY, MONDAY + timedelta(60))
    text = desk.sanne.get(PAGE).text
    assert "Geen opvolgmoment" in text
    assert "De komende weken geen." in text


def test_a_time_of_ones_own_holds_from_next_week_when_this_week_s_would_be_past(desk: Desk) -> None:
    assert desk.send(desk.sanne, own(desk, "block"), WEEKLY) == 303
    text = desk.sanne.get(PAGE).text
    assert "Vanaf 23 november: elke dinsdag van 10:00 tot 10:30." in text
    assert "Deze week nog elke vrijdag van 14:30 tot 15:15" in text
    assert [desk.weekday(desk.people.sanne, FRIDAY + timedelta(days)) for days in (0, 7)] == [4, 1]


def test_it_holds_at_once_when_neither_has_come_and_is_undone(desk: Desk) -> None:
    assert desk.send(desk.sanne, own(desk, "block"), LATE) == 303
    assert [desk.weekday(each) for each in (desk.people.sanne, desk.people.bram)] == [3, 4]
    undo = desk.sanne.get(PAGE).text.split("/withdrawal")[0].rpartition('"')[2] + "/withdrawal"
    assert desk.send(desk.sanne, undo) == 303
    assert desk.weekday(desk.people.sanne) == 4
    assert desk.send(desk.sanne, undo) == 404


def test_going_along_with_the_others_again(desk: Desk) -> None:
    assert desk.send(desk.sanne, own(desk, "block/giving-up")) == 404
    desk.send(desk.sanne, own(desk, "block"), LATE)
    assert desk.send(desk.sanne, own(desk, "block/giving-up")) == 303
    assert desk.weekday(desk.people.sanne) == 4


@pytest.mark.parametrize("wrong", [{"weekly-minutes": "10"}, {"weekly-starts": "23:50"}, {"weekly-weekday": "7"}])
def test_a_time_that_cannot_be(desk: Desk, wrong: dict[str, str]) -> None:
    answer = desk.sanne.post(own(desk, "block"), LATE | wrong, at=PAGE)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_this_weeks_block_is_moved_and_put_back(desk: Desk) -> None:
    assert desk.send(desk.sanne, f"{PAGE}/move", MOVED) == 303
    assert "Donderdag 19 november, 09:15 tot 10:15" in desk.sanne.get(PAGE).text
    assert [desk.weekday(desk.people.sanne, FRIDAY + timedelta(days)) for days in (0, 7)] == [3, 4]
    assert [desk.send(desk.sanne, f"{PAGE}/move/withdrawal") for _time in range(2)] == [303, 404]
    assert desk.weekday(desk.people.sanne) == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"move-day": "2026-11-18", "move-starts": "08:00"}, "Dat moment is voorbij"),
        ({"move-starts": "23:30"}, "voor middernacht"),
        ({"move-minutes": "500"}, 'role="alert"'),
        ({"move-day": "2026-11-27"}, 'role="alert"'),
    ],
)
def test_it_does_not_move_there_and_what_was_typed_stays(desk: Desk, typed: dict[str, str], said: str) -> None:
    answer = desk.sanne.post(f"{PAGE}/move", MOVED | typed, at=PAGE)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{(MOVED | typed)["move-starts"]}"' in answer.text


def test_a_block_that_is_over_is_not_moved(desk: Desk) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 14, 15, tzinfo=UTC), tick=False):
        later = desk.sanne.sign_in(desk.people.sanne)
        assert "Verzetten" not in later.get(PAGE).text
        assert desk.send(later, f"{PAGE}/move", MOVED) == 404


def test_days_off_are_taken_back_and_put_back(desk: Desk) -> None:
    assert desk.send(desk.sanne, own(desk, "days-off"), {"off-first": "2026-11-20"}) == 303
    assert desk.weekday(desk.people.sanne) == 3
    assert "Vrijdag 20 november 2026" in desk.sanne.get(PAGE).text
    with desk.sanne.app.app_context():
        (row,) = absence.standing_of(desk.people.sanne.id, FRIDAY)
    assert desk.send(desk.sanne, f"{PAGE}/days-off/{row.id}/withdrawal") == 303
    assert desk.weekday(desk.people.sanne) == 4
    assert desk.send(desk.sanne, f"{PAGE}/days-off/{row.id}/return") == 303
    assert desk.weekday(desk.people.sanne) == 3


@pytest.mark.parametrize(
    "wrong", [{"off-first": ""}, {"off-last": "2026-11-19"}, {"off-last": "2027-11-21"}, {"off-first": "morgen"}]
)
def test_days_that_cannot_be(desk: Desk, wrong: dict[str, str]) -> None:
    sent = {"off-first": "2026-11-20", "off-last": "2026-11-22"} | wrong
    assert desk.send(desk.sanne, own(desk, "days-off"), sent) == 422


def test_one_s_own_days_of_a_week_that_is_over_are_for_others_to_say(desk: Desk) -> None:
    past = {"off-first": "2026-11-13"}
    answer = desk.sanne.post(own(desk, "days-off"), past, at=PAGE)
    assert (answer.status_code, "Die week is voorbij" in answer.text) == (422, True)
    assert desk.send(desk.lead, f"{PAGE}/people/{desk.people.sanne.id}/days-off", past) == 303


def test_what_was_withdrawn_long_ago_comes_back_by_others(desk: Desk) -> None:
    row_id = desk.off(desk.people.sanne, date(2026, 11, 13), date(2026, 11, 13))
    with desk.sanne.app.app_context():
        row = db.session.get_one(absence.Absence, row_id)
        absence.withdraw(row, WEDNESDAY - timedelta(days=2))
        db.session.commit()
    for who, gone in ((desk.sanne, True), (desk.lead, False)):
        assert desk.send(who, f"{PAGE}/days-off/{row_id}/return") == 303
        with desk.sanne.app.app_context():
            assert bool(db.session.get_one(absence.Absence, row_id).withdrawn_at) == gone


def test_a_lead_does_it_for_the_team_and_nobody_else_does(desk: Desk) -> None:
    bram, otto = (f"{PAGE}/people/{each.id}" for each in (desk.people.bram, desk.people.otto))
    assert "Bram Jansen" in desk.lead.get(bram).text
    assert desk.send(desk.lead, f"{bram}/block", LATE) == 303
    assert desk.send(desk.lead, f"{bram}/days-off", {"off-first": "2026-11-19"}) == 303
    assert desk.weekday(desk.people.bram) == 2
    assert [desk.send(who, f"{url}/block", LATE) for who, url in ((desk.lead, otto), (desk.sanne, bram))] == [404, 404]
    assert desk.ada.get(otto).status_code == 200


def test_days_off_of_somebody_else_do_not_exist(desk: Desk) -> None:
    row_id = desk.off(desk.people.otto, FRIDAY, FRIDAY)
    assert [desk.send(who, f"{PAGE}/days-off/{row_id}/withdrawal") for who in (desk.sanne, desk.lead)] == [404, 404]
    assert desk.send(desk.ada, f"{PAGE}/days-off/{row_id}/withdrawal") == 303


def test_a_team_has_its_own_time_and_gives_it_up(desk: Desk) -> None:
    page = f"{PAGE}/teams/{desk.people.sanne.team_id}"
    assert "Sanne de Vries" in desk.lead.get(page).text
    assert desk.send(desk.lead, page, TEAM) == 303
    assert [desk.weekday(each) for each in (desk.people.sanne, desk.people.otto)] == [3, 4]
    assert "Elke donderdag van 10:00 tot 10:30" in desk.ada.get("/program/block").text
    assert desk.send(desk.lead, page, TEAM | {"minutes": "5"}) == 422
    assert desk.send(desk.lead, f"{page}/giving-up") == 303
    assert desk.weekday(desk.people.sanne) == 4
    assert desk.lead.get(f"{PAGE}/teams/{desk.people.otto.team_id}").status_code == 404


def test_a_closure_moves_everybodys_block(desk: Desk) -> None:
    closed = {"first": "2026-11-20", "last": "", "label": "Bedrijfsuitje"}
    assert desk.send(desk.ada, "/program/closures", closed) == 303
    assert "Bedrijfsuitje" in desk.ada.get("/program/closures").text
    assert "Verschoven vanwege een feestdag of sluiting." in desk.sanne.get(PAGE).text
    assert [desk.weekday(each) for each in (desk.people.sanne, desk.people.otto)] == [3, 3]
    assert desk.send(desk.ada, "/program/closures", {"first": ""}) == 422
    assert "Bedrijfsuitje" in desk.ada.get("/program/block").text


def test_a_closure_is_taken_back(desk: Desk) -> None:
    closed = f"{PAGE}/days-off/{desk.off(None, FRIDAY, FRIDAY)}"
    assert [desk.send(who, f"{closed}/withdrawal") for who in (desk.lead, desk.ada)] == [404, 303]
    assert desk.weekday(desk.people.sanne) == 4
    assert desk.send(desk.ada, f"{closed}/return") == 303
    assert desk.weekday(desk.people.sanne) == 3
