"""The journey map counts each candidate once where they were, and says how long it took and who dropped off."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person
from app.domain.candidates import contact_flags, stage_move
from app.domain.candidates.candidate import Candidate, Stage, branch_of
from app.domain.candidates.wanted import Wanted
from app.domain.journey.application import Application, ApplicationMove, ApplicationState
from app.domain.journey.vacancy import Vacancy
from app.domain.oversight.contact_point import Point, Side
from app.domain.oversight.elapsed import median
from app.domain.oversight.journey_map import draw
from app.domain.oversight.journey_scope import Scope, Span, scope_of
from app.domain.oversight.journey_step import Fate, Step, passers
from app.domain.oversight.stage_flow import Flow, flows
from tests import make
from tests.domain.scoring.scene import NOW, hit
from tests.people import People, make_people

DAY = timedelta(days=1)
MONTH = Scope(NOW - 28 * DAY, NOW)
BEGAN = datetime(2026, 1, 4, 23, tzinfo=UTC)
A, E, N, C, R = Stage


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def went(name: str, *stays: tuple[Stage, float], owner: Person | None = None) -> Candidate:
    """Somebody who came to each stage so many days ago."""
    them, came_from = make.candidate(name, owner=owner, stage=stays[-1][0], at=NOW - 300 * DAY), None
    for stage, ago in stays:
        stage_move.record(them.id, came_from, stage, reason="", by_id=None, now=NOW - ago * DAY)
        came_from = stage
    db.session.flush()
    return them


def flow(stage: Stage, scope: Scope = MONTH) -> Flow:
    return next(one for one in flows(scope) if one.stage is stage)


def counted(*, side: Side, scope: Scope = MONTH) -> dict[tuple[Stage, str], int]:
    return {(station.flow.stage, one.code): one.candidates for station in draw(scope) for one in station.of(side)}


@pytest.mark.usefixtures("people")
def test_who_came_went_on_fell_back_or_stayed() -> None:
    went("Aan", (A, 20), (E, 10))
    went("Bo", (A, 15))
    went("Cas", (A, 25), (E, 20), (A, 5))
    assert (flow(A).entered, flow(A).on, flow(A).here) == (3, 1, 2)
    assert (flow(E).entered, flow(E).back, flow(E).lost, flow(E).here) == (2, 1, 1, 1)
    assert (flow(A).share(flow(A).on), flow(N).share(0)) == (33, None)


@pytest.mark.usefixtures("people")
def test_who_wants_no_more_contact_dropped_off() -> None:
    contact_flags.refused(went("Aan", (A, 20)).id, NOW)
    assert (flow(A).stopped, flow(A).here) == (1, 0)


@pytest.mark.usefixtures("people")
def test_being_placed_again_is_going_on() -> None:
    went("Aan", (R, 20), (C, 10))
    assert (flow(R).on, flow(R).lost) == (1, 0)


@pytest.mark.usefixtures("people")
def test_a_stay_lasts_from_coming_to_going_also_from_before_the_period() -> None:
    went("Aan", (A, 40), (E, 10))
    went("Bo", (A, 30), (E, 20))
    assert flow(A).hours == 20 * 24
    assert flow(A).entered == 0


def test_the_way_in_may_have_gone_unwritten(people: People) -> None:
    them = make.candidate("Aan", owner=people.sanne, stage=E, at=NOW - 8 * DAY)
    stage_move.record(them.id, A, E, reason="", by_id=None, now=NOW - 5 * DAY)
    assert flow(A).hours == 3 * 24


@pytest.mark.usefixtures("people")
def test_what_they_did_counts_once_in_the_stage_where_they_did_it_last() -> None:
    them = went("Aan", (A, 29), (E, 5)).id
    take_in_many([hit(them, "job_view", day) for day in (5, 10, 29)] + [hit(them, "site_visit", 10)], NOW)
    take_in_many([hit(them, "application_started", 10), hit(them, "mail_click", 10)._replace(verdict="machine")], NOW)
    assert counted(side=Side.THEY) == {(E, "job_view"): 1, (A, "site_visit"): 1}


def test_what_we_did_counts_unless_it_was_undone(people: People) -> None:
    them = went("Aan", (A, 20), owner=people.sanne)
    for outcome in (Outcome.SPOKE, Outcome.NO_ANSWER):
        done = action.log(people.sanne, them, outcome, at=NOW - DAY, now=NOW)
    action.undo(people.sanne, done.action_id, NOW)
    assert counted(side=Side.WE) == {(A, "conversation"): 1}


@pytest.mark.usefixtures("people")
def test_a_procedure_has_its_states_with_the_time_between_them() -> None:
    applied(went("Aan", (E, 20)), ("started", 9), ("completed", 8.75), ("interviewed", 5.75))
    applied(went("Bo", (E, 20)), ("started", 9), ("completed", 8.25))
    found = {point.code: point.hours for station in draw(MONTH) for point in station.of(Side.APPLICATION)}
    assert found == {"started": None, "completed": 12, "interviewed": 72}


def applied(them: Candidate, *states: tuple[str, float]) -> None:
    vacancy = Vacancy(reference=them.name)
    db.session.add(vacancy)
    db.session.flush()
    row = Application(candidate_id=them.id, vacancy_id=vacancy.id, state=ApplicationState(states[-1][0]),
                      state_at=NOW, started_at=NOW, active_at=NOW)  # fmt: skip
    db.session.add(row)
    db.session.flush()
    came_from = None
    for state, ago in states:
        db.session.add(ApplicationMove(application_id=row.id, candidate_id=them.id, from_state=came_from,
                                       to_state=state, moved_at=NOW - ago * DAY))  # fmt: skip
        came_from = state
    db.session.flush()


def test_a_part_of_the_pool(people: People) -> None:
    went("Aan", (A, 20)).role_sought = "Lasser"
    went("Bo", (A, 20), owner=people.sanne)
    for role, wanted, expected in (("las", Wanted(), 1), ("", Wanted(owner_id=people.sanne.id), 1), ("", Wanted(), 2)):
        assert flow(A, scope_of(people.ines, Span.MONTH, wanted, role, NOW)).entered == expected


def test_a_lead_sees_their_branch(people: People) -> None:
    went("Bo", (A, 20), owner=people.otto).branch_id = branch_of(people.otto.id)
    scope = scope_of(people.lead, Span.MONTH, Wanted(), "", NOW)
    assert (flow(A, scope).entered, flow(A).entered) == (0, 1)


@pytest.mark.parametrize(
    ("span", "since"),
    [(Span.QUARTER, NOW - 84 * DAY), (Span.YEAR, NOW - 364 * DAY), (Span.PROGRAM, BEGAN)],
    ids=str,
)  # fmt: skip
def test_a_period_begins_where_it_says(people: People, span: Span, since: datetime) -> None:
    assert scope_of(people.ines, span, Wanted(), "", NOW).since == since


def test_without_a_program_it_is_a_year(session: None) -> None:
    assert scope_of(make.person("Ines"), Span.PROGRAM, Wanted(), "", NOW).since == NOW - 364 * DAY


def test_behind_each_figure_are_its_candidates(people: People) -> None:
    went("Aan", (A, 20), (E, 10))
    went("Bo", (A, 15), owner=people.sanne)
    contact_flags.refused(went("Cas", (A, 12)).id, NOW)
    found = {fate: [row.name for row in passers(people.ines, MONTH, Step(A, fate=fate)).rows] for fate in Fate}
    assert found == {
        Fate.ENTERED: ["Cas", "Bo", "Aan"], Fate.ON: ["Aan"], Fate.HERE: ["Bo"], Fate.LOST: ["Cas"]
    }  # fmt: skip


def test_behind_a_contact_point_too_as_far_as_one_may_see(people: People) -> None:
    them = went("Aan", (A, 20), owner=people.otto)
    them.branch_id = branch_of(people.otto.id)
    action.log(people.otto, them, Outcome.SPOKE, at=NOW - DAY, now=NOW)
    step = Step(A, side=Side.WE, code="conversation")
    assert [(row.name, row.owner) for row in passers(people.ines, MONTH, step).rows] == [("Aan", people.otto.name)]
    assert passers(people.lead, MONTH, step).rows == []
    assert not passers(people.ines, MONTH, step, 2).more


@given(st.lists(st.integers(0, 50), max_size=12))
def test_a_median_is_the_one_in_the_middle(lengths: list[int]) -> None:
    found = median((length, lengths.count(length)) for length in set(lengths))
    ordered = sorted(lengths)
    half = len(ordered) // 2
    assert found == ((ordered[half] + ordered[-half - 1]) / 2 if ordered else None)


def test_a_point_without_a_time_has_none() -> None:
    assert Point(Side.WE, "conversation", A, 1).hours is None
