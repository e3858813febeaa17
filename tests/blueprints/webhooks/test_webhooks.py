"""The pages of webhooks: added, shown their secret once, tested, turned off and on, sent again, and removed."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.agency.audit import AuditEntry
from app.domain.notices import webhook, webhook_event
from app.domain.notices.webhook import CHOOSABLE, MOST, Kind, WebhookEndpoint
from app.domain.notices.webhook_event import WebhookDelivery
from tests.people import Browser, People, make_people

URL = "/connections/webhooks"
ADDRESS = "https://hooks.example.com/catch/123/geheim-adres"
FORM: dict[str, Any] = {"label": "Mijn ATS", "url": ADDRESS, "kinds": ["fan.became", "candidate.erased"]}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


@pytest.fixture
def page(ada: Browser) -> str:
    """The page of one that was just added."""
    ada.post(URL, FORM)
    return f"{URL}/{one(ada).id}"


def renew(browser: Browser, page: str, shown: str = "") -> Any:  # noqa: ANN401 - the client's own answer
    """Press "Make a new secret" on the page as it was `shown`, or else as it is now."""
    (of,) = re.findall(r'name="of" value="([^"]+)"', shown or browser.get(page).text)
    return browser.post(f"{page}/secret", {"of": of})


def one(browser: Browser) -> WebhookEndpoint:
    with browser.app.app_context():
        return db.session.scalars(select(WebhookEndpoint), execution_options={"populate_existing": True}).one()


def told(browser: Browser, state: str = "failed", days: int = 0, **facts: object) -> int:
    """A message that has a past."""
    with browser.app.app_context():
        now = clock.now() - timedelta(days=days)
        webhook_event.tell(Kind.FAN_BECAME, f"{now} {state}", {"candidate_id": 1}, now)
        row = db.session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id.desc())).first()
        assert row
        row.state, row.tried_at = state, now
        for name, value in facts.items():
            setattr(row, name, value)
        db.session.commit()
        return row.id


def states(browser: Browser) -> list[str]:
    with browser.app.app_context():
        return list(db.session.scalars(select(WebhookDelivery.state).order_by(WebhookDelivery.id)))


def test_its_secret_is_shown_once_and_its_address_never_again(ada: Browser) -> None:
    assert "Nog geen webhooks" in ada.get(URL).text
    page = ada.post(URL, FORM)
    assert (page.status_code, len(set(SECRET.findall(page.text)))) == (201, 1)
    row = one(ada)
    for again in (ada.get(URL).text, ada.get(f"{URL}/{row.id}").text):
        assert ("Mijn ATS" in again, SECRET.findall(again), ADDRESS in again) == (True, [], False)
    assert row.hears == [Kind.FAN_BECAME, Kind.CANDIDATE_ERASED]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"label": " "}, "Vul dit in."),
        ({"kinds": []}, "Kies er minstens een."),
        ({"kinds": ["ping"]}, 'class="error"'),
        ({"kinds": ["action.taken_back"]}, 'class="error"'),
        ({"url": "http://hooks.example.com/in"}, "https://"),
        ({"url": "https://127.0.0.1/in"}, "op internet"),
        ({"url": "https://hooks.example.com@127.0.0.1/"}, "op internet"),
        ({"url": "https://localhost/in"}, "op internet"),
        ({"url": "https://hooks.example.com/\r\nX: 1"}, "op internet"),
        ({"url": "https://hooks.example.com/" + "a" * 2000}, 'class="error"'),
    ],
)
def test_what_is_wrong_is_said_beside_it(ada: Browser, wrong: dict[str, Any], said: str) -> None:
    page = ada.post(URL, FORM | wrong)
    assert (page.status_code, said in page.text) == (422, True)
    with ada.app.app_context():
        assert webhook.listed() == []


def test_so_many_and_no_more(ada: Browser) -> None:
    with ada.app.app_context():
        for number in range(MOST):
            webhook.add(str(number), f"{ADDRESS}/{number}", CHOOSABLE, clock.now())
        db.session.commit()
    page = ada.post(URL, FORM)
    assert (page.status_code, "zoveel webhooks" in page.text) == (422, True)


def test_whoever_signed_in_long_ago_shows_who_they_are_first(ada: Browser, page: str) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        answers = [ada.post(URL, FORM), ada.post(f"{page}/secret")]
    assert ["/account/proof" in answer.headers["Location"] for answer in answers] == [True, True]


def test_others_have_no_such_pages(browser: Browser, people: People, ada: Browser, page: str) -> None:
    for person in (people.sanne, people.lead, people.ines):
        theirs = browser.sign_in(person)
        assert [theirs.get(each).status_code for each in (URL, page)] == [404, 404] or [
            theirs.get(each).status_code for each in (URL, page)
        ] == [403, 403]
        assert theirs.post(f"{page}/removal").status_code in {403, 404}
    assert one(ada).label == "Mijn ATS"


def test_it_is_told_other_things(ada: Browser, page: str) -> None:
    assert ada.post(page, {"label": "Anders", "kinds": ["promise.broken"]}).status_code == 303
    assert (one(ada).label, one(ada).hears) == ("Anders", [Kind.PROMISE_BROKEN])
    wrong = ada.post(page, {"label": "", "kinds": []})
    assert (wrong.status_code, one(ada).label) == (422, "Anders")


def test_another_secret_and_the_end_of_the_old_one(ada: Browser, page: str) -> None:
    first = one(ada).secret
    answer = renew(ada, page)
    assert (answer.status_code, len(set(SECRET.findall(answer.text)))) == (201, 1)
    assert (one(ada).old_secret, one(ada).secret != first) == (first, True)
    assert "Het vorige geheim ondertekent mee" in ada.get(page).text
    ada.post(f"{page}/old-secret")
    assert one(ada).old_secret is None
    assert "Het vorige geheim ondertekent mee" not in ada.get(page).text


def test_the_page_with_a_new_secret_sent_once_more_makes_none(ada: Browser, page: str) -> None:
    shown = ada.get(page).text
    renew(ada, page, shown)
    made = one(ada).secret, one(ada).old_secret
    again = renew(ada, page, shown)
    assert (again.status_code, (one(ada).secret, one(ada).old_secret)) == (303, made)
    assert "Wie het niet kopieerde" in ada.get(page).text


def test_sent_twice_it_leads_to_what_came_of_it(ada: Browser, page: str) -> None:
    before = one(ada).secret
    again = ada.post(URL, FORM)
    assert (again.status_code, again.headers["Location"], one(ada).secret) == (303, page, before)
    assert "Wie het geheim niet kopieerde" in ada.get(page).text
    with ada.app.app_context():
        added = select(AuditEntry.id).where(AuditEntry.what == "webhook.added")
        assert len(db.session.scalars(added).all()) == 1


def test_an_address_is_added_once(ada: Browser, page: str) -> None:
    again = ada.post(URL, FORM | {"label": "Nog eens"})
    assert (again.status_code, "“Mijn ATS” heeft dit adres" in again.text) == (422, True)
    ada.post(f"{page}/removal")
    assert ada.post(URL, FORM).status_code == 201


def test_a_test_is_put_on_its_way(ada: Browser, page: str) -> None:
    for _ in range(2):
        ada.post(f"{page}/tests")
    assert states(ada) == ["pending"]
    assert "Testbericht" in ada.get(page).text


def test_off_and_on(ada: Browser, page: str) -> None:
    ada.post(f"{page}/off")
    assert "Iemand heeft hem uitgezet." in ada.get(page).text
    assert one(ada).off_why == "hand"
    number = told(ada, "pending", attempts=8, next_try_at=clock.now() + timedelta(hours=20))
    ada.post(f"{page}/on")
    assert one(ada).off_at is None
    with ada.app.app_context():
        row = db.session.get_one(WebhookDelivery, number)
        assert (row.next_try_at, row.attempts) == (row.happened_at, 0)


def test_the_list_says_how_many_arrived(ada: Browser, page: str) -> None:
    assert "0 berichten aangekomen<" in ada.get(URL).text
    for state in ("sent", "failed", "failed", "pending"):
        told(ada, state)
    assert "1 bericht aangekomen · 2 berichten niet aangekomen<" in ada.get(URL).text


def test_it_stands_in_the_menu_with_the_other_connections(ada: Browser, page: str) -> None:
    assert re.search(r'href="/connections"[^>]*aria-current="page"', ada.get(page).text)


def test_while_it_is_off_nothing_is_said_to_be_tried_again(ada: Browser, page: str) -> None:
    told(ada, "pending", attempts=2, next_try_at=clock.now() + timedelta(hours=2))
    assert ("wordt opnieuw geprobeerd" in ada.get(page).text, "Opnieuw op " in ada.get(page).text) == (True, True)
    ada.post(f"{page}/off")
    assert ("wordt opnieuw geprobeerd" in ada.get(page).text, "Opnieuw op " in ada.get(page).text) == (False, False)


def test_the_log_says_what_became_of_it(ada: Browser, page: str) -> None:
    told(ada, status=503, attempts=10, answer="<b>druk</b>")
    text = ada.get(page).text
    assert ("De andere software had het te druk." in text, "&lt;b&gt;druk" in text, "<b>druk" in text) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"status": 301}, "we volgen geen verwijzingen"),
        ({"status": 410}, "neemt daar niets meer aan"),
        ({"status": 404}, "Controleer het adres en het geheim"),
        ({"status": 500}, "Bij de andere software ging iets mis"),
        ({"failure": "inside"}, "ons eigen netwerk"),
        ({"failure": "silent"}, "Geen antwoord binnen vijftien seconden"),
        ({"failure": "unreadable"}, "Maak een nieuw geheim"),
        ({"state": "pending", "attempts": 1, "failure": "away"}, "wordt opnieuw geprobeerd"),
    ],
)
def test_every_trouble_has_its_words(ada: Browser, page: str, facts: dict[str, Any], said: str) -> None:
    told(ada, **facts)
    assert said.lower() in ada.get(page).text.lower()


def test_one_goes_once_more(ada: Browser, page: str) -> None:
    number = told(ada)
    assert ada.post(f"{page}/messages/{number}/replay").status_code == 303
    assert states(ada) == ["pending"]
    assert ada.post(f"{page}/messages/{number}/replay").status_code == 404


def test_all_that_failed_since_a_day_goes_once_more(ada: Browser, page: str) -> None:
    told(ada, days=5)
    told(ada, days=1)
    since = clock.now() - timedelta(days=2)
    ada.post(f"{page}/replays", {"since": f"{since:%Y-%m-%d}"})
    assert states(ada) == ["failed", "pending"]
    assert ada.post(f"{page}/replays", {"since": "gisteren"}).status_code == 422


def test_what_was_taken_back_goes_no_more(ada: Browser, page: str) -> None:
    ada.post(page, {"label": "ATS", "kinds": ["action.logged"]})
    with ada.app.app_context():
        for kind in (Kind.ACTION_LOGGED, Kind.ACTION_TAKEN_BACK):
            webhook_event.tell(kind, 3, {}, clock.now())
        number, *_ = rows = db.session.scalars(select(WebhookDelivery.id).order_by(WebhookDelivery.id)).all()
        db.session.execute(update(WebhookDelivery).values(state="sent"))
        db.session.commit()
    assert ada.post(f"{page}/messages/{number}/replay").status_code == 303
    assert (states(ada), len(rows)) == (["sent", "sent"], 2)
    assert "Dat is ongedaan gemaakt" in ada.get(page).text


def test_it_is_removed_for_good(ada: Browser, page: str) -> None:
    told(ada)
    assert ada.post(f"{page}/removal").status_code == 303
    answers = [ada.get(page), ada.post(f"{page}/on"), ada.post(page, {"label": "ATS", "kinds": ["fan.became"]})]
    assert [each.status_code for each in answers] == [404, 404, 404]
    row = one(ada)
    assert (row.label, row.secret_url, row.kinds, row.secret) == ("", "", "", b"")
    assert "Nog geen webhooks" in ada.get(URL).text


def test_the_log_of_the_agency_has_it_and_no_address(ada: Browser, page: str) -> None:
    shown = ada.get(page).text
    for _ in range(2):
        renew(ada, page, shown)
    ada.post(f"{page}/removal")
    with ada.app.app_context():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [each.what for each in entries] == ["webhook.added", "webhook.secret_made", "webhook.removed"]
        assert "example.com" not in str([each.facts for each in entries])
