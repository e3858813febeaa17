"""A competition is published once, paid for, and for whom it is."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.domain.agency.person import Person
from app.domain.game.competing import draft, life, publishing, seeing, taking_part
from app.domain.game.competing.competition import Audience, Format, State
from app.domain.game.competing.draft import NotADraft, NotAPlan, PrizePlan
from app.domain.game.competing.entrant import active, sides_of
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.publishing import NotYet
from app.domain.game.competing.taking_part import Closed, TooMany
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.running import NotAllowed
from app.domain.program.program import withdraw_consent
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, GRACE_OVER, PLACES
from tests.domain.game.scene import ZONE

pytestmark = pytest.mark.usefixtures("session")


def test_publishing_locks_the_rules_and_holds_the_money() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    assert here.pots() == (30_00, 70_00, 0, 0)
    assert life.state_of(row, BEFORE, ZONE) == State.PUBLISHED
    assert row.seed_hash
    with pytest.raises(NotADraft):
        draft.drop(row)
    with pytest.raises(NotADraft):
        publishing.publish(row, by=here.scene.people.ines, now=BEFORE, zone=ZONE)
    assert here.pots() == (30_00, 70_00, 0, 0)


def test_prizes_beyond_the_budget_are_refused_with_what_is_missing() -> None:
    here = arena.start()
    with pytest.raises(TooLittle) as refused:
        here.publish(prizes=(PrizePlan(PrizeKind.PLACE, "Reis", 120_00, place=1),))
    assert refused.value.missing == 20_00


def test_a_prize_for_everybody_is_held_for_everybody_invited() -> None:
    here = arena.start()
    prize = PrizePlan(PrizeKind.TEAM, "Taart", 4_00, per_person=True)
    row = here.publish(Format.TEAM_GOAL, goal=100, prizes=(prize,))
    assert here.pots()[1] == 4_00 * len(active(row.id)) == 20_00


def test_only_who_runs_it_publishes() -> None:
    here = arena.start()
    row = here.draft(prizes=PLACES)
    with pytest.raises(NotAllowed):
        publishing.publish(row, by=here.scene.people.lead, now=BEFORE, zone=ZONE)


def test_a_lead_publishes_for_the_own_team_without_money() -> None:
    here = arena.start()
    lead = here.scene.people.lead
    plan = draft.Plan(
        "Teamsprint",
        Format.TEAM_GOAL,
        arena.MONDAY,
        arena.FRIDAY,
        goal=100,
        audience=Audience.TEAM,
        audience_ids=[lead.team_id or 0],
    )
    row = draft.make(here.scene.program_id, plan, by=lead, now=BEFORE)
    publishing.publish(row, by=lead, now=BEFORE, zone=ZONE)
    names = {each.person_id for each in active(row.id)}
    assert names == {
        each.id for each in (here.scene.people.sanne, here.scene.people.bram, here.scene.people.tess, lead)
    }


def test_people_are_compared_only_with_the_works_council() -> None:
    here = arena.start()
    withdraw_consent(here.scene.program_id, BEFORE)
    row = here.draft()
    with pytest.raises(NotYet, match="names"):
        publishing.publish(row, by=here.scene.people.ines, now=BEFORE, zone=ZONE)


def test_nobody_is_in_three_at_once() -> None:
    here = arena.start()
    here.publish()
    here.publish()
    with pytest.raises(TooMany) as refused:
        here.publish()
    assert here.scene.person_id in refused.value.people


def test_in_days_of_which_none_has_three_at_once_there_is_room() -> None:
    here = arena.start()
    for first, last in ((16, 17), (18, 18), (19, 20)):
        here.publish(first=arena.MONDAY.replace(day=first), last=arena.MONDAY.replace(day=last))
    here.publish()
    with pytest.raises(TooMany):
        here.publish(first=arena.FRIDAY, last=arena.FRIDAY + timedelta(days=9))


def test_by_choice_one_joins_and_the_third_is_refused() -> None:
    here = arena.start()
    three = [here.publish(by_choice=True) for _ in range(3)]
    sanne = here.scene.people.sanne
    for row in three[:2]:
        taking_part.join(row, sanne, BEFORE)
    with pytest.raises(TooMany):
        taking_part.join(three[2], sanne, BEFORE)
    assert taking_part.decline(three[0], sanne, BEFORE)
    assert taking_part.join(three[2], sanne, BEFORE).joined_at == BEFORE


def test_who_is_not_invited_does_not_join_and_nobody_does_afterwards() -> None:
    here = arena.start()
    row = here.publish(audience=Audience.PEOPLE, audience_ids=[here.scene.person_id], by_choice=True)
    with pytest.raises(LookupError):
        taking_part.join(row, here.scene.people.otto, BEFORE)
    with pytest.raises(Closed):
        taking_part.join(row, here.scene.people.sanne, GRACE_OVER)
    assert seeing.visible_to(here.scene.people.otto, row.id) is None
    assert seeing.visible_to(here.scene.people.sanne, row.id) is row


def test_teams_made_for_it_are_as_large_as_each_other() -> None:
    here = arena.start()
    row = here.publish(Format.TEAMS, sides=("Rood", "Blauw"))
    sides = [each.side_id for each in active(row.id)]
    assert sorted(sides.count(side) for side in set(sides)) == [2, 3]


@pytest.mark.parametrize(
    ("wrong", "facts"),
    [
        ("name", {"name": " "}),
        ("last", {"last": arena.MONDAY.replace(day=15)}),
        ("goal", {"format_": Format.THRESHOLD, "step": 10}),
        ("step", {"format_": Format.THRESHOLD, "goal": 10}),
        ("prizes", {"prizes": (PLACES[0], PLACES[0])}),
        ("sides", {"format_": Format.TEAMS, "sides": ("Rood",)}),
        ("audience_ids", {"audience": Audience.TEAM}),
    ],
)
def test_what_cannot_be_a_competition(wrong: str, facts: dict[str, Any]) -> None:
    with pytest.raises(NotAPlan, match=wrong):
        arena.start().draft(**facts)


def test_until_it_begins_people_are_put_on_another_side_by_who_runs_it() -> None:
    here = arena.start()
    row, other = (here.publish(Format.TEAMS, sides=("Rood", "Blauw")) for _ in range(2))
    sanne, ines, (red, blue) = here.scene.person_id, here.scene.people.ines, sides_of(row.id)

    def put(side_id: int, by: Person = ines, now: datetime = BEFORE) -> bool:
        return publishing.put_on(row, sanne, side_id, by=by, now=now, zone=ZONE)

    assert [put(red.id), put(blue.id)] == [True, True]
    assert next(each.side_id for each in active(row.id) if each.person_id == sanne) == blue.id
    assert not put(sides_of(other.id)[0].id), "a side of another competition is none"
    assert not put(red.id, now=GRACE_OVER)
    with pytest.raises(NotAllowed):
        put(red.id, by=here.scene.people.lead)
