"""Stopping a mail: looking changes nothing, a press or a mail program's one click does."""

import pytest

from app.domain.notices import preference
from app.mail import unsubscribe_url
from tests.people import Browser, make_people

WHO = "person:12"


@pytest.fixture
def path(browser: Browser) -> str:
    with browser.app.app_context():
        make_people()
        url = unsubscribe_url(WHO, "weekly_reminder")
    return url[url.index("/unsubscribe/") :]


def stopped(browser: Browser, kind: str = "weekly_reminder") -> bool:
    with browser.app.app_context():
        return preference.is_unsubscribed(WHO, kind)


def test_looking_changes_nothing(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 200
    assert "Daarna krijg je de wekelijkse herinnering niet meer." in page.text
    assert page.text.count('type="submit"') == 1
    assert not stopped(browser)


def test_the_button_stops_it(browser: Browser, path: str) -> None:
    page = browser.post(path, at=path)
    assert "Je krijgt de wekelijkse herinnering niet meer" in page.text
    assert 'href="/notices/choices/' in page.text
    assert stopped(browser)


def test_one_click_needs_no_form(browser: Browser, path: str) -> None:
    answer = browser.client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert stopped(browser)


def test_only_this_kind(browser: Browser, path: str) -> None:
    browser.client.post(path)
    assert not stopped(browser, "invitation")


def test_again_says_the_same(browser: Browser, path: str) -> None:
    browser.client.post(path)
    assert browser.client.post(path).status_code == 200
    assert "niet meer" in browser.get(path).text


def test_the_mail_of_the_day_is_all_that_is_in_it(browser: Browser, path: str) -> None:
    with browser.app.app_context():
        url = unsubscribe_url(WHO, "daily")
    daily = url[url.index("/unsubscribe/") :]
    browser.client.post(daily)
    assert [stopped(browser, kind) for kind in ("competition", "alert:reply", "weekly_reminder")] == [True, True, False]
    assert "niet meer" in browser.get(daily).text


@pytest.mark.parametrize("token", ["nonsense", "WyJhIiwiYiJd.forged"])
def test_a_token_that_is_not_ours(browser: Browser, path: str, token: str) -> None:
    assert browser.get(f"/unsubscribe/{token}").status_code == 404
    assert browser.client.post(f"/unsubscribe/{token}").status_code == 404
    assert not stopped(browser)


def test_a_changed_token(browser: Browser, path: str) -> None:
    assert browser.client.post(path[:-2] + ("AA" if path[-2:] != "AA" else "BB")).status_code == 404
