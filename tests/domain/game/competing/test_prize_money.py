"""What a competition keeps for surprises is given by the sponsor until a month after its result, or let go of."""

from datetime import timedelta

import pytest

from app.domain.game.competing import cancelling, prize_money, taking_part
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Gift, NotInIt, Surprise
from app.domain.game.rewarding import budget_check
from app.domain.game.rewarding.pots import TooLittle
from app.domain.program.program import the_program
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, MONEY, PLACES, Arena
from tests.domain.game.rewarding.shop import new_key

KEPT = PrizePlan(PrizeKind.SURPRISE, "Verrassing", 5_00, number=2)
HOUR = timedelta(hours=1)


@pytest.fixture
def here(session: None) -> Arena:
    return arena.start()


def give(here: Arena, row: Competition, cents: int) -> Surprise:
    program, people = the_program(), here.scene.people
    assert program
    facts = {"by": people.ines, "today": FINAL.date(), "now": FINAL, "key": new_key()}
    return surprise.give(program, people.bram, Gift("Dank je", cents, out_of=row), **facts)  # type: ignore[arg-type] # each is of its own type


def left(here: Arena) -> list[int]:
    return [each.cents for each in prize_money.kept(here.scene.program_id)]


def test_it_is_given_out_of_the_competition_before_and_after_its_result(here: Arena) -> None:
    row = here.publish(prizes=(*PLACES, KEPT))
    here.scene.earn(300)
    given = give(here, row, 2_00)
    assert (here.pots(), left(here)) == ((20_00, 78_00, 2_00, 0), [8_00])
    here.finish(row)
    give(here, row, 3_00)
    assert (here.pots(), left(here)) == ((40_00, 5_00, 55_00, 0), [5_00])
    assert surprise.hand_over(given, by=here.scene.people.ada, now=FINAL)
    assert here.pots() == (40_00, 5_00, 53_00, 2_00)
    assert budget_check.wrong_holds() == []


def test_no_more_than_was_kept_and_nothing_of_other_prizes(here: Arena) -> None:
    row = here.publish(prizes=(*PLACES, KEPT))
    with pytest.raises(TooLittle) as refused:
        give(here, row, 10_01)
    assert (refused.value.missing, here.pots()) == (1, (20_00, 80_00, 0, 0))
    with pytest.raises(TooLittle):
        give(here, here.publish(prizes=(), budget_id=None), 1)


def test_it_is_for_who_takes_part(here: Arena) -> None:
    row = here.publish(prizes=(KEPT,))
    taking_part.decline(row, here.scene.people.bram, BEFORE)
    with pytest.raises(NotInIt):
        give(here, row, 1_00)


def test_what_nobody_was_given_in_a_month_is_available_again(here: Arena) -> None:
    row = here.publish(prizes=(KEPT,))
    here.finish(row)
    month = FINAL + prize_money.FOR_SURPRISES
    assert prize_money.to_let_go(month - HOUR) == []
    assert [prize_money.let_go(each, month) for each in prize_money.to_let_go(month)] == [True]
    assert (here.pots(), prize_money.to_let_go(month), left(here)) == ((MONEY, 0, 0, 0), [], [])
    assert not prize_money.let_go(row, month)


def test_cancelled_it_keeps_nothing_but_what_was_given(here: Arena) -> None:
    row = here.publish(prizes=(KEPT,))
    give(here, row, 2_00)
    assert cancelling.cancel(row, "Te druk", by=here.scene.people.ines, now=BEFORE)
    assert (here.pots(), left(here)) == ((98_00, 0, 2_00, 0), [])
    with pytest.raises(TooLittle):
        give(here, row, 1)
