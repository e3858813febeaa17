"""The figures of days against looking at every row one by one, and how they follow what is changed afterwards."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.custody.erasure import Erasure
from app.domain.journey.feedback import Feedback
from app.domain.oversight import day_check, day_keeping
from app.domain.oversight.day_counting import IS_STANDING
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.oversight.day_mark import known
from app.domain.oversight.waiting_for_word import waiting_for_word
from tests import make
from tests.domain.oversight.journeys import settle, team_of
from tests.domain.oversight.scene import NOW, ZONE, Scene

WEEK = timedelta(days=7)
STAGES = list(Stage)
HEARD = ("form",)
Facts = dict[object, object]


@pytest.fixture
def made(session: None, journeys: Scene) -> Scene:
    return journeys.again()


def kept_activity() -> Facts:
    row = ActivityDay
    rows = db.session.execute(select(row.day, row.person_id, row.actions, row.answered, row.tried))
    return {(each[0], each[1]): tuple(each[2:]) for each in rows}


def activity_by_hand(made: Scene) -> Facts:
    """Each action by itself."""
    found: dict[object, Counter[str]] = {}
    for action in made.actions:
        if action.person_id is None or action.undone_at:
            continue
        effect = made.effect(action)
        taken = effect in (Effect.ANSWERED, Effect.HEARD)
        day = found.setdefault((action.local_date, action.person_id), Counter())
        day.update({"all": 1, "answered": taken, "tried": effect is Effect.UNANSWERED})
    return {key: (day["all"], day["answered"], day["tried"]) for key, day in found.items()}


def kept_events() -> Facts:
    query = select(FigureDay.day, FigureDay.measure, FigureDay.team_id, FigureDay.number)
    return {tuple(each[:3]): each[3] for each in db.session.execute(query.where(~IS_STANDING))}


def events_by_hand(made: Scene) -> Facts:
    """Each move, answer and turn to us by itself."""
    found: Counter[object] = Counter()
    for candidate in made.candidates:
        team = team_of(candidate)
        for move in make.moves_of(candidate.id):
            found.update((clock.local_day(move.moved_at, ZONE), name, team) for name in moves_by_hand(candidate, move))
    for row in db.session.scalars(select(Feedback)):
        assert row.answered_at
        found[clock.local_day(row.answered_at, ZONE), f"face:{row.score}", row.team_id] += 1
    found.update(words_by_hand(made))
    return dict(found)


def moves_by_hand(candidate: Candidate, move: StageMove) -> list[str]:
    names = [f"came:{move.to_stage}"]
    if move.from_stage is None:
        return names
    again = (move.from_stage, move.to_stage) == ("redeploy", "convert")
    further = STAGES.index(Stage(move.to_stage)) > STAGES.index(Stage(move.from_stage))
    names.append(f"{'on' if again or further else 'back'}:{move.from_stage}")
    if move.to_stage == "convert":
        days = max((move.moved_at - candidate.registered_at).days, 0)
        names += ["redeployed"] if again else ["placed", f"after:{days}"]
    return names


def words_by_hand(made: Scene) -> Counter[object]:
    """How long each of those who turned to us waited for a contact."""
    whose, found = {each.id: each for each in made.candidates}, Counter[object]()
    for turn in made.touchpoints:
        if turn.kind not in HEARD or turn.verdict != "human":
            continue
        contacts = (Effect.ANSWERED, Effect.UNANSWERED, Effect.HEARD, Effect.TOLD)
        words = [
            action.occurred_at
            for action in made.actions
            if action.candidate_id == turn.candidate_id
            and action.occurred_at >= turn.occurred_at
            and action.person_id
            and not action.undone_at
            and made.effect(action) in contacts
        ]
        if not words and turn.occurred_at + WEEK > NOW:
            continue
        hours = (min(words) - turn.occurred_at) // timedelta(hours=1) if words else 168
        hours = min(168, hours if hours < 24 else hours - hours % 24)
        found[turn.local_date, f"word:{hours}", team_of(whose[turn.candidate_id])] += 1
    return found


def test_every_day_is_what_its_rows_say(made: Scene) -> None:
    settle()
    assert kept_activity() == activity_by_hand(made)
    assert kept_events() == events_by_hand(made)
    measures = {key[1].partition(":")[0] for key in kept_events()}  # type: ignore[index]
    assert measures == {"came", "on", "back", "placed", "after", "redeployed", "face", "word"}


def test_nothing_is_shown_before_it_is_counted(made: Scene) -> None:
    assert not known(NOW).holds(date(2026, 10, 1))
    day_keeping.keep(day_keeping.look_at_new(NOW, ZONE))
    assert (known(NOW).holds(date(2026, 10, 29)), known(NOW).holds(date(2026, 10, 1))) == (True, False)
    settle()
    assert known(NOW).holds(date(1999, 1, 1))
    assert not known(NOW + timedelta(minutes=6)).holds(date(2026, 10, 29)), "the job is down"


def test_a_second_look_finds_nothing(made: Scene) -> None:
    settle()
    assert len(day_keeping.look_at_new(NOW, ZONE)) == 0
    assert len(day_keeping.look_again(NOW, ZONE)) == 0


@pytest.mark.parametrize("seed", range(2))
def test_what_is_logged_and_taken_back_follows_at_the_next_look(made: Scene, seed: int) -> None:
    settle()
    dice = random.Random(seed)
    for action in dice.sample([each for each in made.actions if each.undone_at is None], 12):
        action.undone_at = NOW + timedelta(seconds=dice.randrange(100))
    _more(dice, made)
    day_keeping.keep(day_keeping.look_at_new(NOW + timedelta(minutes=3), ZONE))
    assert kept_activity() == activity_by_hand(made)
    assert kept_events() == events_by_hand(made)


def test_what_is_merged_away_is_found_again_at_once(made: Scene) -> None:
    settle()
    assert not day_keeping.is_in_a_hurry()
    db.session.execute(delete(StageMove).where(StageMove.candidate_id == made.candidates[0].id))
    db.session.add(Erasure(candidate_id=made.candidates[0].id, reason="asked", marks=[], erased_at=NOW))
    db.session.flush()
    settle(NOW + timedelta(minutes=1))
    assert kept_events() == events_by_hand(made)


def test_a_clock_that_was_ahead_holds_nothing_up(made: Scene) -> None:
    settle()
    day_keeping.keep(day_keeping.look_at_new(NOW + timedelta(days=1), ZONE))
    assert not known(NOW).holds(date(2026, 10, 1)), "counted by a clock that was wrong"
    old = next(each for each in made.actions if each.local_date < date(2026, 9, 1) and each.person_id)
    old.undone_at = NOW
    db.session.flush()
    day_keeping.keep(day_keeping.look_at_new(NOW, ZONE))
    assert known(NOW).holds(date(2026, 10, 1))
    assert kept_activity() == activity_by_hand(made)


def test_days_of_another_zone_are_all_counted_again(made: Scene) -> None:
    settle()
    elsewhere = ZoneInfo("Pacific/Auckland")
    day_keeping.keep(day_keeping.look_at_new(NOW, elsewhere))
    assert day_keeping.is_in_a_hurry()
    while day_keeping.is_in_a_hurry():
        day_keeping.keep(day_keeping.look_again(NOW, elsewhere))
    assert not list(day_check.differences(NOW, elsewhere))


def test_round_and_round(made: Scene) -> None:
    settle()
    db.session.execute(update(FigureDay).where(~IS_STANDING).values(number=77))
    for _ in range(64):
        day_keeping.keep(day_keeping.look_again(NOW, ZONE))
    assert kept_events() == events_by_hand(made)


def test_the_doctor_finds_what_is_not_so(made: Scene) -> None:
    settle()
    assert not list(day_check.differences(NOW, ZONE))
    db.session.execute(update(FigureDay).values(number=FigureDay.number + 1))
    assert list(day_check.differences(NOW, ZONE))


def test_how_the_pool_stands(made: Scene) -> None:
    settle()
    query = select(FigureDay.measure, FigureDay.number).where(IS_STANDING, FigureDay.day == date(2026, 10, 29))
    found: Counter[str] = Counter()
    for measure, number in db.session.execute(query):
        found[measure] += int(number)
    by_hand = Counter(made.standing(each, NOW) for each in made.candidates)
    for name in ("late", "on_time"):
        assert sum(number for measure, number in found.items() if measure.startswith(f"{name}:")) == by_hand[name]
    assert found["waiting"] == len(waiting_for_word(NOW, named=False))


def test_how_the_pool_stood_is_known_of_sundays(made: Scene) -> None:
    settle()
    sunday = date(2026, 9, 27)
    query = select(FigureDay.measure, FigureDay.number).where(IS_STANDING, FigureDay.day == sunday)
    late = sum(int(number) for measure, number in db.session.execute(query) if measure.startswith("late:"))
    end = clock.midnight(sunday + clock.DAY, ZONE) - datetime.resolution
    assert late == Counter(made.standing(each, end) for each in made.candidates)["late"] > 0


def _more(dice: random.Random, made: Scene) -> None:
    """Actions that are logged now, for days of the last weeks."""
    for back in range(0, 40, 4):
        like = dice.choice(made.actions)
        at = NOW - timedelta(days=back)
        facts = {name: getattr(like, name) for name in ("person_id", "candidate_id", "kind_id", "outcome")}
        row = EngagementAction(occurred_at=at, local_date=clock.local_day(at, ZONE), recorded_at=NOW, **facts)
        db.session.add(row)
        made.actions.append(row)
    db.session.flush()
