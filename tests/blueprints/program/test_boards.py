"""The leaderboard's settings: how people are compared, and seasons that do not overlap."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from app.db import db
from app.domain.program import season
from app.domain.program.program import withdraw_consent
from tests.blueprints.program.conftest import present
from tests.people import Browser, People

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
URL, NEW = "/program/leaderboard", "/program/seasons/new"
AUTUMN = {"name": "Herfst", "first": "2026-11-02", "last": "2026-12-06"}
WINTER = {"name": "Winter", "first": "2026-12-14", "last": "2027-01-17"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _add(admin: Browser, **facts: str) -> tuple[int, str]:
    answer = admin.post("/program/seasons", facts, at=NEW)
    return answer.status_code, answer.text


def _seasons(admin: Browser) -> list[tuple[int, str, date, date]]:
    with admin.app.app_context():
        return [(row.id, row.name, row.first, row.last) for row in season.all_of(present().id)]


def test_the_mode_is_kept_with_a_secret_for_the_pseudonyms(admin: Browser) -> None:
    assert admin.post(URL, {"mode": "pseudonym", "all_time": "y"}, at=URL).status_code == 303
    with admin.app.app_context():
        program = present()
        assert (program.board_mode, program.all_time_board) == ("pseudonym", True)
        assert len(program.mask_seed or "") == 32


def test_what_is_no_mode_is_said(admin: Browser) -> None:
    assert admin.post(URL, {"mode": "everybody"}, at=URL).status_code == 422


def test_without_the_works_council_it_says_so(admin: Browser) -> None:
    assert "ondernemingsraad is nog niet akkoord" not in admin.get(URL).text
    with admin.app.app_context():
        withdraw_consent(present().id, NOW)
        db.session.commit()
    assert "ondernemingsraad is nog niet akkoord" in admin.get(URL).text


def test_the_first_season_begins_next_monday(admin: Browser) -> None:
    html = admin.get(NEW).text
    assert 'value="2026-11-23"' in html
    assert 'value="2026-12-27"' in html


def test_the_next_one_after_a_week_of_pause(admin: Browser) -> None:
    assert _add(admin, **AUTUMN)[0] == 303
    html = admin.get(NEW).text
    assert 'value="2026-12-14"' in html
    assert "Seizoen 2" in html
    shown = admin.get(URL).text
    assert "2 november t/m 6 december, 5 weken" in shown
    assert "loopt" in shown


def test_two_seasons_share_no_day(admin: Browser) -> None:
    _add(admin, **AUTUMN)
    status, html = _add(admin, **WINTER | {"first": "2026-12-06"})
    assert (status, len(_seasons(admin))) == (422, 1)
    assert "Het seizoen van 2 november t/m 6 december heeft een deel van deze dagen." in html


@pytest.mark.parametrize(
    "wrong",
    [{"last": "2026-11-01"}, {"last": "2028-11-01"}, {"first": "0001-01-01"}, {"last": "9999-12-31"}, {"name": " "}],
)
def test_what_is_no_season_is_said(admin: Browser, wrong: dict[str, str]) -> None:
    assert _add(admin, **AUTUMN | wrong)[0] == 422
    assert _seasons(admin) == []


def test_a_season_is_changed(admin: Browser) -> None:
    _add(admin, **AUTUMN)
    url = f"/program/seasons/{_seasons(admin)[0][0]}"
    assert admin.post(url, AUTUMN | {"last": "2026-12-13"}, at=url).status_code == 303
    assert _seasons(admin)[0][3] == date(2026, 12, 13)
    _add(admin, **WINTER)
    assert admin.post(url, AUTUMN | {"last": "2026-12-20"}, at=url).status_code == 422


def test_a_closed_one_keeps_its_days(admin: Browser, people: People) -> None:
    _add(admin, **AUTUMN)
    url = f"/program/seasons/{_seasons(admin)[0][0]}"
    with time_machine.travel(datetime(2026, 12, 7, 11, tzinfo=UTC), tick=False):
        admin = admin.sign_in(people.ada)
        assert admin.post(url, AUTUMN | {"last": "2026-12-12"}, at=url).status_code == 422
        assert admin.post(url, AUTUMN | {"name": "Najaar"}, at=url).status_code == 303
    assert _seasons(admin)[0][1] == "Najaar"


def test_only_one_that_has_not_begun_is_taken_back(admin: Browser) -> None:
    _add(admin, **AUTUMN)
    _add(admin, **WINTER)
    winter, autumn = (row[0] for row in _seasons(admin))
    assert admin.post(f"/program/seasons/{winter}/withdrawal", at=URL).status_code == 303
    assert admin.post(f"/program/seasons/{autumn}/withdrawal", at=URL).status_code == 404
    assert [row[1] for row in _seasons(admin)] == ["Herfst"]
