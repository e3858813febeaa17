"""A cancelled competition gives its money back to the cent; what is said later stands beside its rules."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.game.competing import amending, cancelling
from app.domain.game.competing.competition import Competition, State
from app.domain.game.competing.life import state_of
from app.domain.game.competing.publishing import NotPublished
from app.domain.game.rewarding.budget import BudgetHold
from app.domain.game.running import NotAllowed
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, GRACE_OVER, MONEY, PLACES, Arena
from tests.domain.game.scene import ZONE


@pytest.fixture
def here(session: None) -> Arena:
    return arena.start()


def cancelled(here: Arena, row: Competition, reason: str = "Te druk") -> bool:
    return cancelling.cancel(row, reason, by=here.scene.people.ines, now=BEFORE)


def test_its_money_is_available_again(here: Arena) -> None:
    row = here.publish(prizes=PLACES)
    assert here.pots() == (30_00, 70_00, 0, 0)
    assert cancelled(here, row)
    assert here.pots() == (MONEY, 0, 0, 0)
    assert (state_of(row, FINAL, ZONE), row.cancel_reason) == (State.CANCELLED, "Te druk")


def test_twice_is_once(here: Arena) -> None:
    row = here.publish(prizes=PLACES)
    assert [cancelled(here, row), cancelled(here, row, "Nog eens")] == [True, False]
    assert db.session.scalars(select(BudgetHold.released)).all() == [70_00]
    assert row.cancel_reason == "Te druk"


def test_a_final_result_stays(here: Arena) -> None:
    here.scene.earn(300)
    row = here.publish(prizes=PLACES)
    here.finish(row)
    before = here.pots()
    assert not cancelled(here, row)
    assert here.pots() == before


def test_without_prizes_there_is_nothing_to_let_go_of(here: Arena) -> None:
    assert cancelled(here, here.publish())


def test_who_may_and_what(here: Arena) -> None:
    row = here.publish(prizes=PLACES)
    with pytest.raises(NotAllowed):
        cancelling.cancel(row, "Nee", by=here.scene.people.lead, now=BEFORE)
    with pytest.raises(NotPublished):
        cancelled(here, here.draft())
    with pytest.raises(ValueError, match=" "):
        cancelled(here, row, " ")


def test_what_is_said_later_changes_nothing(here: Arena) -> None:
    here.scene.earn(300)
    row, ines = here.publish(prizes=PLACES), here.scene.people.ines
    amending.amend(row, " De prijs is een andere bon. ", by=ines, now=BEFORE)
    here.finish(row)
    for _press in range(2):
        amending.amend(row, "Punten zijn rechtgezet.", by=ines, now=FINAL)
    said = [(each.text, each.made_at) for each in amending.amendments_of(row.id)]
    assert said == [("De prijs is een andere bon.", BEFORE), ("Punten zijn rechtgezet.", FINAL)]


def test_who_may_say_something_and_of_what(here: Arena) -> None:
    row = here.publish()
    with pytest.raises(NotAllowed):
        amending.amend(row, "Hoi", by=here.scene.people.sanne, now=GRACE_OVER)
    with pytest.raises(NotPublished):
        amending.amend(here.draft(), "Hoi", by=here.scene.people.ines, now=BEFORE)
    with pytest.raises(ValueError, match=" "):
        amending.amend(row, " ", by=here.scene.people.ines, now=BEFORE)
