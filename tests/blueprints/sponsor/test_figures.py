"""The sponsor's filters, the rows behind each figure, handing over, and what is told of few people."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import func, select

from app.blueprints.sponsor import behind, files
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.candidates.candidate import Candidate
from app.domain.game.rewarding import budget
from app.domain.oversight import goal
from app.domain.oversight.goal import Wish
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.person_view import PersonView
from app.domain.program import season
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.blueprints.api.conftest import client_of
from tests.blueprints.api.described import assert_described
from tests.domain.oversight.journeys import settle, with_journeys
from tests.domain.oversight.scene import NOW
from tests.people import Browser


def lay() -> Person:
    """Two seasons with a pause between them, a budget, and days that are counted; the answer is the sponsor."""
    with time_machine.travel(NOW, tick=False):
        program = with_journeys().program
        season.add(program.id, "Zomer", date(2026, 6, 1), date(2026, 9, 6), by_id=None, now=NOW)
        season.add(program.id, "Herfst", date(2026, 9, 21), date(2026, 12, 20), by_id=None, now=NOW)
        ines = make.person("Ines Visser", Role.SPONSOR)
        budget.make(program.id, "Najaar", date(2026, 9, 1), date(2026, 12, 31), by=ines, now=NOW)
        settle()
    return ines


def number_of(browser: Browser, what: type[Person] | type[Team] | type[PersonView]) -> int:
    with browser.app.app_context():
        return db.session.scalar(select(func.max(what.id))) or 0


def test_a_period_with_its_pauses(sponsor: Browser) -> None:
    page = sponsor.get("/sponsor?period=season").text
    assert "In de pauzes" in page
    assert "Van het afgelopen jaar lagen 14 dagen tussen seizoenen" in page
    assert "Beloningsbudget" in page


@pytest.mark.parametrize("period", ["4", "12", "52", "program", "nonsense"])
def test_the_address_is_kept_in_every_link(sponsor: Browser, period: str) -> None:
    team = number_of(sponsor, Team)
    page = sponsor.get(f"/sponsor?period={period}&team={team}").text
    told = "" if period in {"4", "nonsense"} else f"period={period}&amp;"
    assert f'href="/sponsor/figure/late?{told}team={team}"' in page


def test_a_segment_is_counted_by_itself(sponsor: Browser) -> None:
    page = sponsor.get("/sponsor?segment=unowned").text
    assert "nog niemand heeft kandidaten onder zich" in page
    assert page.count(">verborgen<") == 2, "whoever takes part does so for everybody"


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_every_figure_opens(sponsor: Browser, code: str) -> None:
    assert sponsor.get(f"/sponsor/figure/{code}?period=12").status_code == 200
    assert sponsor.get(f"/sponsor/figure/{code}.csv?period=12").data.startswith(b"\xef\xbb\xbf")


def test_whom_a_figure_counts_is_as_many(sponsor: Browser) -> None:
    lines = str(sponsor.get("/sponsor/figure/placements.csv?period=12").data, "utf-8-sig").splitlines()
    figures = str(sponsor.get("/sponsor/figures.csv?period=12").data, "utf-8-sig").splitlines()
    assert f"Plaatsingen;{len(lines) - 1};" in "\n".join(figures)


@pytest.mark.parametrize("name", ["figure/placements", "quiet"])
def test_a_file_that_does_not_hold_all_says_so(sponsor: Browser, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = str(sponsor.get(f"/sponsor/{name}.csv?period=12").data, "utf-8-sig").splitlines()
    assert "Het zijn er meer dan" not in whole[-1]
    for module in (behind, files):
        monkeypatch.setattr(module, "MOST", len(whole) - 2)
    part = str(sponsor.get(f"/sponsor/{name}.csv?period=12").data, "utf-8-sig").splitlines()
    assert part[:-1] == whole[:-1]
    assert part[-1].startswith("Het zijn er meer dan")
    assert sponsor.get(f"/sponsor/{name}.xlsx?period=12").data.startswith(b"PK")


def test_what_candidates_are_called_becomes_no_formula(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        placed = db.session.scalars(select(Candidate)).all()
        for one in placed:
            one.name = '=HYPERLINK("http://evil.example")'
        db.session.commit()
    lines = str(sponsor.get("/sponsor/figure/placements.csv?period=12").data, "utf-8-sig").splitlines()
    assert len(lines) > 1
    assert not any(line.lstrip('"').startswith(("=", "+", "-", "@")) for line in lines)


def test_no_such_figure(sponsor: Browser) -> None:
    assert sponsor.get("/sponsor/figure/nonsense").status_code == 404
    assert sponsor.get("/sponsor/figure/nonsense.csv").status_code == 404


@pytest.mark.parametrize("page", ["-3", "99", "9" * 30])
def test_a_page_beyond_the_last_is_empty(sponsor: Browser, page: str) -> None:
    assert sponsor.get(f"/sponsor/figure/placements?page={page}").status_code == 200


def test_who_is_looked_at_can_read_so(sponsor: Browser) -> None:
    assert "Persoon0" in sponsor.get("/sponsor/figure/adoption").text
    assert number_of(sponsor, PersonView) > 0


def test_without_consent_nobody_is_in_a_list(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        program = the_program()
        assert program
        withdraw_consent(program.id, NOW)
        db.session.commit()
    assert "Persoon0" not in sponsor.get("/sponsor/figure/adoption").text
    assert number_of(sponsor, PersonView) == 0


def test_handing_over_and_the_undo_of_it(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        late = db.session.scalars(select(Candidate.id).where(Candidate.owner_id.is_not(None)).limit(3)).all()
        to = db.session.scalars(select(Person.id).where(Person.name.startswith("Persoon8"))).one()
    answer = sponsor.post("/sponsor/handing?period=12", {"id": [str(each) for each in late], "owner": str(to)})
    assert answer.headers["Location"] == "/sponsor?period=12#quiet"
    with sponsor.app.app_context():
        owners = set(db.session.scalars(select(Candidate.owner_id).where(Candidate.id.in_(late))))
    assert owners == {to}
    assert "overgedragen aan Persoon8" in sponsor.get("/sponsor").text


def test_handing_over_nobody_says_so(sponsor: Browser) -> None:
    sponsor.post("/sponsor/handing", {"owner": "999999", "id": "1"})
    assert "Kies minstens één kandidaat" in sponsor.get("/sponsor").text


def test_the_same_for_a_program(sponsor: Browser) -> None:
    found = sponsor.get("/sponsor/figures.json?period=12").json
    assert found
    assert found["scope"]["period"] == "12"
    assert found["budget"]["name"] == "Najaar"
    assert set(found["figures"]["late"]) == {"value", "before", "pause", "unit", "good_if_more", "hidden"}
    assert f"Wacht te lang op ons;{found['figures']['late']['value']};" in str(
        sponsor.get("/sponsor/figures.csv?period=12").data, "utf-8-sig"
    )
    assert "Persoon" not in str(found)


def test_software_is_told_the_same_as_the_description_says(sponsor: Browser, ines: Person) -> None:
    whole = client_of(sponsor, ines).get("/figures?period=12", Accept_Language="nl").json
    assert whole == sponsor.get("/sponsor/figures.json?period=12").json
    assert all(whole[part] for part in ("verdict", "figures", "weeks", "funnel", "gone_quiet", "blocks", "budget"))
    assert_described(sponsor, ines, "api.figures_told", query={"period": "12"})


def test_goals_stand_on_the_page_of_everybody_only(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        program = the_program()
        assert program
        wish = Wish("coverage", 100, date(2026, 12, 31))
        goal.make(program.id, wish, 10, by_id=make.person("Ada Smit", Role.ADMIN).id, now=NOW)
        db.session.commit()
    assert "Doelen van het plan" in sponsor.get("/sponsor").text
    assert "Doelen van het plan" not in sponsor.get("/sponsor?period=12").text


def test_twelve_weeks_of_taking_part_unless_of_few(sponsor: Browser) -> None:
    assert "Op tijd in contact, en wie meedoet" in sponsor.get("/sponsor").text
    weeks = sponsor.get("/sponsor/figures.json?segment=unowned").json
    assert weeks
    assert {week["taking_part"] for week in weeks["weeks"]} == {None}, "whoever takes part does so for everybody"
