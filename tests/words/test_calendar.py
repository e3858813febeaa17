"""Calendar files: right on both sides of every clock change, the same while nothing changes, and telling little."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events  # type: ignore[import-untyped] # it has no types
from icalendar import Calendar

from app import clock
from app.domain.actions import choosing_time
from app.language import in_language
from app.words import calendar as words
from tests.domain.scoring.scene import NOW
from tests.words.calendar_scene import HOST, UNTIL, URL, Year

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def year(session: None) -> Year:
    return Year()


def spans(content: bytes) -> list[tuple[datetime, datetime]]:
    """What a calendar program makes of it, from the beginning of the year on."""
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(datetime(2026, 1, 1, tzinfo=UTC), UNTIL)
    return sorted((each["DTSTART"].dt.astimezone(UTC), each["DTEND"].dt.astimezone(UTC)) for each in found)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_year_of_blocks_and_agreed_times_is_what_we_mean(year: Year) -> None:
    expected = year.expected()
    assert len(expected) > 53
    assert spans(year.feed()) == expected
    on_the_wall = {start.astimezone(AMSTERDAM).strftime("%a %H:%M") for start, _ in expected}
    assert on_the_wall == {"Fri 14:30", "Thu 14:30", "Wed 14:30", "Mon 09:00", "Tue 09:00", "Thu 16:00", "Thu 11:00"}


def test_the_same_bytes_while_nothing_changes(year: Year) -> None:
    assert year.feed() == year.feed()
    assert year.feed() != year.feed("en")


def test_every_block_warns_ten_minutes_before(year: Year) -> None:
    blocks = [each for each in events(year.feed()) if each["UID"].startswith("block-")]
    triggers = {alarm["TRIGGER"].dt for each in blocks for alarm in each.walk("VALARM")}
    assert triggers == {timedelta(minutes=-10)}
    assert all(len(each.walk("VALARM")) == 1 for each in blocks)


def test_names_stay_and_numbers_grow_when_a_block_moves(year: Year) -> None:
    before = {(each["UID"], each.get("RECURRENCE-ID") is None): each["SEQUENCE"] for each in events(year.feed())}
    year.own.people.sanne.created_at = NOW + clock.DAY
    after = {(each["UID"], each.get("RECURRENCE-ID") is None): each["SEQUENCE"] for each in events(year.feed())}
    assert set(before) == set(after)
    assert all(after[key] > before[key] for key in before if key[0].startswith("block-"))


def test_clock_changes_stand_one_to_a_line(year: Year) -> None:
    lines = year.feed().decode().split("\r\n")
    changes = [line for line in lines if line.startswith("RDATE")]
    assert len(changes) > 10
    assert not [line for line in changes if "," in line]


def test_it_says_how_often_to_ask_again(year: Year) -> None:
    text = year.feed().decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "X-PUBLISHED-TTL:PT1H" in text


def test_others_who_look_into_it_see_a_given_name_and_a_letter(year: Year) -> None:
    text = year.feed().decode()
    assert "Bel Pieter P." in text
    assert "Post" not in text


def test_the_invitation_is_the_newest_series_of_the_feed(year: Year) -> None:
    with in_language("nl"):
        content = words.invitation(year.diary(), HOST, URL, "fanfare@voorbeeld.nl")
    found, newest = events(content), f"block-{year.sanne.id}@{HOST}"
    assert {str(each["UID"]) for each in found} == {newest}
    assert newest in {str(each["UID"]) for each in events(year.feed())}
    assert {str(each["ORGANIZER"]) for each in found} == {"MAILTO:fanfare@voorbeeld.nl"}
    assert b"METHOD:REQUEST" in content


def test_what_a_candidate_takes_along_names_the_recruiter(year: Year) -> None:
    start = NOW + 2 * clock.DAY
    visit = year.offer(start)
    choosing_time.choose(visit, start, NOW, HOST)
    with in_language("en"):
        (only,) = events(words.for_candidate(choosing_time.standing(visit, NOW), HOST))
    assert only["SUMMARY"] == "Sanne de Vries of Uitzendbureau Voorbeeld"
    assert only["DTSTART"].dt == start.astimezone(AMSTERDAM)
    chosen = next(each for each in year.diary().appointments if each.chosen)
    assert (chosen.starts, chosen.minutes) == (start, 30)
