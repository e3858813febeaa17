"""What waits for those who run rewards: several are decided at once, handed over once, and never one's own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.prize import PrizeAward
from app.domain.game.rewarding import deciding
from app.domain.game.rewarding.redemption import Redemption, RedemptionMove
from tests.blueprints.budget.counter import URL, Counter, standing
from tests.domain.game.competing import arena
from tests.people import Browser

REQUESTS = f"{URL}/requests"
DECISIONS = f"{REQUESTS}/decisions"


@pytest.fixture
def counter(browser: Browser) -> Iterator[Counter]:
    with standing(browser) as found:
        yield found


def decide(counter: Counter, *numbers: int, agree: bool = True, reason: str = "", who: Person | None = None) -> str:
    """The page that comes next, or the form again."""
    sent = {"id": [*numbers], "decision": "approve" if agree else "decline", "reason": reason}
    answer = counter.post(DECISIONS, sent, who=who)
    return answer.text if answer.status_code == 422 else f"{answer.status_code}"


def notes(counter: Counter, number: int) -> list[str]:
    moves = select(RedemptionMove.note).where(RedemptionMove.redemption_id == number).order_by(RedemptionMove.id)
    return counter.behind(lambda: list(db.session.scalars(moves)))


def test_it_shows_who_asks_what_and_not_what_they_have(counter: Counter) -> None:
    counter.behind(lambda: counter.shop.earn(4_321))
    counter.ask()
    page = counter.get(REQUESTS)
    for said in ("Sanne de Vries", "Boekenbon", "€\xa025", "Vandaag"):
        assert said in page
    assert "4.321" not in page


def test_several_are_granted_at_once(counter: Counter) -> None:
    numbers = [counter.ask(), counter.ask(counter.people.bram)]
    assert decide(counter, *numbers) == "303"
    assert [counter.state_of(each) for each in numbers] == ["approved", "approved"]
    assert counter.pots() == (5_000, 0, 5_000, 0)


def test_all_are_ticked_by_a_link(counter: Counter) -> None:
    counter.ask()
    counter.ask(counter.people.bram)
    assert counter.get(f"{REQUESTS}?all=1").count(" checked>") == 2


def test_a_refusal_needs_a_reason_and_keeps_the_ticks(counter: Counter) -> None:
    number = counter.ask()
    again = decide(counter, number, agree=False)
    assert "Schrijf waarom niet" in again
    assert again.count(" checked>") == 1
    assert decide(counter, number, agree=False, reason="Volgende maand weer") == "303"
    assert (counter.state_of(number), notes(counter, number)) == ("declined", ["", "Volgende maand weer"])
    assert counter.pots() == (10_000, 0, 0, 0)


def test_without_a_tick_nothing_is_decided_and_the_reason_stays(counter: Counter) -> None:
    counter.ask()
    again = decide(counter, agree=False, reason="Te laat")
    assert "Vink de aanvragen aan" in again
    assert "Te laat</textarea>" in again


def test_nobody_decides_on_their_own(counter: Counter) -> None:
    number = counter.ask(counter.people.ines)
    assert "van jou: iemand anders beslist" in counter.get(REQUESTS)
    decide(counter, number)
    assert counter.state_of(number) == "requested"
    assert "Er is niets aangevinkt" in decided_page(counter, number)
    decide(counter, number, who=counter.people.ada)
    assert counter.state_of(number) == "approved"


def decided_page(counter: Counter, number: int) -> str:
    ines = counter.browser.sign_in(counter.people.ines)
    ines.post(DECISIONS, {"id": number, "decision": "approve"}, at=f"{URL}/new")
    return ines.get(REQUESTS).text


def test_who_comes_second_changes_nothing(counter: Counter) -> None:
    number = counter.granted()
    decide(counter, number, agree=False, reason="Toch niet", who=counter.people.ada)
    assert counter.state_of(number) == "approved"


def test_what_was_granted_is_handed_over_once(counter: Counter) -> None:
    number = counter.granted()
    assert "Sanne de Vries" in counter.get(REQUESTS)
    ada = counter.browser.sign_in(counter.people.ada)
    for said in ("Het is uitgereikt", "al uitgereikt of vervallen"):
        ada.post(f"{REQUESTS}/{number}/fulfilment", at=f"{URL}/new")
        assert said in ada.get(REQUESTS).text
    assert counter.pots() == (7_500, 0, 0, 2_500)


def test_nobody_hands_over_their_own(counter: Counter) -> None:
    number = counter.granted(counter.people.ines, by=counter.people.ada)
    ines = counter.browser.sign_in(counter.people.ines)
    assert "van jou: iemand anders reikt het uit" in ines.get(REQUESTS).text
    ines.post(f"{REQUESTS}/{number}/fulfilment", at=f"{URL}/new")
    assert "Iemand anders reikt uit" in ines.get(REQUESTS).text
    assert counter.state_of(number) == "approved"


def test_several_are_handed_over_at_once(counter: Counter) -> None:
    people, ines = counter.people, counter.browser.sign_in(counter.people.ines)
    own = counter.granted(people.ines, by=people.ada)
    numbers = [counter.granted(), counter.granted(people.bram), own, counter.ask(people.bram)]
    assert ines.get(f"{REQUESTS}?hand=1").text.count('form="several" name="hand-redemption"') == 2
    ines.post(f"{URL}/handovers", {"hand-redemption": [*numbers, 999]}, at=f"{URL}/new")
    assert "2 beloningen en prijzen zijn uitgereikt" in ines.get(REQUESTS).text
    assert [counter.state_of(each) for each in numbers] == ["fulfilled", "fulfilled", "approved", "requested"]
    ines.post(f"{URL}/handovers", {"hand-surprise": ["x", "999999999999"]}, at=f"{URL}/new")
    assert "niets aangevinkt dat op uitreiken wacht" in ines.get(REQUESTS).text


def test_what_they_took_back_is_not_handed_over(counter: Counter) -> None:
    number = counter.granted()
    sanne = counter.people.sanne
    counter.behind(lambda: deciding.cancel(db.session.get_one(Redemption, number), by=sanne, now=counter.shop.now))
    counter.post(f"{REQUESTS}/{number}/fulfilment")
    assert counter.pots() == (10_000, 0, 0, 0)


def won(browser: Browser) -> tuple[arena.Arena, PrizeAward]:
    with browser.app.app_context():
        found = arena.start()
        found.scene.earn(40)
        race = found.publish(prizes=arena.PLACES)
        found.finish(race)
        db.session.commit()
        return found, db.session.scalars(select(PrizeAward).where(PrizeAward.person_id == found.scene.person_id)).one()


def test_a_prize_is_handed_over(browser: Browser) -> None:
    found, award = won(browser)
    ines = browser.sign_in(found.scene.people.ines)
    assert "Prijs van Sprint" in ines.get(REQUESTS).text
    ines.post(f"{URL}/prizes/{award.id}/handover", at=f"{URL}/new")
    assert "Het is uitgereikt" in ines.get(REQUESTS).text
    with browser.app.app_context():
        assert found.pots()[3] == award.cents


def test_a_prize_is_let_go_of_when_who_won_it_has_left(browser: Browser) -> None:
    found, award = won(browser)
    ines, release = browser.sign_in(found.scene.people.ines), f"{URL}/prizes/{award.id}/release"
    assert release not in ines.get(REQUESTS).text
    ines.post(release, at=f"{URL}/new")
    assert "Alleen wie het krijgt" in ines.get(REQUESTS).text
    with browser.app.app_context():
        db.session.get_one(Person, award.person_id).deactivated_at = arena.FINAL
        db.session.commit()
    assert release in ines.get(REQUESTS).text
    for said in ("Het is vervallen", "Het was al uitgereikt of vervallen"):
        ines.post(release, at=f"{URL}/new")
        assert said in ines.get(REQUESTS).text
    with browser.app.app_context():
        assert found.pots() == (100_00, 0, 0, 0)


@pytest.mark.parametrize(
    "url",
    ["requests/9/fulfilment", "prizes/9/handover", "prizes/9/release", "surprises/9/handover", "surprises/9/release"],
)
def test_what_is_not_there_is_not_found(counter: Counter, url: str) -> None:
    assert counter.post(f"{URL}/{url}").status_code == 404
