"""The program's settings: for administrators, each part on a page of its own, nothing typed is ever lost."""

import io
import re
from collections.abc import Mapping

import pytest

from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person, Role
from app.domain.program import colour
from app.domain.program.block import Scope, history, newest
from app.domain.program.program import consent_of, works_council_ok
from tests.blueprints.program.conftest import present
from tests.make import PNG
from tests.people import Browser, People

PAGES = ("", "/sponsor", "/block", "/points", "/works-council", "/agency")
LOOK = {"name": "Warm", "slogan": "Altijd", "why": "Omdat\r\nhet werkt", "hue": "260"}
AGENCY = {
    "name": "Noord",
    "language": "en",
    "address_form": "u",
    "visibility": "agency",
    "ats_url_template": "https://ats.noord.nl/{external_id}",
}
BLOCK = {"weekday": "1", "starts": "10:00", "minutes": "90", "timezone": "Europe/Amsterdam"}


def send(admin: Browser, page: str, data: Mapping[str, object]) -> int:
    return admin.post(f"/program{page}", data, at=f"/program{page}").status_code


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_sees_each_page(admin: Browser, page: str) -> None:
    assert admin.get(f"/program{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["sanne", "tess", "lead", "ines"])
def test_to_others_they_do_not_exist(browser: Browser, people: People, page: str, who: str) -> None:
    assert browser.sign_in(getattr(people, who)).get(f"/program{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_signs_in_first(browser: Browser, people: People, page: str) -> None:
    assert browser.get(f"/program{page}").status_code == 303


def test_name_and_look_are_saved_and_seen_on_every_page(admin: Browser) -> None:
    assert send(admin, "", {**LOOK, "logo": (io.BytesIO(PNG), "logo.png")}) == 303
    page = admin.get("/program/about").text
    assert "<h1>Warm</h1>" in page
    assert "/brand/260.css" in page
    assert "/pictures/" in page
    with admin.app.app_context():
        assert present().why == "Omdat\nhet werkt"


def test_the_logo_is_removed_again(admin: Browser) -> None:
    send(admin, "", {**LOOK, "logo": (io.BytesIO(PNG), "logo.png")})
    send(admin, "", {**LOOK, "remove_logo": "y"})
    with admin.app.app_context():
        assert present().logo_id is None


def test_the_house_colour_is_no_hue(admin: Browser) -> None:
    assert send(admin, "", {**LOOK, "hue": ""}) == 303
    with admin.app.app_context():
        assert present().hue is None


def test_a_hue_from_elsewhere_can_stay(admin: Browser) -> None:
    with admin.app.app_context():
        present().hue = 77
        db.session.commit()
    assert "Kleurtoon 77" in admin.get("/program").text
    assert send(admin, "", {**LOOK, "hue": "77"}) == 303


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 61}, {"hue": "77"}, {"hue": "rood"}, {"slogan": "x" * 121}]
)
def test_a_wrong_look_is_refused_and_kept(admin: Browser, wrong: dict[str, str]) -> None:
    answer = admin.post("/program", LOOK | wrong, at="/program")
    assert answer.status_code == 422
    assert "het werkt</textarea>" in answer.text


def test_a_colour_on_which_nothing_can_be_read_is_refused(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_hue: int) -> str:
        raise colour.Unreadable

    monkeypatch.setattr(colour, "stylesheet", unreadable)
    assert "niet te lezen" in admin.post("/program", LOOK | {"hue": "260"}, at="/account").text


def test_a_drawing_is_no_logo(admin: Browser) -> None:
    assert send(admin, "", {**LOOK, "logo": (io.BytesIO(b"<svg/>"), "logo.svg")}) == 422


@pytest.mark.parametrize("page", ["", "/sponsor"])
def test_text_where_a_picture_is_asked_for_is_no_picture(admin: Browser, page: str) -> None:
    assert send(admin, page, {**LOOK, "sponsor": 0, "logo": "x", "photo": "x"}) == 303


def test_a_file_where_a_name_is_asked_for_is_no_name(admin: Browser) -> None:
    assert send(admin, "", {**LOOK, "name": (io.BytesIO(PNG), "name.png")}) == 303
    with admin.app.app_context():
        assert present().name == "Vaste Band"


