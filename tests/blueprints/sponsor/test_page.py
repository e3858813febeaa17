"""The sponsor's page: the verdict, the figures, what it hides without consent, and its files."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from sqlalchemy import event

from app import clock
from app.db import db
from app.domain.agency import team
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.oversight import sponsor_page
from app.domain.oversight.best_team import TeamShare
from app.domain.program import season
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.blueprints.sponsor.visitors import one
from tests.domain.oversight.scene import NOW, scene
from tests.people import Browser

BUDGET = 15


def lay() -> Person:
    """An agency with three months behind it; the answer is its sponsor."""
    with time_machine.travel(NOW, tick=False):
        scene()
        return make.person("Ines Visser", Role.SPONSOR)


def lines(browser: Browser, name: str) -> list[str]:
    return str(browser.get(f"/sponsor/{name}.csv").data, "utf-8-sig").splitlines()


def close_the_gate(browser: Browser, *, keep: int = 99) -> None:
    """Withdraw the consent, and keep only so many people."""
    with browser.app.app_context():
        program = the_program()
        assert program is not None
        withdraw_consent(program.id, NOW)
        for number, person in enumerate(db.session.query(Person).where(Person.role != Role.SPONSOR)):
            person.deactivated_at = person.deactivated_at or (NOW if number >= keep else None)
        db.session.commit()


@contextmanager
def queries(browser: Browser) -> Iterator[list[str]]:
    seen: list[str] = []
    with browser.app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_it_answers_at_once(sponsor: Browser) -> None:
    page = sponsor.get("/sponsor")
    assert page.status_code == 200
    assert page.text.index("<h1>Werkt het?") < page.text.index("Ja, 6 van de 8 doen mee; 16 kandidaten wachten")
    assert "Stil geworden" in page.text
    assert "wk 44" in page.text
    assert 'href="/actions.csv"' in page.text


def test_a_compliment_is_one_press_away(sponsor: Browser) -> None:
    page = sponsor.get("/sponsor")
    assert 'href="/kudos" class="button primary"' in " ".join(page.text.split())
    assert "Compliment sturen" in page.text
    assert "/kudos/team" not in page.text


def test_of_the_team_that_is_praised_it_leads_to_praising_it(sponsor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    with sponsor.app.app_context():
        made = team.add_team(team.add_branch("Utrecht"), "Zorg")
        make.person("Noor Bos").team_id = made.id
        db.session.commit()
        team_id, name = made.id, made.name
    monkeypatch.setattr(sponsor_page, "praised", lambda _: TeamShare(name, 7, 8))
    page = sponsor.get("/sponsor").text
    assert f"{name} hield 7 van 8 opvolgmomenten" in page
    assert f'href="/kudos/team?team={team_id}"' in page
    assert f'<option selected value="{team_id}">{name},' in sponsor.get(f"/kudos/team?team={team_id}").text


def test_few_queries(sponsor: Browser) -> None:
    sponsor.get("/sponsor")
    with queries(sponsor) as seen:
        sponsor.get("/sponsor")
    asked = [statement for statement in seen if "SAVEPOINT" not in statement]
    assert 5 < len(asked) <= BUDGET


def test_owners_are_named(sponsor: Browser) -> None:
    assert "Persoon" in sponsor.get("/sponsor").text


def test_without_consent_nobody_is_named_and_it_says_why(sponsor: Browser) -> None:
    close_the_gate(sponsor)
    page = sponsor.get("/sponsor").text
    assert "Persoon" not in page
    assert "ondernemingsraad" in page
    assert "Ja, 6 van de 8" in page


def test_an_administrator_can_record_the_consent(sponsor: Browser) -> None:
    close_the_gate(sponsor)
    assert "Leg het vast" not in sponsor.get("/sponsor").text
    assert "Leg het vast" in one(Role.ADMIN, sponsor).get("/sponsor").text


def test_without_consent_few_people_are_not_counted(sponsor: Browser) -> None:
    close_the_gate(sponsor, keep=4)
    page = sponsor.get("/sponsor").text
    assert "Hoeveel mensen meedoen tonen we vanaf vijf mensen" in page
    assert "Acties per week" not in page
    assert sponsor.get("/sponsor/weeks.csv").status_code == 404


def test_weeks(sponsor: Browser) -> None:
    found = lines(sponsor, "weeks")
    assert found[0] == "Week;Maandag;Met antwoord;Overige acties;Alle acties"
    assert found[-1] == "2026-W44;2026-10-26;9;7;16"
    assert len(found) == 13


def test_funnel(sponsor: Browser) -> None:
    found = lines(sponsor, "funnel")
    assert found[0] == "Fase;Kandidaten;Zonder eigenaar;Op tijd gesproken;Wacht te lang"
    assert len(found) == 6
    assert sum(int(line.split(";")[1]) for line in found[1:]) == 60


def test_quiet(sponsor: Browser) -> None:
    found = lines(sponsor, "quiet")
    assert found[0] == "Kandidaat;Fase;Laatste contact;Ingeschreven;Link;Eigenaar"
    assert len(found) == 17
    assert ";http://127.0.0.1:8000/candidates/" in found[1], "the link is the installation's, whoever asked"


def test_quiet_without_consent_has_no_owner(sponsor: Browser) -> None:
    close_the_gate(sponsor)
    found = lines(sponsor, "quiet")
    assert found[0].endswith(";Link")
    assert "Persoon" not in "".join(found)


def test_a_name_is_no_formula(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        make.candidate("=1+1", owner=make.person("Zed Bos"), at=make.START)
        db.session.commit()
    assert any(line.startswith("'=1+1;") for line in lines(sponsor, "quiet"))


def test_files_open_in_excel(sponsor: Browser) -> None:
    answer = sponsor.get("/sponsor/funnel.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=funnel-2026-10-29.csv"


def test_in_english_commas(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        db.session.query(Person).where(Person.role == Role.SPONSOR).one().language = "en"
        db.session.commit()
    assert lines(sponsor, "funnel")[0].startswith("Stage,Candidates,")


def test_who_waits_for_our_word_as_a_file(sponsor: Browser) -> None:
    first, *rest = lines(sponsor, "waiting")
    assert first == "Kandidaat;Waarover;Bericht was nodig;Link;Eigenaar"
    assert all(row.count(";") == 4 for row in rest)


def test_a_pause_is_told(sponsor: Browser) -> None:
    assert "Het programma pauzeert" not in sponsor.get("/sponsor").text
    with sponsor.app.app_context():
        program, today = the_program(), clock.local_day(NOW, the_zone())
        assert program is not None
        for name, first in (("Herfst", today - clock.WEEK * 6), ("Winter", today + clock.WEEK)):
            season.add(program.id, name, first, first + clock.WEEK * 4, by_id=None, now=NOW)
        db.session.commit()
    sponsor.client.get("/sponsor")  # after a change the days of the seasons are asked for once more
    assert "Het programma pauzeert sinds" in sponsor.get("/sponsor", budget=BUDGET).text
