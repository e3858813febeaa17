"""Tests of taking part: from being asked to objecting, by plain forms, and what nobody else may do."""

from datetime import timedelta

import pytest
import time_machine

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import draft, finalising, taking_part
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.draft import Plan
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.result import Dispute
from tests.blueprints.contests.conftest import NOW, Field
from tests.domain.game.competing.arena import FINAL, FRIDAY, GRACE_OVER, MONDAY, PLACES
from tests.people import Browser

DAY = timedelta(days=1)


def _entrant(pitch: Field, contest: int, person: Person) -> Entrant:
    found: Entrant = pitch.do(lambda: db.session.get_one(Entrant, (contest, person.id)))
    return found


def _told(browser: Browser, url: str) -> str:
    """The page that comes next, with what it says once."""
    return browser.get(url).text


def test_join_see_and_object_without_a_script(pitch: Field) -> None:
    contest = pitch.contest(by_choice=True, prizes=PLACES)
    url, sanne = f"/contests/{contest}", pitch.page(pitch.people.sanne)
    assert "Je bent gevraagd om mee te doen" in sanne.get(url).text
    assert sanne.post(f"{url}/entry", at=url).headers["Location"] == url
    assert "Je doet mee." in _told(sanne, url)
    pitch.earn(pitch.people.sanne, 100)
    assert "Plaats 1" in sanne.get(url).text
    with time_machine.travel(GRACE_OVER + DAY, tick=False):
        pitch.do(lambda: finalising.review(db.session.get_one(Competition, contest), GRACE_OVER))
        sanne = pitch.page(pitch.people.sanne)
        assert "Sanne de Vries (jij)" in sanne.get(url).text
        sanne.post(f"{url}/disputes", {"reason": "Mijn gesprek van woensdag ontbreekt."}, at=url)
        assert "wacht op antwoord" in _told(sanne, url)


def test_leaving_and_coming_back(pitch: Field) -> None:
    contest = pitch.contest()
    url, sanne = f"/contests/{contest}", pitch.page(pitch.people.sanne)
    sanne.post(f"{url}/withdrawal", at=url)
    html = _told(sanne, url)
    assert "niemand ziet het" in html
    assert "Je kunt je nog bedenken" in html
    assert _entrant(pitch, contest, pitch.people.sanne).declined_at
    assert "Sanne" not in pitch.page(pitch.people.bram).get(url).text
    sanne.post(f"{url}/entry", at=url)
    assert _entrant(pitch, contest, pitch.people.sanne).declined_at is None


def test_twice_at_most_is_said_with_what_to_do(pitch: Field) -> None:
    third = pitch.contest(by_choice=True)
    for _ in range(taking_part.AT_ONCE):
        pitch.contest()
    sanne = pitch.page(pitch.people.sanne)
    sanne.post(f"/contests/{third}/entry", at="/account")
    assert "Stop eerst met een van de twee." in _told(sanne, f"/contests/{third}")


def test_too_late_and_not_for_them(pitch: Field) -> None:
    contest = pitch.contest(by_choice=True)
    ines = pitch.page(pitch.people.ines)
    ines.post(f"/contests/{contest}/entry", at="/account")
    assert "voor anderen" in _told(ines, "/contests")
    with time_machine.travel(FINAL, tick=False):
        sanne = pitch.page(pitch.people.sanne)
        sanne.post(f"/contests/{contest}/entry", at="/account")
        assert "zijn voorbij" in _told(sanne, "/contests")
        sanne.post(f"/contests/{contest}/withdrawal", at="/account")
        assert "is voorbij" in _told(sanne, "/contests")


def test_the_list_asks_how_it_stands_and_says_what_comes(pitch: Field) -> None:
    contest = pitch.contest()
    html = pitch.page(pitch.people.sanne).get("/contests").text
    assert f'hx-get="/contests/{contest}/mine"' in html
    assert "Nu bezig" in html
    assert "Wedstrijd maken" not in html


def test_whoever_has_none_reads_why_and_whoever_makes_them_starts(pitch: Field) -> None:
    assert "Nog geen wedstrijden" in pitch.page(pitch.people.sanne).get("/contests").text
    assert 'href="/contests/new"' in pitch.page(pitch.people.ines).get("/contests").text
    pitch.do(pitch.here.draft)
    assert "Concepten" in pitch.page(pitch.people.ines).get("/contests").text
    assert "Concepten" not in pitch.page(pitch.people.lead).get("/contests").text


def test_the_past_is_kept_page_by_page(pitch: Field) -> None:
    def cancelled() -> None:
        row = pitch.here.publish(Format.TEAM_GOAL, goal=10, by_choice=True)
        row.cancelled_at, row.cancel_reason = NOW, "Griep in het hele team"

    for _ in range(13):
        pitch.do(cancelled)
    sanne = pitch.page(pitch.people.sanne)
    first, second, beyond = (sanne.get(f"/contests?page={page}").text for page in (1, 2, 9))
    assert first.count("Griep in het hele team") == 12
    assert second.count("Griep in het hele team") == 1
    assert "Bladzijde 1 van 2" in first or "1 van 2" in first
    assert beyond.count("Griep in het hele team") == 1


@pytest.fixture
def reviewed(pitch: Field) -> int:
    """A contest with a provisional result in which Sanne and Bram share what there is."""
    contest = pitch.contest(prizes=PLACES)
    pitch.earn(pitch.people.sanne, 300)
    pitch.earn(pitch.people.bram, 200)
    pitch.do(lambda: finalising.review(db.session.get_one(Competition, contest), GRACE_OVER))
    return contest


