"""What a kind is worth: versions that count from a Monday, and kinds that came in from elsewhere."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.agency.person import Role
from app.domain.program import action_kind, beginning, kind_rule
from app.domain.program.action_kind import ActionKind
from app.domain.program.kind_rule import KindRule
from app.domain.program.preset import PRESET_CODES
from app.domain.program.program import Program
from tests import make

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)

LABELS: dict[str, Any] = {"label_nl": "Dossier gecontroleerd", "label_en": "File checked"}


@pytest.fixture
def begun(session: None) -> Program:
    make.agency()
    return beginning.begin("Vaste Band", date(2026, 1, 5), None, make.START)


def kind(begun: Program, code: str) -> ActionKind:
    return next(each for each in action_kind.kinds_of(begun.id) if each.code == code)


def rule(begun: Program, code: str, day: date) -> KindRule:
    return kind_rule.rules_on(begun.id, day)[code]


def test_the_preset_is_that_of_the_game(begun: Program) -> None:
    points = {code: found.points for code, found in kind_rule.rules_on(begun.id, SUNDAY).items()}
    assert points == {
        "attempt": 10,
        "message": 10,
        "inbound": 30,
        "conversation": 30,
        "status_update": 30,
        "promise_kept": 40,
        "preference": 20,
        "refusal": 20,
        "appointment": 50,
        "reengaged": 60,
        "event": 50,
    }
    assert set(points) == PRESET_CODES


def test_attempts_and_messages_share_the_places_of_a_week(begun: Program) -> None:
    classes = {code: found.place_class for code, found in kind_rule.rules_on(begun.id, SUNDAY).items()}
    assert {code for code, place_class in classes.items() if place_class == "attempt"} == {"attempt", "message"}
    assert classes["conversation"] == "conversation"
    assert classes["promise_kept"] is classes["inbound"] is classes["status_update"] is None


def test_the_preset_counts_for_the_past_too(begun: Program) -> None:
    assert rule(begun, "conversation", date(2019, 1, 1)).points == 30


def test_a_change_counts_from_monday_and_never_backwards(begun: Program) -> None:
    made = action_kind.change_points(kind(begun, "conversation"), 45, None, FRIDAY, AMSTERDAM)
    assert (made.valid_from, made.version) == (MONDAY, 2)
    assert rule(begun, "conversation", SUNDAY).points == 30
    assert rule(begun, "conversation", MONDAY) == rule(begun, "conversation", date(2030, 1, 1))
    assert rule(begun, "conversation", MONDAY).points == 45


def test_late_on_a_local_sunday_monday_is_tomorrow(begun: Program) -> None:
    still_sunday = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
    already_monday = datetime(2026, 11, 22, 23, 1, tzinfo=UTC)
    first = action_kind.change_points(kind(begun, "message"), 15, None, still_sunday, AMSTERDAM)
    second = action_kind.change_points(kind(begun, "message"), 20, None, already_monday, AMSTERDAM)
    assert (first.valid_from, second.valid_from) == (MONDAY, date(2026, 11, 30))


def test_the_last_change_of_a_week_is_the_one_that_counts(begun: Program) -> None:
    for points in (45, 55):
        action_kind.change_points(kind(begun, "conversation"), points, None, FRIDAY, AMSTERDAM)
    assert (rule(begun, "conversation", MONDAY).points, rule(begun, "conversation", MONDAY).version) == (55, 3)


def test_unchanged_points_make_no_version(begun: Program) -> None:
    assert action_kind.change_points(kind(begun, "conversation"), 30, None, FRIDAY, AMSTERDAM).version == 1


def test_points_chosen_in_the_setup_count_from_the_beginning(begun: Program) -> None:
    action_kind.choose_points(kind(begun, "event"), 70, None, FRIDAY)
    assert rule(begun, "event", date(2019, 1, 1)).points == 70


def test_choosing_never_overtakes_a_change_that_comes(begun: Program) -> None:
    action_kind.change_points(kind(begun, "event"), 80, None, FRIDAY, AMSTERDAM)
    assert action_kind.choose_points(kind(begun, "event"), 70, None, FRIDAY).valid_from == MONDAY


def test_a_kind_of_ones_own_counts_at_once_and_takes_no_place(begun: Program) -> None:
    added = action_kind.add_kind(
        begun.id, label_nl="Rooster rond", label_en="Roster done!", points=15, by_id=None, at=FRIDAY
    )
    found = rule(begun, "roster_done", SUNDAY)
    assert (found.points, found.place_class, found.label_nl) == (15, None, "Rooster rond")
    assert added.position == len(PRESET_CODES)


@pytest.mark.parametrize(("label", "code"), [("Message", "message_2"), ("???", "own"), ("x" * 80, "x" * 60)])
def test_its_code_is_free_and_short(begun: Program, label: str, code: str) -> None:
    found = action_kind.add_kind(begun.id, label_nl="Iets", label_en=label, points=1, by_id=None, at=FRIDAY)
    assert found.code == code


def test_an_unknown_kind_is_kept_and_worth_nothing(begun: Program) -> None:
    found = action_kind.unknown_kind(begun.id, "webinar", FRIDAY)
    assert not found.known
    assert rule(begun, "webinar", date(2019, 1, 1)).points == 0
    assert action_kind.unknown_kind(begun.id, "webinar", FRIDAY) is found


def test_a_known_code_is_not_unknown(begun: Program) -> None:
    assert action_kind.unknown_kind(begun.id, "attempt", FRIDAY).known


def test_a_kind_that_gets_points_is_known(begun: Program) -> None:
    found = action_kind.unknown_kind(begun.id, "webinar", FRIDAY)
    action_kind.change_points(found, 20, None, FRIDAY, AMSTERDAM)
    assert found.known
    assert rule(begun, "webinar", SUNDAY).points == 0
    assert rule(begun, "webinar", MONDAY).points == 20


def test_a_retired_kind_cannot_be_logged_until_it_is_back(begun: Program) -> None:
    found = action_kind.unknown_kind(begun.id, "webinar", FRIDAY)
    action_kind.retire(found, FRIDAY)
    assert "webinar" not in kind_rule.rules_on(begun.id, MONDAY)
    action_kind.bring_back(found)
    assert "webinar" in kind_rule.rules_on(begun.id, MONDAY)


def test_what_the_outcomes_log_is_never_retired(begun: Program) -> None:
    with pytest.raises(ValueError, match="the outcomes log attempt"):
        action_kind.retire(kind(begun, "attempt"), FRIDAY)


def test_only_kinds_of_ones_own_are_found_to_retire(begun: Program) -> None:
    found = action_kind.unknown_kind(begun.id, "webinar", FRIDAY)
    assert action_kind.own(begun.id, found.id) is found
    assert action_kind.own(begun.id + 1, found.id) is None
    assert action_kind.own(begun.id, kind(begun, "attempt").id) is None


def test_a_kind_of_team_members_is_offered_to_them_first_and_to_nobody_else(begun: Program) -> None:
    action_kind.add_kind(begun.id, **LABELS, points=20, by_id=None, at=make.START, for_members=True)
    offered = {role: [rule.code for rule in kind_rule.offered(begun.id, MONDAY, role)] for role in Role}
    assert offered[Role.MEMBER][0] == "file_checked"
    assert {role for role, codes in offered.items() if "file_checked" in codes} == {Role.MEMBER}


def test_it_changes_from_next_monday_as_every_kind_does(begun: Program) -> None:
    kind = action_kind.add_kind(begun.id, **LABELS, points=20, by_id=None, at=make.START, for_members=True)
    action_kind.change_points(kind, 30, None, make.START, ZoneInfo("Europe/Amsterdam"))
    days = (date(2026, 1, 11), date(2026, 1, 12))
    assert [kind_rule.rules_on(begun.id, day)["file_checked"].points for day in days] == [20, 30]


def test_nobody_says_of_their_own_that_a_promise_was_kept_or_somebody_came_back(begun: Program) -> None:
    codes = {rule.code for rule in kind_rule.offered(begun.id, MONDAY, Role.RECRUITER)}
    assert codes == set(kind_rule.rules_on(begun.id, MONDAY)) - {"promise_kept", "reengaged"}
