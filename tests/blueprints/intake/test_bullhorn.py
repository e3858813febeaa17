"""/connections/bullhorn: an administrator sees how it goes, says what notes are, and has things tried again."""

import re

import pytest

from app import clock
from app.db import db
from app.domain.actions.bullhorn import account, batch, gap, meaning, record, unplaced
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
        db.session.commit()
    return browser.sign_in(ada)


def left(
    number: int,
    reason: Reason,
    name: str = "",
    who: str = "",
    *,
    candidate_id: int | None = None,
    entity: Entity = Entity.NOTE,
) -> None:
    row = record.hold(entity, number, clock.now())
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


def name(called: str, means: str, entity: Entity = Entity.NOTE) -> dict[str, str]:
    return {"entity": str(entity), "name": called, "meaning": means}


def test_a_name_is_mapped_and_what_waits_for_it_asked_again(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.UNMAPPED, "Één-op-één")
        left(2, Reason.UNMAPPED, "één-OP-één")
        left(3, Reason.UNMAPPED, "Lunch")
        left(4, Reason.UNKNOWN_KIND, "Één-op-Één")
        left(5, Reason.UNMAPPED, "Één-op-één", entity=Entity.SUBMISSION)
        db.session.commit()
    assert "2 notities wachten" in admin.get(URL).text
    assert admin.post(f"{URL}/names", data=name("Één-op-één", "spoke")).status_code == 303
    page = admin.get(URL).text
    assert "3 records wachten tot Bullhorn is verbonden" in page
    assert "2 notities wachten" not in page
    assert "1 voordracht wacht" in page
    with admin.app.app_context():
        assert {number for _, number in record.asked_again(clock.now())} == {1, 2, 4}
        assert meaning.one(Entity.NOTE, "ÉÉN-OP-ÉÉN") == (Outcome.SPOKE,)
        assert meaning.one(Entity.SUBMISSION, "Één-op-één") is None


@pytest.mark.parametrize(
    ("entity", "chosen", "means"),
    [
        (Entity.NOTE, "kind:note", "refused"),
        (Entity.NOTE, "-", None),
        (Entity.NOTE, "kind:conversation", "kind:conversation"),
        (Entity.NOTE, "interviewed", "refused"),
        (Entity.SUBMISSION, "interviewed", "interviewed"),
        (Entity.SUBMISSION, "placed", "refused"),
        (Entity.SUBMISSION, "off", "refused"),
        (Entity.PLACEMENT, "off", "off"),
        (Entity.PLACEMENT, "spoke", "refused"),
        (Entity.CANDIDATE, "-", "refused"),
    ],
)
def test_a_name_can_be_what_fits_its_sort(admin: Browser, entity: Entity, chosen: str, means: str | None) -> None:
    answer = admin.post(f"{URL}/names", data=name("Outbound Call", chosen, entity))
    assert answer.status_code == (422 if means == "refused" else 303)
    with admin.app.app_context():
        found = [(row.entity, row.means) for row in meaning.own()]
    assert found == ([] if means == "refused" else [(entity, means)])


@pytest.mark.parametrize("data", [{}, name("", "-"), name("x" * 61, "-"), name("x", "later"), name("x", "")])
def test_what_cannot_be_is_refused(admin: Browser, data: dict[str, str]) -> None:
    answer = admin.post(f"{URL}/names", data=data)
    assert answer.status_code == 422
    assert "Kies wat de naam is" in answer.text


def test_a_kind_that_is_not_logged_any_more_is_not_taken_for_the_first_choice(admin: Browser) -> None:
    with admin.app.app_context():
        meaning.map_to(Entity.NOTE, "Lunch", "kind:gone", clock.now())
        db.session.commit()
    page = admin.get(URL).text
    assert "Wordt niet meer gelogd: kies opnieuw" in page
    assert admin.post(f"{URL}/names", data=name("Lunch", "")).status_code == 422


def test_what_is_preset_gives_way_to_what_the_agency_says(admin: Browser) -> None:
    assert "<code>Phone Call</code>" in admin.get(URL).text
    admin.post(f"{URL}/names", data=name("phone call", "no_answer"))
    page = admin.get(URL).text
    assert "<code>Phone Call</code>" not in page
    assert "<strong>phone call</strong>" in page


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


def entry(admin: Browser) -> int:
    with admin.app.app_context():
        return unplaced.listed(clock.now()).rows[0].id


def test_what_was_seen_is_put_away_one_by_one(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.CALLED_OFF, "Cancelled", entity=Entity.PLACEMENT)
        left(2, Reason.TOLD_HERE, "Interviewed", entity=Entity.SUBMISSION)
        db.session.commit()
    assert admin.post(f"{URL}/records/{entry(admin)}/removal").headers["Location"] == f"{URL}#bullhorn-left"
    page = admin.get(URL).text
    assert "Voordracht 2 is afgevinkt" in page
    assert ("<strong>Voordracht 2" in page, "<strong>Plaatsing 1" in page) == (False, True)
    assert admin.post(f"{URL}/records/{entry(admin)}/removal").status_code == 303
    assert "Kon niet worden geplaatst" not in admin.get(URL).text
    assert admin.post(f"{URL}/records/0/removal").status_code == 404


def test_what_is_on_a_further_page_is_put_away_there(admin: Browser) -> None:
    with admin.app.app_context():
        for number in range(unplaced.SHOWN + 2):
            left(number + 1, Reason.UNKNOWN_RECRUITER, who=f"{number}@elders.nl")
        db.session.commit()
    first, second = (admin.get(f"{URL}?page={number}").text for number in (1, 2))
    assert (f"<strong>Notitie {unplaced.SHOWN + 2}<" in first, "<strong>Notitie 1<" in first) == (True, False)
    assert ("<strong>Notitie 2<" in second, "Pagina 2 van 2" in second) == (True, True)
    action = re.findall(r'action="([^"]*removal[?]page=2)"', second)[0]
    assert admin.post(action).headers["Location"] == f"{URL}?page=2#bullhorn-left"


def test_passing_over_what_was_passed_over_asks_for_nothing_and_anything_else_does(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.PASSED, "Lunch")
        db.session.commit()
    asked = []
    for means in ("-", "spoke"):
        admin.post(f"{URL}/names", data=name("Lunch", means))
        with admin.app.app_context():
            asked.append(record.asked_again(clock.now()))
    assert asked == [[], [(Entity.NOTE, 1)]]


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
