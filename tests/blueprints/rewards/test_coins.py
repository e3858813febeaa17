"""The coins page: where they came from and where they went; and the prizes that somebody won."""

from datetime import date, timedelta

from app.db import db
from app.domain.game import coins
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.prize import Prize, PrizeAward, PrizeKind
from app.domain.game.rewarding import deciding, lapse
from app.domain.game.rewarding.redemption import Redemption
from tests.blueprints.rewards.counter import URL, Counter, press
from tests.domain.game.rewarding.shop import TODAY

COINS = f"{URL}/coins"


def test_nothing_yet_says_how_it_begins(counter: Counter) -> None:
    assert "Nog geen tegoed" in counter.at().get(COINS).text


def test_every_row_says_what_it_was(counter: Counter) -> None:
    reward_id, sanne = counter.offer(), counter.at()
    counter.earn(100)
    press(sanne, reward_id)
    (asked,) = counter.requests()
    with counter.inside() as shop:
        row = db.session.get_one(Redemption, asked.id)
        deciding.cancel(row, by=shop.people.sanne, now=shop.now)
        coins.expire(shop.people.sanne.id, 10, source_id=1, key=b"l" * 16, now=shop.now)
    told = sanne.get(COINS).text
    for words in ("Gesprek", "Besteed aan: Boekenbon", "Teruggekregen: Boekenbon", "Vervallen", "+100", "-60", "-10"):
        assert words in told


def test_many_rows_come_page_by_page(counter: Counter) -> None:
    for number in range(26):
        counter.earn(100 + number)
    sanne = counter.at()
    assert "+100<" not in sanne.get(COINS).text
    assert "+100<" in sanne.get(f"{COINS}?page=2").text
    assert sanne.get(f"{COINS}?page=x").status_code == 200


def test_what_lapses_and_what_is_owed_is_said_ahead(counter: Counter) -> None:
    counter.earn(90)
    with counter.inside() as shop:
        facts = {"by": shop.people.ines, "today": TODAY, "now": shop.now}
        lapse.announce(shop.scene.program_id, date(2026, 11, 19), TODAY + timedelta(days=60), **facts)  # type: ignore[arg-type] # each is of its own type
        coins.follow(shop.people.bram.id, -30, entry_id=1, now=shop.now, actor_id=None)
    assert "Op 19 januari vervallen 90 punten tegoed" in counter.at().get(URL).text
    owing = counter.at(counter.shop.people.bram).get(URL).text
    assert "zijn 30 punten teruggedraaid" in owing


def award(counter: Counter) -> int:
    """A prize that sanne won."""
    with counter.inside() as shop:
        contest = Competition(
            program_id=shop.scene.program_id,
            name="Herfst",
            format=Format.MOST,
            first=TODAY,
            last=TODAY,
            made_by_id=shop.people.ines.id,
            made_at=shop.now,
        )
        db.session.add(contest)
        db.session.flush()
        prize = Prize(competition_id=contest.id, kind=PrizeKind.PLACE, title="Etentje", cents=4000)
        db.session.add(prize)
        db.session.flush()
        who = {"competition_id": contest.id, "prize_id": prize.id, "person_id": shop.people.sanne.id, "nth": 1}
        row = PrizeAward(**who, cents=4000, won_at=shop.now)  # type: ignore[arg-type] # numbers all
        db.session.add(row)
        db.session.flush()
        return row.id


def test_what_was_won_can_be_given_back_once(counter: Counter) -> None:
    number, sanne = award(counter), counter.at()
    url = f"{URL}/prizes/{number}/refusal"
    won = sanne.get(URL).text
    assert "Etentje" in won
    assert "€\xa040" in won
    assert counter.at(counter.shop.people.bram).post(url).status_code == 404
    sanne.post(url)
    assert "teruggegeven" in sanne.get(URL).text
    sanne.post(url)
    assert "al uitgereikt of teruggegeven" in sanne.get(URL).text
