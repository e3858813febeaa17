"""How a score came about: every signal with what is left of it, for whoever may see the candidate."""

from datetime import timedelta

import pytest

from app import clock
from app.blueprints.intake import explanation
from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.agency.person import by_email
from app.domain.candidates.candidate import branch_of
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.people import Browser, make_people

NOW = clock.now()


class Desk:
    """Sanne's browser, a candidate of hers with two signals, and one of another branch."""

    def __init__(self, browser: Browser) -> None:
        with browser.app.app_context():
            people = make_people()
            self.id = make.candidate("Bram Bos", owner=people.sanne).id
            self.quiet_id = make.candidate("Aisha Yilmaz", owner=people.sanne).id
            self.hidden_id = make.candidate("Zoë", branch_id=branch_of(people.otto.id)).id
            kinds = (("form", 0), ("Brochure", 1))
            take_in_many([Hit(self.id, kind, NOW - timedelta(days=ago), "test", kind) for kind, ago in kinds], NOW)
            db.session.commit()
        self.sanne = browser.sign_in(people.sanne)

    def page(self, candidate_id: int) -> str:
        return self.sanne.get(f"/candidates/{candidate_id}/score").text


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_every_signal_is_there(desk: Desk) -> None:
    page = desk.page(desk.id)
    assert "<h1>Score van Bram Bos</h1>" in page
    assert "55 van 100" in page
    assert "nog 30 van de 30 punten" in page
    assert "geeft geen punten" in page
    assert "warm tot" in page


def test_the_menu_says_that_one_is_among_the_candidates(desk: Desk) -> None:
    assert 'aria-current="page" data-key="g k"' in desk.page(desk.id)


def test_who_did_nothing_has_no_score(desk: Desk) -> None:
    assert "Nog geen signalen" in desk.page(desk.quiet_id)


def test_a_long_list_says_that_it_is_cut_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanation, "MOST", 1)
    assert "Alleen de nieuwste 1 staan hier" in desk.page(desk.id)


def test_the_course_is_drawn_with_the_signals_that_count(desk: Desk) -> None:
    page = desk.page(desk.id)
    assert page.count('class="dot"') == 2
    assert page.count("verwacht") == 8
    assert "Geteld volgens versie 1" in page
    assert "score-course" not in desk.page(desk.quiet_id)


@pytest.mark.parametrize(("verdict", "told"), [("unknown", "voor een kwart"), ("machine", "dit deed een machine")])
def test_it_is_told_when_it_is_not_certain_who_did_it(desk: Desk, verdict: str, told: str) -> None:
    with desk.sanne.app.app_context():
        late = Hit(desk.id, "mail_click", NOW, "test", "click", verdict=verdict)
        take_in_many([late], NOW)
        db.session.commit()
    assert told in desk.page(desk.id)


def test_who_leads_is_led_to_the_rules(desk: Desk, browser: Browser) -> None:
    with browser.app.app_context():
        lead = by_email("lea@voorbeeld.nl")
        assert lead
    assert "/program/score" in browser.sign_in(lead).get(f"/candidates/{desk.id}/score").text
    assert "/program/score" not in desk.page(desk.id)


def test_who_may_not_be_seen_has_no_page(desk: Desk) -> None:
    assert desk.sanne.get(f"/candidates/{desk.hidden_id}/score").status_code == 404