def test_the_sponsor_is_changed(admin: Browser, people: People) -> None:
    assert send(admin, "/sponsor", {"sponsor": str(people.lead.id), "message": "Samen"}) == 303
    with admin.app.app_context():
        assert (present().sponsor_id, present().sponsor_message) == (people.lead.id, "Samen")
        lead = db.session.get(Person, people.lead.id)
        assert lead
        assert lead.role == Role.SPONSOR


def test_a_sponsor_without_a_name_is_refused(admin: Browser) -> None:
    assert send(admin, "/sponsor", {"sponsor": "-1", "sponsor_email": "nieuw@noord.nl", "message": ""}) == 422


def test_an_address_that_was_taken_meanwhile_is_said(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.program_forms.by_email", lambda _address: None)
    sent = {"sponsor": "-1", "sponsor_name": "Sanne", "sponsor_email": "sanne@voorbeeld.nl", "message": "Samen"}
    answer = admin.post("/program/sponsor", sent, at="/program/sponsor")
    assert answer.status_code == 422
    assert "is er al" in answer.text
    assert "Samen</textarea>" in answer.text


def test_the_block_is_moved(admin: Browser) -> None:
    assert send(admin, "/block", BLOCK) == 303
    assert "elke dinsdag van 10:00 tot 11:30" in admin.get("/program/block").text
    with admin.app.app_context():
        kept = newest(Scope(present().id))
        assert kept
        assert kept.minutes == 90


def test_the_reminder_also_comes_when_nobody_waits_where_that_is_chosen(admin: Browser) -> None:
    assert send(admin, "/block", BLOCK | {"remind_when_empty": "y"}) == 303
    box = re.compile(r'<input[^>]*name="remind_when_empty"[^>]*>')
    assert "checked" in box.findall(admin.get("/program/block").text)[0]
    assert send(admin, "/block", BLOCK) == 303
    assert "checked" not in box.findall(admin.get("/program/block").text)[0]


def test_a_block_that_stays_is_not_written_again(admin: Browser) -> None:
    assert [send(admin, "/block", BLOCK) for _time in range(2)] == [303, 303]
    with admin.app.app_context():
        assert len(history([Scope(present().id)])) == 2


def test_a_block_that_cannot_be_is_refused(admin: Browser) -> None:
    assert send(admin, "/block", BLOCK | {"minutes": "0"}) == 422


def test_the_agency_is_arranged(admin: Browser) -> None:
    assert send(admin, "/agency", AGENCY) == 303
    with admin.app.app_context():
        agency = the_agency()
        assert agency
        assert (agency.name, agency.visibility) == ("Noord", "agency")
        assert agency.ats_url("7") == "https://ats.noord.nl/7"


def test_without_an_address_in_the_own_system(admin: Browser) -> None:
    assert send(admin, "/agency", AGENCY | {"ats_url_template": ""}) == 303


@pytest.mark.parametrize(
    "wrong", [{"ats_url_template": "http://ats.noord.nl/{external_id}"}, {"name": ""}, {"visibility": "all"}]
)
def test_a_wrong_agency_is_refused(admin: Browser, wrong: dict[str, str]) -> None:
    assert send(admin, "/agency", AGENCY | wrong) == 422


def test_only_these_fields_are_taken(admin: Browser) -> None:
    send(admin, "/agency", AGENCY | {"setup_step": "1", "id": "9"})
    with admin.app.app_context():
        agency = the_agency()
        assert agency
        assert agency.setup_step == 7


def test_the_consent_is_withdrawn_and_recorded_again(admin: Browser) -> None:
    assert send(admin, "/works-council", {"council": "not_yet"}) == 303
    with admin.app.app_context():
        assert not works_council_ok(present().id)
    assert send(admin, "/works-council", {"council": "none", "council_reason": "18 mensen"}) == 303
    assert 'value="18 mensen"' in admin.get("/program/works-council").text
    with admin.app.app_context():
        consent = consent_of(present().id)
        assert consent
        assert not consent.exists


def test_none_without_a_reason_is_refused(admin: Browser) -> None:
    assert send(admin, "/works-council", {"council": "none"}) == 422
    assert send(admin, "/works-council", {"council": "not_yet"}) == 303
    assert "checked" in admin.get("/program/works-council").text


def test_in_english_too(admin: Browser, people: People) -> None:
    with admin.app.app_context():
        ada = db.session.get(Person, people.ada.id)
        assert ada
        ada.language = "en"
        db.session.commit()
    assert "every Friday from 14:30 to 15:15" in admin.get("/program/block").text
