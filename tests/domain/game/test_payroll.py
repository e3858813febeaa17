"""Tests of what payroll is told: everything that was handed over in a period, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from app.clock import Period
from app.db import db
from app.domain.agency import staff
from app.domain.game import payroll
from app.domain.game.competing import handing
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import Prize, PrizeAward, PrizeKind
from app.domain.game.payroll import Handed, Origin
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding import deciding
from app.language import in_language
from app.words.payroll import wording
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FINAL, GRACE_OVER
from tests.domain.game.rewarding.shop import Shop, open_shop

Row = TypeVar("Row")
ZONE = ZoneInfo("Europe/Amsterdam")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
LAST = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
"""The last minute of November in Amsterdam."""


@pytest.fixture
def shop(session: None) -> Shop:
    return open_shop()


def words() -> payroll.Wording:
    with in_language("nl"):
        return wording()


def handed(shop: Shop) -> list[Handed]:
    return payroll.handed_over(shop.scene.program_id, NOVEMBER, ZONE)


def redeem(shop: Shop, at: datetime, title: str = "Boekenbon") -> None:
    shop.earn(60)
    row = shop.ask(shop.offer(title_nl=title))
    deciding.approve(row, by=shop.people.ines, now=shop.now)
    deciding.fulfil(row, by=shop.people.ines, now=at)


def kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


def win(shop: Shop, at: datetime | None) -> None:
    people, days = shop.people, {"first": date(2026, 11, 2), "last": date(2026, 11, 8)}
    made: dict[str, Any] = days | {"made_by_id": people.ines.id, "made_at": shop.now}
    race = kept(Competition(program_id=shop.scene.program_id, name="Week", format="teams", **made))
    prize = kept(Prize(competition_id=race.id, kind="place", title="Taart", cents=1999, kind_of_reward="goods"))
    won: dict[str, Any] = {"competition_id": race.id, "prize_id": prize.id, "won_at": shop.now, "handed_at": at}
    kept(PrizeAward(person_id=people.bram.id, nth=1, cents=1999, **won))


def surprise(shop: Shop, at: datetime | None) -> None:
    who = {"giver_id": shop.people.ines.id, "receiver_id": shop.people.tess.id}
    facts: dict[str, Any] = who | {"text": "Mooi gedaan", "given_at": shop.now, "handed_at": at}
    kept(Surprise(program_id=shop.scene.program_id, cents=500, **facts))


def test_everything_that_was_handed_over_is_a_row(shop: Shop) -> None:
    redeem(shop, LAST)
    win(shop, shop.now)
    surprise(shop, shop.now + timedelta(hours=1))
    found = [(row.person, row.day.day, row.origin, row.kind, row.title, row.cents) for row in handed(shop)]
    assert found == [
        ("Bram Jansen", 20, Origin.COMPETITION, "goods", "Taart", 1999),
        ("Tess Bakker", 20, Origin.SURPRISE, "symbolic", "", 500),
        ("Sanne de Vries", 30, Origin.REDEMPTION, "voucher", "Boekenbon", 2500),
    ]


def test_what_a_team_won_is_in_it_in_its_members_parts(session: None) -> None:
    here = arena.start()
    cake = PrizePlan(PrizeKind.TEAM, "Taart", 10_01, kind_of_reward="goods")
    row = here.publish(Format.TEAMS, prizes=(cake,))
    together = here.publish(Format.TEAM_GOAL, goal=1, prizes=(cake,), budget_id=here.budget.id)
    here.scene.earn(300)
    staff.deactivate(here.scene.people.tess, here.scene.people.ada, GRACE_OVER)
    here.finish(row)
    here.finish(together)
    for award in (*handing.awards_of(row.id), *handing.awards_of(together.id)):
        assert handing.hand_over(award, by=here.scene.people.ada, now=FINAL)
    staff.deactivate(here.scene.people.bram, here.scene.people.ada, FINAL)
    found = payroll.handed_over(here.scene.program_id, NOVEMBER, ZONE)
    assert [(each.person.split()[0], each.cents) for each in found if each.day == FINAL.date()] == [
        ("Sanne", 3_34),
        ("Sanne", 2_51),
        ("Bram", 3_34),
        ("Bram", 2_50),
        ("Lea", 3_33),
        ("Lea", 2_50),
        ("Otto", 2_50),
    ]
    assert {(each.kind, each.title, each.origin) for each in found} == {("goods", "Taart", Origin.COMPETITION)}


def test_what_was_not_handed_over_or_later_is_none(shop: Shop) -> None:
    redeem(shop, LAST + timedelta(minutes=1))
    win(shop, None)
    surprise(shop, None)
    shop.earn(60)
    shop.ask(shop.offer())
    assert handed(shop) == []


def test_the_file_is_a_spreadsheets_without_formulas(shop: Shop) -> None:
    redeem(shop, shop.now, title="=1+1")
    surprise(shop, shop.now)
    lines = payroll.file_of(handed(shop), words()).decode("utf-8-sig").splitlines()
    assert lines == [
        "Naam;Datum;Soort;Omschrijving;Waarde incl. btw",
        "Sanne de Vries;20-11-2026;Bon;'=1+1;25,00",
        "Tess Bakker;20-11-2026;Symbolisch;Verrassing;5,00",
    ]