def test_the_draft_of_a_team_that_a_lead_has_left_is_not_theirs_any_more(pitch: Field) -> None:
    lead, team = pitch.people.lead, pitch.people.lead.team_id
    plan = Plan("Geheim", Format.TEAM_GOAL, MONDAY, FRIDAY, goal=5, audience=Audience.TEAM, audience_ids=[team or 0])
    pitch.do(lambda: draft.make(pitch.here.scene.program_id, plan, by=lead, now=NOW))
    assert "Geheim" in pitch.page(lead).get("/contests").text
    pitch.do(lambda: setattr(db.session.get_one(Person, lead.id), "team_id", pitch.people.otto.team_id))
    assert "Geheim" not in pitch.page(lead).get("/contests").text


def _objected(pitch: Field, contest: int) -> int:
    bram = pitch.page(pitch.people.bram)
    bram.post(f"/contests/{contest}/disputes", {"reason": "Er mist iets."}, at="/account")
    found: int = pitch.do(lambda: db.session.query(Dispute.id).scalar())
    return found


def test_an_objection_is_answered_by_who_is_not_in_it(pitch: Field, reviewed: int) -> None:
    with time_machine.travel(GRACE_OVER + DAY, tick=False):
        dispute = _objected(pitch, reviewed)
        ines, url = pitch.page(pitch.people.ines), f"/contests/{reviewed}"
        assert "Bram Jansen" in ines.get(url).text
        answer = {f"dispute-{dispute}-answer": "Klopt, hersteld.", "decision": "upheld"}
        ines.post(f"{url}/disputes/{dispute}/decision", answer, at=url)
        assert "opnieuw opgemaakt" in _told(ines, url)
        assert "Klopt, hersteld." in pitch.page(pitch.people.bram).get(url).text
        assert "Klopt, hersteld." not in pitch.page(pitch.people.sanne).get(url).text


def test_nothing_typed_is_lost(pitch: Field, reviewed: int) -> None:
    with time_machine.travel(GRACE_OVER + DAY, tick=False):
        url = f"/contests/{reviewed}"
        refused = pitch.page(pitch.people.bram).post(f"{url}/disputes", {"reason": "x" * 1001}, at=url)
        assert refused.status_code == 422
        assert "x" * 1001 in refused.text
        dispute = _objected(pitch, reviewed)
        ines = pitch.page(pitch.people.ines)
        empty = ines.post(f"{url}/disputes/{dispute}/decision", {f"dispute-{dispute}-answer": " "}, at=url)
        assert empty.status_code == 422
        assert 'role="alert"' in empty.text


def test_objecting_is_for_who_takes_part_and_in_time(pitch: Field, reviewed: int) -> None:
    url, typed = f"/contests/{reviewed}", {"reason": "Er mist iets."}
    with time_machine.travel(FINAL, tick=False):
        bram = pitch.page(pitch.people.bram)
        late = bram.post(f"{url}/disputes", typed, at="/account")
        assert (late.status_code, "Bezwaar maken kan wie meedoet" in late.text) == (422, True)
        assert "Er mist iets.</textarea>" in late.text
        assert "Wat klopt er niet?" not in bram.get(url).text


def test_of_two_who_answer_the_second_reads_that_it_was_answered(pitch: Field, reviewed: int) -> None:
    with time_machine.travel(GRACE_OVER + DAY, tick=False):
        dispute = _objected(pitch, reviewed)
        url, said = f"/contests/{reviewed}/disputes/{dispute}/decision", {f"dispute-{dispute}-answer": "Toch niet."}
        assert pitch.page(pitch.people.ines).post(url, said, at="/account").status_code == 303
        late = pitch.page(pitch.people.ada).post(url, said | {"decision": "upheld"}, at="/account")
        assert (late.status_code, "intussen beantwoord" in late.text) == (422, True)
        assert "Toch niet.</textarea>" in late.text
        assert pitch.do(lambda: db.session.query(Dispute.upheld).scalar()) is False


def test_cancelled_after_all_there_is_no_result(pitch: Field, reviewed: int) -> None:
    pitch.do(lambda: setattr(db.session.get_one(Competition, reviewed), "cancelled_at", FINAL))
    assert "voorlopig" not in pitch.page(pitch.people.bram).get(f"/contests/{reviewed}").text.lower()
    late = pitch.page(pitch.people.bram).post(
        f"/contests/{reviewed}/disputes", {"reason": "Er mist iets."}, at="/account"
    )
    assert "Er mist iets.</textarea>" in late.text


def test_nobody_answers_where_they_take_part_or_elsewhere(pitch: Field, reviewed: int) -> None:
    other = pitch.contest(Format.TEAM_GOAL, goal=5)
    with time_machine.travel(GRACE_OVER + DAY, tick=False):
        dispute = _objected(pitch, reviewed)
        said = {f"dispute-{dispute}-answer": "Nee."}
        sanne, ines = pitch.page(pitch.people.sanne), pitch.page(pitch.people.ines)
        assert sanne.post(f"/contests/{reviewed}/disputes/{dispute}/decision", said, at="/account").status_code == 404
        assert ines.post(f"/contests/{other}/disputes/{dispute}/decision", said, at="/account").status_code == 404
        pitch.do(
            lambda: db.session.add(
                Entrant(competition_id=reviewed, person_id=pitch.people.ines.id, invited_at=NOW, joined_at=NOW)
            )
        )
        refused = ines.post(f"/contests/{reviewed}/disputes/{dispute}/decision", said, at="/account")
        assert "of je doet zelf mee" in refused.text
