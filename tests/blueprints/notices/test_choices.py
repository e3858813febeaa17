"""What one chooses to be told: on one's own page, and by the link at the foot of every mail without signing in."""

from datetime import date, timedelta

import pytest

from app import clock
from app.db import db
from app.domain.actions import alert_topic
from app.domain.agency.person import Person
from app.domain.notices import delivery_times, preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.delivery_times import AT_ONCE, Times
from app.domain.notices.preference import Choice, Way
from app.domain.notices.quiet import Quiet
from app.domain.program import absence
from app.mail import choices_url
from tests.people import Browser, People, make_people

OWN, ALL = "/notices/preferences", 22
WANTED = ["alert:reply mail", "alert:reply app", "kudos app", "weekly_reminder mail"]
CHOSEN = {"told": WANTED, "quiet_from": "22:00", "quiet_until": "07:30", "once_a_day": "y"}


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def mine(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.sanne)


@pytest.fixture
def link(browser: Browser, people: People) -> str:
    with browser.app.app_context():
        url = choices_url(f"person:{people.sanne.id}")
    return url[url.index("/notices/") :]


def kept(browser: Browser, person: Person) -> tuple[set[Choice], Times]:
    with browser.app.app_context():
        return preference.refusals(f"person:{person.id}"), delivery_times.of(f"person:{person.id}")


def ticked(page: str) -> int:
    return page.count(" checked>")


def test_at_first_everything_is_told_that_is_ones_own(mine: Browser) -> None:
    page = mine.get(OWN).text
    assert ticked(page) == page.count('name="told"') == ALL
    assert "Beloningen die op je wachten" not in page
    assert ' chat"' not in page


def test_a_choice_is_kept_and_shown(mine: Browser, people: People) -> None:
    assert mine.post(OWN, CHOSEN, at=OWN).status_code == 303
    refused, times = kept(mine, people.sanne)
    assert times == Times(Quiet(22 * 60, 7 * 60 + 30), once_a_day=True)
    assert Choice("competition", Way.MAIL) in refused
    assert Choice("kudos", Way.APP) not in refused
    page = mine.get(OWN).text
    assert ticked(page) == len(WANTED)
    assert 'value="22:00"' in page
    with mine.app.app_context():
        assert alert_topic.wanted(f"person:{people.sanne.id}") == [AlertKind.REPLY]


def test_no_alert_by_mail_is_a_no_to_all_of_them_and_can_be_taken_back(mine: Browser, people: People) -> None:
    mine.post(OWN, {"told": ["alert:reply app"]}, at=OWN)
    assert alert_topic.ALL in kept(mine, people.sanne)[0]
    mine.post(OWN, {"told": WANTED}, at=OWN)
    assert alert_topic.ALL not in kept(mine, people.sanne)[0]


def test_a_no_to_all_alerts_shows_as_one_to_each(mine: Browser, people: People) -> None:
    with mine.app.app_context():
        preference.unsubscribe(f"person:{people.sanne.id}", "alert", clock.now())
        db.session.commit()
    assert ticked(mine.get(OWN).text) == ALL - len(AlertKind)


def test_what_was_chosen_goes_again(mine: Browser, people: People) -> None:
    mine.post(OWN, CHOSEN, at=OWN)
    mine.post(OWN, {"told": WANTED}, at=OWN)
    assert kept(mine, people.sanne)[1] == AT_ONCE


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quiet_from": ""}, "Vul ook in vanaf wanneer"),
        ({"quiet_until": ""}, "Vul ook in tot wanneer"),
        ({"quiet_until": "22:00"}, "dan is het nooit stil"),
        ({"away_until": "2020-01-01"}, "Kies een dag vanaf vandaag"),
        ({"away_until": "9999-01-01"}, "Kies een dag vanaf vandaag"),
        ({"told": ["sponsor_week mail"]}, 'role="alert"'),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    mine: Browser, people: People, wrong: dict[str, object], sentence: str
) -> None:
    answer = mine.post(OWN, CHOSEN | wrong, at=OWN)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert kept(mine, people.sanne) == (set(), AT_ONCE)


def test_one_is_away_until_a_day(mine: Browser, people: People) -> None:
    back = clock.now().date() + timedelta(days=10)
    mine.post(OWN, {"told": WANTED, "away_until": back.isoformat()}, at=OWN)
    assert kept(mine, people.sanne)[1].away_until == back
    assert f'value="{back.isoformat()}"' in mine.get(OWN).text


def test_recorded_leave_need_not_be_said_again(mine: Browser, people: People, link: str) -> None:
    first = clock.now().date() + timedelta(days=10)
    with mine.app.app_context():
        absence.record(people.sanne.id, first, first, by_id=None, now=clock.now())
        db.session.commit()
    assert "zijn al bekend" in mine.get(OWN).text
    assert "zijn al bekend" not in Browser(mine.app).get(link).text


def test_the_link_needs_no_sign_in(browser: Browser, people: People, link: str) -> None:
    page = browser.get(link)
    assert (page.status_code, ticked(page.text)) == (200, ALL)
    assert "Sanne" not in page.text
    assert browser.post(link, CHOSEN, at=link).headers["Location"] == link
    assert kept(browser, people.sanne)[1].once_a_day


def test_the_link_speaks_their_language(browser: Browser, people: People, link: str) -> None:
    with browser.app.app_context():
        db.session.get_one(Person, people.sanne.id).language = "en"
        db.session.commit()
    assert '<html lang="en"' in browser.get(link).text
    assert "This is the same time" in browser.post(link, CHOSEN | {"quiet_until": "22:00"}, at=link).text


@pytest.mark.parametrize("token", ["nonsense", "WyJhIiwiYiJd.forged"])
def test_a_link_that_is_not_ours(browser: Browser, people: People, token: str) -> None:
    assert browser.get(f"/notices/choices/{token}").status_code == 404


def test_a_link_of_somebody_who_left(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        url = choices_url(f"person:{people.gone.id}")
    assert browser.get(url[url.index("/notices/") :]).status_code == 404


def test_the_profile_leads_to_it(mine: Browser) -> None:
    assert f'href="{OWN}"' in mine.get("/account").text


def test_the_day_that_is_past_is_not_shown(mine: Browser, people: People) -> None:
    with mine.app.app_context():
        delivery_times.choose(f"person:{people.sanne.id}", Times(away_until=date(2020, 1, 1)), clock.now())
        db.session.commit()
    assert "2020-01-01" not in mine.get(OWN).text
