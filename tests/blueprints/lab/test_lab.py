"""The lab's pages: drafting, trying, following a run, reading what it found, and accepting."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.lab.reading import Reading
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game import appearance
from app.domain.journey import touchpoint_kind
from app.domain.lab import run, score_draft
from app.domain.lab.draft import LabDraft
from app.domain.lab.logbook import LabEntry
from app.domain.lab.run import LabRun
from app.domain.program import action_kind
from app.domain.program.program import the_program
from app.domain.scoring import publication
from app.domain.scoring.rules import RulesetRow, live
from app.web.score_form import slug
from jobs import lab
from tests import make
from tests.domain.lab.desk import Desk, kind
from tests.domain.lab.past import make_past
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def sponsor(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ines)


def points(browser: Browser, **other: int) -> dict[str, str]:
    """The form of a draft of points, with some of them changed."""
    with browser.app.app_context():
        program = the_program()
        assert program
        newest = action_kind.newest_rules(program.id)
        kinds = action_kind.kinds_of(program.id)
        return {f"points-{each.id}": str(other.get(each.code, newest[each.id].points)) for each in kinds}


def draft_of_points(browser: Browser, **other: int) -> str:
    sent = points(browser, **other) | {"name": "Meer voor gesprekken"}
    return str(browser.post("/lab/drafts/new/points", sent, at="/lab/drafts/new/points").location)


def test_a_form_that_arrives_twice_is_one_draft(sponsor: Browser) -> None:
    new = "/lab/drafts/new/points"
    sent = points(sponsor, conversation=45) | {"name": "Meer", "key": key_in(sponsor.get(new).text)}
    first, second = (sponsor.post(new, sent, at=new).location for _ in range(2))
    assert first == second
    assert sponsor.post(new, sent | {"name": "Nog meer"}, at=new).location == first
    assert [(each.name, each.is_open) for each in rows(sponsor, LabDraft)] == [("Nog meer", True)]
    assert [each.what for each in rows(sponsor, LabEntry)] == ["drafted", "changed"]
    assert sponsor.post(new, sent | {"key": "none"}, at=new).status_code == 422
    assert sponsor.post(new, sent | {"key": key_in(sponsor.get(new).text)}, at=new).location != first


def test_a_draft_that_was_thrown_away_stays_so(sponsor: Browser) -> None:
    new = "/lab/drafts/new/points"
    sent = points(sponsor) | {"name": "Meer", "key": key_in(sponsor.get(new).text)}
    where = sponsor.post(new, sent, at=new).location
    sponsor.post(f"{where}/discarding", {}, at=where)
    assert sponsor.post(new, sent | {"name": "Anders"}, at=new).location == where
    assert [(each.name, each.is_open) for each in rows(sponsor, LabDraft)] == [("Meer", False)]


def key_in(page: str) -> str:
    found = re.search(r'name="key"[^>]*value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def work(browser: Browser) -> int:
    with browser.app.app_context():
        return lab.work_due("test", clock.now())


def rows(browser: Browser, table: type[Any]) -> list[Any]:
    with browser.app.app_context():
        return list(db.session.scalars(select(table).order_by(table.id)))


def test_a_draft_begins_as_the_rules_that_hold_and_changes_nothing(sponsor: Browser) -> None:
    page = sponsor.get("/lab/drafts/new/points")
    assert 'value="30"' in page.text
    where = draft_of_points(sponsor, conversation=45)
    assert 'value="45"' in sponsor.get(where).text
    assert points(sponsor) == points(sponsor, conversation=30)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sponsor: Browser) -> None:
    sent = points(sponsor, conversation=-5) | {"name": ""}
    page = sponsor.post("/lab/drafts/new/points", sent, at="/lab/drafts/new/points")
    assert (page.status_code, 'value="-5"' in page.text) == (422, True)
    assert rows(sponsor, LabDraft) == []
    assert sponsor.get("/lab/drafts/new/weather").status_code == 404


def test_points_are_tried_and_read(sponsor: Browser) -> None:
    with sponsor.app.app_context():
        Desk("A").work(1)
        db.session.commit()
    where = draft_of_points(sponsor, conversation=45)
    found = sponsor.post(f"{where}/runs", {"period": "52"}, at=where)
    assert "0%" in sponsor.get(found.location).text
    assert work(sponsor) == 1
    page = sponsor.get(found.location).text
    assert all(said in page for said in ("Meer voor gesprekken", "Gesprek", "precies zoals het was", "Geen team"))
    assert sponsor.get("/lab").status_code == 200


def test_a_run_that_is_stopped_finds_nothing(sponsor: Browser) -> None:
    where = draft_of_points(sponsor)
    found = sponsor.post(f"{where}/runs", {"period": "4"}, at=where).location
    sponsor.post(f"{found}/stopping", {}, at=found)
    assert work(sponsor) == 0
    assert [each.state for each in rows(sponsor, LabRun)] == ["stopped"]
    assert "gestopt" in sponsor.get(found).text


def test_pressed_twice_it_is_tried_once(sponsor: Browser) -> None:
    where = draft_of_points(sponsor, conversation=45)
    first, second = (sponsor.post(f"{where}/runs", {"period": "4"}, at=where).location for _ in range(2))
    other = sponsor.post(f"{where}/runs", {"period": "12"}, at=where).location
    assert first == second != other
    assert len(rows(sponsor, LabRun)) == 2
    work(sponsor)
    assert sponsor.post(f"{where}/runs", {"period": "4"}, at=where).location != first, "it may be tried anew"
    with sponsor.app.app_context():
        assert [each.what for each in db.session.scalars(select(LabEntry))].count("asked") == 3


@pytest.mark.parametrize("mode", ["off", "team"])
def test_who_would_have_won_is_named_as_boards_name_people(sponsor: Browser, people: People, mode: str) -> None:
    won = [{"people": [who.id], "sides": [], "cents": 500} for who in (people.sanne, people.bram)]
    result = {"contests": [{"id": 1, "was": won[0], "then": won[1], "drawn": False}]}
    with sponsor.app.app_context():
        program = the_program()
        assert program
        for each in (people.sanne, people.bram):
            appearance.choose(each, appearance.NAMED, clock.now())
        (shown,) = Reading(program, people.ines, result, "").contests
        assert (shown.was, shown.then, shown.same) == ([people.sanne.name], [people.bram.name], False)
        program.board_mode = mode
        (shown,) = Reading(program, people.ines, result, "").contests
        assert (shown.was, shown.then, shown.same) == ([None], [None], False)


def test_a_part_is_asked_again_until_it_is_over(sponsor: Browser) -> None:
    where = draft_of_points(sponsor)
    found = sponsor.post(f"{where}/runs", {"period": "4"}, at=where).location
    assert "every 2s" in sponsor.get(found, part=True).text
    assert "every 2s" in sponsor.get("/lab", part=True).text
    work(sponsor)
    assert "HX-Refresh" in sponsor.get(found, part=True).headers
    assert "every 2s" not in sponsor.get("/lab", part=True).text


def test_accepted_points_count_from_monday(sponsor: Browser) -> None:
    where = draft_of_points(sponsor, conversation=45)
    assert sponsor.post(f"{where}/publication", {"note": ""}, at=where).status_code == 422
    sponsor.post(f"{where}/publication", {"note": "Gesprekken tellen"}, at=where)
    with sponsor.app.app_context():
        rule = action_kind.newest_rule(kind("conversation").id)
        assert (rule.points, rule.valid_from) == (45, clock.week_of(clock.local_day(clock.now(), the_zone())).end)
    assert [each.what for each in rows(sponsor, LabEntry)] == ["drafted", "published"]
    assert "versie" in sponsor.get(where).text


def test_what_changes_nothing_is_not_accepted(sponsor: Browser) -> None:
    where = draft_of_points(sponsor)
    page = sponsor.post(f"{where}/publication", {"note": "Zomaar"}, at=where)
    assert page.status_code == 422
    assert rows(sponsor, LabDraft)[0].is_open


def test_a_draft_is_changed_and_thrown_away(sponsor: Browser) -> None:
    where = draft_of_points(sponsor)
    sponsor.post(where, points(sponsor, message=5) | {"name": "Anders"}, at=where)
    assert (rows(sponsor, LabDraft)[0].name, rows(sponsor, LabDraft)[0].is_open) == ("Anders", True)
    sponsor.post(f"{where}/discarding", {}, at=where)
    assert not rows(sponsor, LabDraft)[0].is_open
    page = sponsor.get("/lab/logbook").text
    assert all(said in page for said in ("Ines Visser", "Anders"))


def score(browser: Browser, half_life: str) -> dict[str, str]:
    with browser.app.app_context():
        rules = live().ruleset
        names = ("s50", "unknown_points", "fan_from", "fan_until")
        sent = {name: f"{getattr(rules, name):g}" for name in names} | {"half_life_days": half_life, "name": "Sneller"}
        for each in touchpoint_kind.known():
            rule = rules.rule(each.code)
            sent |= {
                f"points-{slug(each.code)}": f"{rule.points:g}",
                f"days-{slug(each.code)}": str(rule.week_days or ""),
            }
        return sent


def test_a_draft_of_the_score_is_tried_and_accepted(sponsor: Browser) -> None:
    new = "/lab/drafts/new/score"
    where = sponsor.post(new, score(sponsor, "14"), at=new).location
    found = sponsor.post(f"{where}/runs", {}, at=where).location
    work(sponsor)
    assert "Te weinig gegevens" in sponsor.get(found).text
    sponsor.post(f"{where}/publication", {"note": "Het gaat sneller"}, at=where)
    assert [each.half_life_days for each in rows(sponsor, RulesetRow)][-1] == 14
    page = sponsor.post(where, score(sponsor, "7"), at="/lab")
    assert (page.status_code, rows(sponsor, LabDraft)[0].published_as) == (422, 2)


def test_a_proposal_becomes_a_draft(browser: Browser) -> None:
    with browser.app.app_context():
        make_past()
        admin = make.person("Ada Smit", Role.ADMIN)
        asked = clock.now()
        row = run.ask("proposal", "score", {}, clock.Period(asked.date(), asked.date()), by_id=None, now=asked)
        result = {"judged": [[0.6, 0.3], [0.7, 0.4]], "half_life": [21, 3], "points": {"site_visit": [3, 8]}}
        result |= {"foretells": True, "is_better": True, "newest": 72, "contacts": 360, "answered": 140}
        run.finish(row, result | {"rules": score_draft.written(live().ruleset)}, asked + timedelta(seconds=1))
        db.session.commit()
        where = f"/lab/runs/{row.id}"
    there = browser.sign_in(admin)
    assert "van 21 naar 3" in there.get(where).text
    pressed = {"key": key_in(there.get(where).text)}
    made, again = (there.post(f"{where}/draft", pressed, at=where).location for _ in range(2))
    assert there.get(made).status_code == 200
    assert (made == again, len(rows(there, LabDraft))) == (True, 1)
    assert there.post(f"{where}/draft", {"key": "none"}, at=where).location == where
    assert there.post(f"{where}/draft", {}, at=where).location != made
    assert "waarmee Fanfare begint" in there.get("/lab/model-card").text


def test_a_proposal_is_asked_for(sponsor: Browser) -> None:
    where = sponsor.post("/lab/proposals", {}, at="/lab").location
    assert work(sponsor) == 1
    assert "Te weinig gegevens" in sponsor.get(where).text
    assert sponsor.post(f"{where}/draft", {}, at=where).status_code == 404


def test_a_draft_of_rules_that_changed_since_is_accepted_only_when_it_was_looked_at_again(sponsor: Browser) -> None:
    one, other = draft_of_points(sponsor, conversation=45), draft_of_points(sponsor, message=5)
    assert "van 30 naar 45" in sponsor.get(one).text
    sponsor.post(f"{other}/publication", {"note": "Eerst dit"}, at=other)
    page = sponsor.post(f"{one}/publication", {"note": "Mijn reden"}, at=one)
    assert (page.status_code, "opnieuw op" in page.text, "Mijn reden" in page.text) == (422, True, True)
    assert "van 5 naar" in page.text
    sponsor.post(one, points(sponsor, conversation=45) | {"name": "Nog eens"}, at=one)
    assert sponsor.post(f"{one}/publication", {"note": "Nu wel"}, at=one).status_code == 303
    with sponsor.app.app_context():
        now = [action_kind.newest_rule(kind(code).id).points for code in ("conversation", "message")]
    assert now == [45, 5]
    assert [each.published_as is not None for each in rows(sponsor, LabDraft)] == [True, True]


def test_a_score_that_changed_since_is_not_taken_back_unseen(sponsor: Browser) -> None:
    new = "/lab/drafts/new/score"
    one, other = (sponsor.post(new, score(sponsor, days), at=new).location for days in ("14", "7"))
    sponsor.post(f"{other}/publication", {"note": "Eerst dit"}, at=other)
    page = sponsor.post(f"{one}/publication", {"note": "Mijn reden"}, at=one)
    assert (page.status_code, "wordt al een versie" in page.text) == (422, True)
    with sponsor.app.app_context():
        while publication.progress():
            publication.advance(clock.now())
        db.session.commit()
    page = sponsor.post(f"{one}/publication", {"note": "Mijn reden"}, at=one)
    assert (page.status_code, "opnieuw op" in page.text, "Mijn reden" in page.text) == (422, True, True)
    assert "van 7 naar 14" in page.text
    assert [each.half_life_days for each in rows(sponsor, RulesetRow)][-1] == 7


def test_whoever_comes_second_is_told_what_became_of_the_draft(sponsor: Browser) -> None:
    where = draft_of_points(sponsor, conversation=45)
    sponsor.post(f"{where}/publication", {"note": "Gesprekken tellen"}, at=where)
    for second in (f"{where}/publication", f"{where}/discarding"):
        answer = sponsor.post(second, {"note": "Ik ook"}, at="/lab")
        assert answer.location == where
    page = sponsor.get(where).text
    assert all(said in page for said in ("Iemand anders was je voor", "versie"))
    assert [each.what for each in rows(sponsor, LabEntry)] == ["drafted", "published"]
    assert "Gesprekken tellen" in sponsor.get("/lab/logbook").text
