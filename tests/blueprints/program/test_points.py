"""The points: what changes counts from Monday, kinds of one's own come and go."""

import pytest
import time_machine

from app import clock
from app.db import db
from app.domain.program import action_kind, kind_rule
from app.domain.program.action_kind import ActionKind
from tests.blueprints.program.conftest import present
from tests.people import Browser, People

POINTS = "/program/points"
FRIDAY = "2026-11-20T12:00:00Z"
OWN = {"label_nl": "Rooster rond", "label_en": "Roster done", "points": "15"}


def kinds(admin: Browser) -> list[ActionKind]:
    with admin.app.app_context():
        return action_kind.kinds_of(present().id)


def same(admin: Browser, **changed: str) -> dict[str, str]:
    with admin.app.app_context():
        newest = action_kind.newest_rules(present().id)
        shown = [kind for kind in action_kind.kinds_of(present().id) if not kind.retired_at]
        return {f"points-{kind.id}": changed.get(kind.code, str(newest[kind.id].points)) for kind in shown}


def worth(admin: Browser, code: str, weeks: int = 0) -> int:
    with admin.app.app_context():
        return kind_rule.rules_on(present().id, clock.now().date() + clock.WEEK * weeks)[code].points


def added(admin: Browser) -> ActionKind:
    assert admin.post("/program/kinds", OWN, at=POINTS).status_code == 303
    return kinds(admin)[-1]


def test_a_change_counts_from_monday_and_says_so(admin: Browser, people: People) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        admin = admin.sign_in(people.ada)
        data = same(admin, conversation="45")
        assert "geldt vanaf maandag 23 november 2026" in admin.get(POINTS).text
        assert admin.post(POINTS, data, at=POINTS).status_code == 303
        assert (worth(admin, "conversation"), worth(admin, "conversation", weeks=1)) == (30, 45)
        assert admin.get(POINTS).text.count("vanaf 23 november 2026") == 1


@pytest.mark.parametrize("points", ["-1", "1001", "veel", ""])
def test_points_out_of_bounds_are_refused(admin: Browser, points: str) -> None:
    answer = admin.post(POINTS, same(admin, conversation=points), at=POINTS)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_kind_of_ones_own_is_added_and_counts_at_once(admin: Browser) -> None:
    added(admin)
    assert worth(admin, "roster_done") == 15
    assert "Rooster rond" in admin.get("/program/about").text


@pytest.mark.parametrize("wrong", [{"label_nl": ""}, {"points": "x"}, {"label_en": "x" * 81}])
def test_a_wrong_kind_is_refused_and_kept(admin: Browser, wrong: dict[str, str]) -> None:
    answer = admin.post("/program/kinds", OWN | wrong, at=POINTS)
    assert answer.status_code == 422
    assert "Roster done" in answer.text or "Rooster rond" in answer.text
    assert len(kinds(admin)) == 11


def test_it_is_retired_and_brought_back(admin: Browser) -> None:
    kind = added(admin)
    assert admin.post(f"/program/kinds/{kind.id}/retirement", at=POINTS).status_code == 303
    assert "Rooster rond" not in admin.get("/program/about").text
    assert f"/program/kinds/{kind.id}/return" in admin.get(POINTS).text
    assert admin.post(f"/program/kinds/{kind.id}/return", at=POINTS).status_code == 303
    assert "Rooster rond" in admin.get("/program/about").text


def test_what_the_outcomes_log_cannot_be_retired(admin: Browser) -> None:
    assert admin.post(f"/program/kinds/{kinds(admin)[0].id}/retirement", at=POINTS).status_code == 404
    assert admin.post("/program/kinds/999999/return", at=POINTS).status_code == 404


def test_a_kind_that_came_in_from_elsewhere_is_listed(admin: Browser) -> None:
    with admin.app.app_context():
        action_kind.unknown_kind(present().id, "webinar", clock.now())
        db.session.commit()
    assert "nog geen punten" in admin.get(POINTS).text


def test_others_add_and_retire_nothing(browser: Browser, people: People, admin: Browser) -> None:
    kind = added(admin)
    other = browser.sign_in(people.lead)
    assert other.post("/program/kinds", OWN, at="/account").status_code == 404
    assert other.post(f"/program/kinds/{kind.id}/retirement", at="/account").status_code == 404
    assert other.post(f"/program/kinds/{kind.id}/return", at="/account").status_code == 404
