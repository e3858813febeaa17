"""The rulebook: an edition for every change of what the page says, and what is new for whom."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.db import db
from app.domain.actions import game_rules
from app.domain.game import appearance
from app.domain.program import action_kind, program, rulebook, season
from app.domain.program.program import Program, the_program
from app.domain.program.rulebook import News, RulesEdition
from app.language import in_language
from app.words import rules, rules_news
from jobs import rules as job
from tests.people import People, make_people

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
TODAY = date(2026, 11, 18)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


@pytest.fixture
def present(people: People) -> Program:
    found = the_program()
    assert found
    assert game_rules.publish(found, None, NOW)
    return found


def change(present: Program, code: str, points: int, now: datetime = NOW) -> None:
    kind = next(each for each in action_kind.kinds_of(present.id) if each.code == code)
    action_kind.change_points(kind, points, None, now, ZoneInfo("Europe/Amsterdam"))


def publish(present: Program, now: datetime = NOW) -> RulesEdition | None:
    return game_rules.publish(present, None, now)


def news(present: Program, people: People) -> list[str]:
    found = rulebook.news_for(people.sanne, present.id)
    with in_language("nl"):
        return rules_news.sentences(found, TODAY) if found else []


def test_what_says_the_same_is_no_edition(present: Program) -> None:
    assert publish(present) is None
    assert not game_rules.changed(present)
    assert [each.number for each in rulebook.editions(present.id)] == [1]


def test_a_change_of_points_counts_from_its_monday(present: Program, people: People) -> None:
    change(present, "conversation", 40)
    made = publish(present)
    assert made
    assert (made.number, made.valid_from) == (2, MONDAY)
    assert news(present, people) == ["Gesprek is vanaf maandag 40 punten in plaats van 30."]


def test_a_passing_monday_makes_no_edition(present: Program) -> None:
    change(present, "conversation", 40)
    publish(present)
    assert publish(present, NOW + timedelta(weeks=2)) is None


def test_a_kind_is_worth_what_holds_on_the_day(present: Program) -> None:
    change(present, "conversation", 40)
    kind = next(each for each in game_rules.content(present)["kinds"] if each["code"] == "conversation")
    assert [rules.worth_on(kind, day) for day in (TODAY, date(2026, 11, 22), MONDAY)] == [30, 30, 40]


def test_what_was_changed_back_is_no_news(present: Program, people: People) -> None:
    for points in (40, 30):
        change(present, "conversation", points)
        publish(present)
    assert news(present, people) == []


def _settings(present: Program) -> dict[str, Callable[[], object]]:
    facts: dict[str, Any] = {"points": 25, "by_id": None, "at": NOW}
    return {
        "mode": partial(appearance.set_mode, present, "team", all_time=False),
        "consent": partial(program.withdraw_consent, present.id, NOW),
        "season": partial(season.add, present.id, "Winter", MONDAY, date(2026, 12, 20), by_id=None, now=NOW),
        "kind": partial(action_kind.add_kind, present.id, label_nl="Overleg", label_en="Meeting", **facts),
    }


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("mode", "Er is iets nieuws onder “Wie ziet wat”."),
        ("consent", "Er is iets nieuws onder “Wie ziet wat”."),
        ("season", "Er is iets nieuws onder “Seizoenen”."),
        ("kind", "Overleg levert 25 punten op."),
    ],
)
def test_every_setting_that_the_page_speaks_of_makes_one(
    present: Program, people: People, setting: str, told: str
) -> None:
    _settings(present)[setting]()
    made = publish(present)
    assert made
    assert (made.number, made.valid_from) == (2, TODAY)
    assert news(present, people) == [told]


def test_read_it_is_news_no_more_and_that_never_goes_back(present: Program, people: People) -> None:
    change(present, "conversation", 40)
    publish(present)
    rulebook.mark_read(people.sanne.id, 2, NOW)
    rulebook.mark_read(people.sanne.id, 1, NOW)
    assert rulebook.news_for(people.sanne, present.id) is None
    assert rulebook.news_for(people.bram, present.id)


def test_whoever_came_later_knows_what_held_then(present: Program, people: People) -> None:
    change(present, "conversation", 40)
    publish(present)
    people.sanne.created_at = NOW + timedelta(days=1)
    db.session.flush()
    assert rulebook.news_for(people.sanne, present.id) is None


def test_a_new_release_with_other_limits_says_where_to_look(present: Program) -> None:
    known = rulebook.newest(present.id)
    assert known
    other = deepcopy(known.content) | {"kinds": known.content["kinds"][1:], "day": {"full": 10, "half": 20}}
    other["bonuses"]["rescue"] = 60
    later = RulesEdition(program_id=present.id, number=2, content=other, valid_from=TODAY, made_at=NOW)
    with in_language("en"):
        told = rules_news.sentences(News(known, later), TODAY)
    assert told == [
        "Attempt without answer is not logged any more.",
        "What is earned extra has changed: see below.",
        "There is something new under “Limits that protect candidates”.",
    ]


def test_the_job_sees_what_nobody_published(present: Program) -> None:
    assert job.publish_due("job", NOW) == 0
    appearance.set_mode(present, "off", all_time=True)
    assert (job.publish_due("job", NOW), job.publish_due("job", NOW)) == (1, 0)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mode", appearance.MODES)
def test_the_page_is_written_in_every_mode(present: Program, language: str, mode: str) -> None:
    appearance.set_mode(present, mode, all_time=True)
    action_kind.kinds_of(present.id)[0].for_members = True
    with in_language(language):
        told = rules.chapters(game_rules.content(present), TODAY)
    assert len({chapter.title for chapter in told}) == len(told) == 13
