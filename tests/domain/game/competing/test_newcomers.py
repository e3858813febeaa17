"""Whoever joins the agency after a competition was published may take part from then on, once they say so."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from app.domain.agency import person, staff
from app.domain.agency.person import Person, Role
from app.domain.game.competing import announcing, cancelling, ranking, seeing, taking_part
from app.domain.game.competing.announcing import Moment
from app.domain.game.competing.competition import Audience, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.entrant import active, entrant_of, sides_of
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.rewarding import budget_check
from app.domain.game.rewarding.pots import TooLittle
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, MONDAY, Arena

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)
BON = PrizePlan(PrizeKind.TEAM, "Bon", 4_00, per_person=True)


@pytest.fixture
def here(session: None) -> Iterator[Arena]:
    with time_machine.travel(WEDNESDAY, tick=False):
        yield arena.start()


def come(team_id: int | None, name: str = "Noor Nieuw", role: Role = Role.RECRUITER) -> Person:
    return person.add(name, None, role, team_id=team_id, today=date(2026, 11, 18), at=WEDNESDAY)


def move(here: Arena, who: Person, team_id: int) -> None:
    staff.edit(who, here.scene.people.ada, name=who.name, email=None, role=Role.RECRUITER, team_id=team_id)


def test_they_join_by_choice_and_their_days_count_from_joining_the_agency(here: Arena) -> None:
    row = here.publish(by_choice=True)
    new = come(here.scene.team_id)
    assert seeing.visible_to(new, row.id) is row
    assert new.id in announcing.hearers(row.id, Moment.START)
    assert active(row.id) == []
    taking_part.join(row, new, WEDNESDAY)
    here.scene.earn(90, person_id=new.id)
    (line,) = ranking.ranked(row).people
    assert (line.subject_id, line.available_days) == (new.id, 3)


def test_in_a_race_of_teams_they_are_on_their_teams_side_once_they_say_so(here: Arena) -> None:
    row = here.publish(Format.TEAMS)
    new, other = come(here.scene.team_id), come(None, "Otis Later")
    move(here, other, here.scene.team_id)
    mine = next(side for side in sides_of(row.id) if side.team_id == here.scene.team_id)
    assert {each.id for each in (new, other)}.isdisjoint(each.person_id for each in active(row.id))
    assert [taking_part.join(row, each, WEDNESDAY).side_id for each in (new, other)] == [mine.id, mine.id]
    move(here, new, here.scene.other_team_id)
    assert mine.id in {each.side_id for each in active(row.id) if each.person_id == new.id}


def test_sides_made_for_it_get_them_where_the_fewest_are(here: Arena) -> None:
    row = here.publish(Format.TEAMS, sides=("Rood", "Blauw"))
    small = sides_of(row.id)[1].id
    new = come(None)
    assert taking_part.join(row, new, WEDNESDAY).side_id == small


def test_it_is_for_whom_it_was_made_and_who_plays(here: Arena) -> None:
    row = here.publish(audience=Audience.TEAM, audience_ids=[here.scene.team_id])
    others = [come(here.scene.other_team_id), come(here.scene.team_id, "Ada Twee", Role.ADMIN)]
    assert [entrant_of(row.id, each.id) for each in others] == [None, None]


def test_not_what_is_over_or_cancelled_or_of_which_the_seats_are_given(here: Arena) -> None:
    over, pairs = here.publish(last=MONDAY), here.publish(Format.HEAD_TO_HEAD)
    called_off = here.publish(by_choice=True)
    cancelling.cancel(called_off, "Nee", by=here.scene.people.ines, now=BEFORE)
    new = come(here.scene.team_id)
    assert [entrant_of(row.id, new.id) for row in (over, pairs, called_off)] == [None, None, None]


def test_what_everybody_gets_is_held_for_them_too_or_they_cannot_join(here: Arena) -> None:
    row = here.publish(Format.TEAM_GOAL, goal=100, prizes=(BON,))
    first, second = come(here.scene.team_id), come(None, "Otis Later")
    taking_part.join(row, first, WEDNESDAY)
    taking_part.decline(row, first, WEDNESDAY)
    taking_part.join(row, first, WEDNESDAY)
    assert here.pots() == (76_00, 24_00, 0, 0)
    here.budget.budgeted, here.budget.available = 27_00, 3_00
    with pytest.raises(TooLittle):
        taking_part.join(row, second, WEDNESDAY)
    here.budget.budgeted, here.budget.available = 100_00, 76_00
    assert budget_check.wrong_holds() == []
