"""The desk: what runs, what waits, cancelling, words beside the rules, prizes handed over, and the archive."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import disputing, draft, finalising
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import NotAPlan
from app.domain.game.competing.prize import PrizeAward
from tests.blueprints.contest_desk import desk_scene
from tests.blueprints.contest_desk.desk_scene import DESK, NEW, PLACE, TEAM_GOAL, Desk
from tests.people import Browser


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return desk_scene.start(browser)


def told(desk: Desk, **facts: Any) -> str:  # noqa: ANN401 - any field of the first step
    """The address of one that everybody knows of, with a prize for the first place."""
    url = desk.begin(**facts)
    desk.give(url, PLACE)
    assert desk.press(f"{url}/publication").status_code == 303
    return url


def test_nothing_runs_yet(desk: Desk) -> None:
    page = desk.ines.get(DESK).text
    assert "Er loopt nu niets" in page
    assert "Geen concepten" in page


def test_drafts_and_weeks(desk: Desk) -> None:
    told(desk, name="Najaar samen")
    desk.begin(name="Een idee")
    page = desk.ines.get(DESK).text
    for said in ("Najaar samen", "Een idee", "1 van 2", "deze week"):
        assert said in page


def test_a_draft_is_thrown_away(desk: Desk) -> None:
    url = desk.begin()
    assert desk.press(f"{url}/drop").headers["Location"] == DESK
    assert desk.ines.get(url).status_code == 404


def test_cancelled_with_a_reason(desk: Desk) -> None:
    url = told(desk)
    assert "De wedstrijd annuleren" in desk.ines.get(f"{url}/cancellation").text
    assert desk.press(f"{url}/cancellation", {"reason": " "}).status_code == 422
    assert desk.pots() == (87_50, 12_50)
    assert desk.press(f"{url}/cancellation", {"reason": "Te druk"}).status_code == 303
    assert desk.pots() == (100_00, 0)
    assert "Geannuleerd: Te druk" in desk.ines.get(url).text
    late = desk.press(f"{url}/cancellation", {"reason": "Nog eens"})
    assert (late.status_code, "was al geannuleerd" in late.text, "Nog eens</textarea>" in late.text) == (
        422,
        True,
        True,
    )
    assert desk.ines.get(f"{url}/cancellation").status_code == 404


def test_a_draft_cannot_be_cancelled_nor_amended(desk: Desk) -> None:
    url = desk.begin()
    assert [desk.ines.get(f"{url}/{each}").status_code for each in ("cancellation", "amendments")] == [404, 404]


def test_words_beside_the_rules(desk: Desk) -> None:
    url = told(desk)
    assert desk.press(f"{url}/amendments", {"text": "x" * 1001}).status_code == 422
    desk.press(f"{url}/amendments", {"text": "De bon is van <b>de buren</b>."})
    assert "&lt;b&gt;de buren" in desk.ines.get(url).text
    assert desk.ines.get(f"{url}/amendments").status_code == 200


def reviewed(desk: Desk) -> None:
    """It is over, sanne is first and objects."""
    with desk.app.app_context():
        row = db.session.get_one(Competition, desk.row().id)
        begins = clock.week_of(clock.now().date()).start
        row.first, row.last = begins - clock.WEEK, begins - 3 * clock.DAY
        desk.earn()
        row.closes_at = clock.now() - timedelta(days=3)
        finalising.review(row, row.closes_at)
        disputing.object_to(row, desk.people.sanne, "Ik mis er een", row.closes_at)
        db.session.commit()


def final(desk: Desk) -> int:
    """Her objection is answered; which prize is hers."""
    reviewed(desk)
    with desk.app.app_context():
        row = db.session.get_one(Competition, desk.row().id)
        ada, waiting = db.session.get_one(Person, desk.people.ada.id), disputing.disputes_of(row.id)[0]
        disputing.decide(waiting, "Hij staat erbij", upheld=False, by=ada, now=clock.now())
        finalising.finalise(row, clock.now())
        db.session.commit()
        return db.session.scalars(select(PrizeAward.id)).one()


def test_an_objection_waits(desk: Desk) -> None:
    told(desk, format="most", by_choice="no")
    reviewed(desk)
    page = desk.ines.get(DESK).text
    assert f'<a href="/contests/{desk.row().id}#objections">1 bezwaar wacht op antwoord</a>' in page
    assert re.search(r'href="/contests"[^>]*aria-current="page"', page)


def test_a_prize_is_handed_over_once_and_then_it_is_put_away(desk: Desk) -> None:
    url = told(desk, format="most", by_choice="no")
    award = final(desk)
    page = desk.ines.get(DESK).text
    assert "Sanne de Vries" in page
    assert "€\xa012,50" in page
    assert "moeten nog prijzen" in _after(desk, f"{url}/archive")
    assert "Uitgereikt." in _after(desk, f"{DESK}/prizes/{award}")
    assert "was je voor" in _after(desk, f"{DESK}/prizes/{award}")
    assert "Archiveren" in desk.ines.get(url).text
    assert "staat in het archief" in _after(desk, f"{url}/archive")


def _after(desk: Desk, url: str) -> str:
    assert desk.press(url).status_code == 303
    return desk.ines.get(DESK).text


def test_prizes_are_handed_over_by_who_runs_it(desk: Desk) -> None:
    assert desk.press(f"{DESK}/prizes/999").status_code == 404
    lead = desk.ines.sign_in(desk.people.lead)
    assert lead.post(f"{DESK}/prizes/1", at=NEW).status_code == 404


def test_nobody_hands_over_their_own(desk: Desk) -> None:
    told(desk, format="most", by_choice="no")
    award = final(desk)
    with desk.app.app_context():
        db.session.get_one(PrizeAward, award).person_id = desk.people.ines.id
        db.session.commit()
    assert "Je eigen prijs: een ander" in desk.ines.get(DESK).text
    assert "Je eigen prijs krijg je van een ander" in _after(desk, f"{DESK}/prizes/{award}")


def test_published_meanwhile_it_is_not_thrown_away(desk: Desk) -> None:
    url = told(desk)
    assert desk.press(f"{url}/drop").headers["Location"] == DESK
    assert "intussen gepubliceerd" in desk.ines.get(DESK).text


def test_published_meanwhile_what_was_typed_stays_in_its_form(desk: Desk) -> None:
    url = told(desk)
    first = clock.now().date() + clock.WEEK
    typed: dict[str, dict[str, object]] = {
        "who": {**TEAM_GOAL, "name": "Najaarssprint"},
        "prizes": {
            "budget_id": desk.budget_id,
            "total": "",
            "prizes-0-title": "Najaarssprint",
            "prizes-0-kind": "team",
        },
        "days": {"first": first, "last": first, "goal": "7654321"},
    }
    for step, data in typed.items():
        late = desk.press(f"{url}/{step}", data)
        assert (late.status_code, "intussen gepubliceerd" in late.text) == (422, True)
        assert "Najaarssprint" in late.text or "7654321" in late.text


def test_a_plan_that_does_not_fit_together_goes_back_to_the_first_step(desk: Desk) -> None:
    url = desk.begin()
    with patch.object(draft, "change", side_effect=NotAPlan("sides")):
        answer = desk.press(f"{url}/prizes", {"budget_id": desk.budget_id})
    assert answer.headers["Location"] == f"{url}/who"
