"""The rules of the score: typed, previewed, published with a reason, looked at by who leads, and stopped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.journey.touchpoint import Hit
from app.domain.scoring import publication
from app.domain.scoring.rules import RulesetRow, live
from app.domain.scoring.ruleset import PRESET, KindRule
from app.domain.scoring.score_check import ScoreCheck
from app.web.score_form import slug
from tests import make
from tests.people import Browser, People

AT = "/program/score"
NOW = clock.now()


def typed(**changes: str) -> dict[str, str]:
    """The preset as the form sends it, with changes."""
    form = {"half_life_days": "21", "unknown_points": "0", "s50": "25", "fan_from": "70", "fan_until": "45"}
    for code, rule in PRESET.kinds.items():
        form[f"points-{slug(code)}"] = f"{rule.points:g}"
        form[f"days-{slug(code)}"] = str(rule.week_days or "")
        if rule.strong:
            form[f"strong-{slug(code)}"] = "y"
    return {**form, "note": "Rustiger", "when": "all", **changes}


@pytest.fixture
def fan_id(admin: Browser) -> int:
    """Somebody with three forms on three days."""
    with admin.app.app_context():
        candidate_id = make.candidate("Bram Bos").id
        hits = [Hit(candidate_id, "form", NOW - timedelta(days=ago), "test", f"{ago}") for ago in (1, 2, 3)]
        take_in_many(hits, NOW, silent=True)
        db.session.commit()
    return candidate_id


def preview(admin: Browser, **changes: str) -> str:
    return admin.post(f"{AT}/preview", typed(**changes), at=AT).text


def publish(admin: Browser, **changes: str) -> int:
    return admin.post(f"{AT}/versions", typed(**changes), at=AT).status_code


def build(admin: Browser) -> None:
    with admin.app.app_context():
        while publication.progress():
            publication.advance(clock.now())
        db.session.commit()


def test_the_administrator_sees_the_rules_that_count(admin: Browser) -> None:
    page = admin.get(AT).text
    assert 'value="21"' in page
    assert "Formulier ingevuld" in page
    assert "Publiceren" not in page


@pytest.mark.parametrize("who", ["lead", "ines"])
def test_who_leads_may_look_and_not_change(browser: Browser, people: People, who: str) -> None:
    leads = browser.sign_in(getattr(people, who))
    assert "30 punten, sterk" in leads.get(AT).text
    assert "<select" not in leads.get(AT).text
    assert leads.get(f"{AT}/versions").status_code == 200
    assert leads.post(f"{AT}/preview", typed()).status_code == 404


def test_a_preview_tells_what_would_change_and_writes_nothing(admin: Browser, fan_id: int) -> None:
    page = preview(admin, **{f"points-{slug('form')}": "2,5"})
    assert "Bram Bos" in page
    assert "1 is geen fan meer" in page
    assert 'value="2,5"' in page
    assert "Publiceren" in page
    with admin.app.app_context():
        assert live().ruleset.rule("form") == KindRule(30, None, strong=True)


def test_a_preview_from_today_leaves_the_past(admin: Browser, fan_id: int) -> None:
    assert "0 zijn geen fan meer" in preview(admin, when="today", **{f"points-{slug('form')}": "2"})


@pytest.mark.parametrize(
    "changes",
    [
        {"half_life_days": "0"},
        {"half_life_days": "nan"},
        {"half_life_days": "1000"},
        {"fan_until": "80"},
        {"when": "yesterday"},
        {f"points-{slug('form')}": "-1"},
        {f"days-{slug('form')}": "9"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(admin: Browser, changes: dict[str, str]) -> None:
    for path in ("preview", "versions"):
        answer = admin.post(f"{AT}/{path}", typed(note="Een reden", **changes), at=AT)
        assert answer.status_code == 422
        assert "Een reden" in answer.text


def test_a_bound_is_told_as_one_writes_it(admin: Browser) -> None:
    page = admin.post(f"{AT}/preview", typed(half_life_days="0"), at=AT).text
    assert "Kies een getal tussen 0,5 en 730." in page


def test_what_is_published_counts_when_it_is_built(admin: Browser, fan_id: int) -> None:
    assert publish(admin, half_life_days="40,5") == 303
    page = admin.get(f"{AT}/versions").text
    assert "wordt doorgerekend" in page
    assert "Halfwaardetijd in dagen: van 21 naar 40,5" in page
    assert "Rustiger" in page
    assert "Ada Smit" in page
    build(admin)
    page = admin.get(f"{AT}/versions").text
    assert "hx-get" not in page.split('id="score-versions"')[1].split(">")[0]
    assert "Terug naar deze versie" in page
    assert 'value="40.5"' in admin.get(AT).text


def test_from_today_is_remembered(admin: Browser) -> None:
    publish(admin, half_life_days="30", when="today")
    with admin.app.app_context():
        row = db.session.scalars(select(RulesetRow).where(RulesetRow.version == 2)).one()
        assert row.since is not None
    assert "voor wat er vanaf" in admin.get(f"{AT}/versions").text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Er is niets veranderd"),
        ({"note": ""}, "Zeg waarom"),
        ({f"points-{slug('form')}": "900"}, "alleen al genoeg om fan te worden"),
    ],
)
def test_what_cannot_be_published_is_told(admin: Browser, changes: dict[str, str], told: str) -> None:
    answer = admin.post(f"{AT}/versions", typed(**changes), at=AT)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_preview_tells_what_is_too_strong(admin: Browser) -> None:
    assert "alleen al genoeg om fan te worden" in preview(admin, **{f"points-{slug('form')}": "900"})


def test_only_one_version_is_built_at_a_time_and_it_can_be_stopped(admin: Browser) -> None:
    publish(admin, half_life_days="30")
    answer = admin.post(f"{AT}/versions", typed(half_life_days="60"), at=AT)
    assert (answer.status_code, "wordt al een versie doorgerekend" in answer.text) == (422, True)
    assert admin.post(f"{AT}/giving-up", at=AT).status_code == 303
    assert "gestopt" in admin.get(f"{AT}/versions").text
    assert publish(admin, half_life_days="60") == 303


def test_an_earlier_version_is_taken_up_again(admin: Browser) -> None:
    publish(admin, half_life_days="30")
    build(admin)
    page = admin.get(f"{AT}?version=1").text
    assert 'value="21"' in page
    assert "Dit zijn de regels van versie 1" in page
    assert "Dit zijn de regels" not in admin.get(f"{AT}?version=99").text


def test_progress_is_a_part_for_htmx(admin: Browser) -> None:
    publish(admin, half_life_days="30")
    part = admin.get(f"{AT}/versions", part=True).text
    assert part.lstrip().startswith('<div id="score-versions"')
    assert "<h1" not in part


def test_the_nightly_check_is_told(admin: Browser) -> None:
    with admin.app.app_context():
        db.session.add(ScoreCheck(ruleset_id=1, at=NOW, sampled=100, differing=0, worst=0.0))
        db.session.commit()
    assert "100 scores zijn nageteld" in admin.get(f"{AT}/versions").text
