"""/connections/bullhorn: an administrator sees how it goes, says what notes are, and has things tried again."""

import re

import pytest

from app import clock
from app.db import db
from app.domain.actions.bullhorn import account, batch, gap, meaning, record
from app.domain.actions.bullhorn.reason import TO_DECIDE, Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.outcome import Outcome
from app.words import bullhorn as words
from tests import make
from tests.fakes.bullhorn import USER, settings
from tests.people import Browser, make_people

URL = "/connections/bullhorn"


@pytest.fixture
def admin(browser: Browser) -> Browser:
    with browser.app.app_context():
        ada = make_people().ada
        meaning.install_preset()
        db.session.commit()
    return browser.sign_in(ada)


def left(number: int, reason: Reason, name: str = "", who: str = "", candidate_id: int | None = None) -> None:
    row = record.hold(Entity.NOTE, number, clock.now())
    record.left_out(row, reason, name=name, who=who)
    row.candidate_id = candidate_id


def test_without_settings_it_says_which_turn_it_on(admin: Browser) -> None:
    page = admin.get(URL).text
    assert "FANFARE_BULLHORN_CLIENT_ID" in page
    assert "FANFARE_CARERIX_TOKEN_URL" in page


def test_it_says_how_it_goes(admin: Browser) -> None:
    ours = admin.app.config["SETTINGS"]
    admin.app.config["SETTINGS"] = ours.model_copy(update=settings("http://127.0.0.1:9"))
    try:
        with admin.app.app_context():
            row = account.of(USER)
            batch.keep(row, 41, [{}], clock.now())
            account.failed(row, "busy", clock.now())
            account.subscribed(row, 0, clock.parse("2026-03-03T10:00:00"))
            gap.begin(row, clock.now())
            gap.end(clock.parse("2026-03-03T11:00:00"))
            account.heard(row, clock.parse("2026-03-03T12:00:00"))
            gap.begin(row, clock.now())
            db.session.commit()
        page = admin.get(URL).text
        assert "Luistert sinds" in page
        assert re.search(r"tussen [^<]* 11:00 en [^<]* 12:00", page)
        assert re.search(r"Sinds [^<]* 13:00 bewaart Bullhorn niets voor ons", page)
        assert "nummer 41" in page
        assert "Het is er nu te druk" in page
    finally:
        admin.app.config["SETTINGS"] = ours


def test_a_name_is_mapped_and_what_waits_for_it_asked_again(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.UNMAPPED, "Kopje koffie")
        left(2, Reason.UNMAPPED, "kopje Koffie")
        left(3, Reason.UNMAPPED, "Lunch")
        db.session.commit()
    assert "Kopje koffie" in admin.get(URL).text
    assert admin.post(f"{URL}/notes", data={"name": "Kopje koffie", "meaning": "spoke"}).status_code == 303
    assert "2 notities" in admin.get(URL).text
    with admin.app.app_context():
        assert {number for _, number in record.asked_again(clock.now())} == {1, 2}
        found = meaning.one("KOPJE KOFFIE")
        assert (found.outcome, found.kind, found.own) == (Outcome.SPOKE, None, True) if found else False


@pytest.mark.parametrize(
    ("chosen", "meant"),
    [("kind:note", None), ("-", (None, None)), ("kind:conversation", (Outcome.DONE, "conversation"))],
)
def test_it_can_be_a_kind_or_nothing(admin: Browser, chosen: str, meant: tuple[str | None, str | None] | None) -> None:
    answer = admin.post(f"{URL}/notes", data={"name": "Outbound Call", "meaning": chosen})
    with admin.app.app_context():
        found = meaning.one("Outbound Call")
        assert found
        if answer.status_code == 422:
            assert (meant, found.own) == (None, False)
        else:
            assert (found.outcome, found.kind) == meant


@pytest.mark.parametrize(
    "data", [{}, {"name": "x"}, {"name": "x" * 61, "meaning": "-"}, {"name": "x", "meaning": "later"}]
)
def test_what_cannot_be_is_refused(admin: Browser, data: dict[str, str]) -> None:
    answer = admin.post(f"{URL}/notes", data=data)
    assert answer.status_code == 422
    assert "Kies wat de notitie is" in answer.text


def test_what_could_not_be_placed_stands_there_with_why(admin: Browser) -> None:
    with admin.app.app_context():
        them = make.candidate("Aisha El Amrani")
        left(1, Reason.UNKNOWN_RECRUITER, "Email", "weg@elders.nl")
        left(2, Reason.UNKNOWN_RECRUITER)
        left(3, Reason.GONE_THERE, candidate_id=them.id)
        left(4, Reason.DELETED)
        db.session.commit()
    page = admin.get(URL).text
    assert "weg@elders.nl" in page
    assert "Bullhorn zegt niet wie het schreef" in page
    assert f"/candidates/{them.id}" in page
    assert "Notitie 4" not in page
    assert admin.post(f"{URL}/again").status_code == 303
    assert "2 records" in admin.get(URL).text


def test_every_reason_has_words_of_its_own(admin: Browser) -> None:
    with admin.app.test_request_context():
        said = {
            words.reason_sentence(BullhornRecord(entity=Entity.NOTE, number=1, heard_at=clock.now(), reason=each))
            for each in TO_DECIDE
        }
    assert len(said) == len(TO_DECIDE)


def test_nothing_hostile_that_bullhorn_tells_is_more_than_text(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.UNMAPPED, "<script>alert(1)</script>")
        left(2, Reason.UNKNOWN_RECRUITER, '"><img src=x>', "<b>@x.nl")
        db.session.commit()
    page = admin.get(URL).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>@x" not in page
