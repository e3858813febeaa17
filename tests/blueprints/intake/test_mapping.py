"""/connections/events: an administrator says what events mean, makes kinds, and sees the past follow."""

import pytest

from app import clock
from app.db import db
from app.domain.actions import response
from app.domain.agency.person import Person
from app.domain.journey import event_name, touchpoint_kind
from app.domain.journey.event_name import EventName
from app.domain.journey.touchpoint import Hit
from jobs import mapping
from tests import make
from tests.people import Browser, make_people

URL = "/connections/events"


@pytest.fixture
def admin(browser: Browser) -> Browser:
    with browser.app.app_context():
        person: Person = make_people().ada
        event_name.install_preset()
        db.session.commit()
    return browser.sign_in(person)


@pytest.fixture
def brochure(admin: Browser) -> Browser:
    """Somebody downloaded a brochure, and nobody knows what that is."""
    with admin.app.app_context():
        hit = Hit(make.candidate().id, "Brochure Downloaded", clock.now(), "source:1", "b")
        response.take_in(hit, clock.now())
        db.session.commit()
    return admin


def meant(admin: Browser, name: str = "brochure downloaded") -> EventName | None:
    with admin.app.app_context():
        return event_name.one(name)


def test_the_names_that_come_with_it_are_listed(admin: Browser) -> None:
    page = admin.get(URL).text
    assert "email link clicked" in page
    assert "Alles wat binnenkwam is bekend" in page


def test_unknown_kinds_are_listed_with_their_number(brochure: Browser) -> None:
    page = brochure.get(URL).text
    assert "Brochure Downloaded" in page
    assert "1 keer" in page


def test_mapping_it_takes_the_past_along(brochure: Browser) -> None:
    sent = {"event": "Brochure Downloaded", "kind": "form"}
    assert brochure.post(URL, sent, at=URL).status_code == 303
    page = brochure.get(URL).text
    assert "<progress" in page
    assert 'hx-trigger="every 5s"' in page
    with brochure.app.app_context():
        assert mapping.follow("", clock.now()) == 1
        assert mapping.follow("", clock.now()) == 0
    assert "<progress" not in brochure.get(URL, part=True).text


def test_passing_over_is_a_choice(brochure: Browser) -> None:
    brochure.post(URL, {"event": "Brochure Downloaded", "kind": "-"}, at=URL)
    row = meant(brochure)
    assert row
    assert (row.kind, row.relabel_until) == (None, None)
    assert "overgeslagen" in brochure.get(URL).text


@pytest.mark.parametrize("sent", [{"event": "Chat", "kind": "nonsense"}, {"event": "", "kind": "form"}, {}])
def test_nonsense_is_refused(admin: Browser, sent: dict[str, str]) -> None:
    answer = admin.post(URL, sent, at="/connections")
    assert (answer.status_code, meant(admin, "Chat")) == (422, None)
    assert "Kies een van de signalen" in answer.text


def test_a_kind_of_one_s_own(brochure: Browser) -> None:
    assert "Brochure Downloaded" in brochure.get(f"{URL}/kinds?event=Brochure+Downloaded").text
    sent = {"event": "Brochure Downloaded", "label_nl": "Brochure gedownload", "label_en": "Brochure", "role": "visit"}
    assert brochure.post(f"{URL}/kinds", {**sent, "label_nl": ""}, at=URL).status_code == 422
    assert brochure.post(f"{URL}/kinds", sent, at=URL).status_code == 303
    with brochure.app.app_context():
        row = touchpoint_kind.named(["brochure"])["brochure"]
        assert (row.label_nl, row.role, row.known) == ("Brochure gedownload", "visit", True)
    assert "Brochure gedownload" in brochure.get(URL).text
