"""/connections/bullhorn: what could not be placed for the same reason stands there once, and is put away together."""

import re

from app import clock
from app.db import db
from app.domain.actions.bullhorn import unplaced
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from tests import make
from tests.blueprints.intake.test_bullhorn import URL, admin, left
from tests.people import Browser

__all__ = ["admin"]
FLOOD = 40
WHO = "weg@elders.nl"


def flood(admin: Browser) -> str:
    """A colleague who is not here wrote many notes; answers the address of the page that shows them."""
    with admin.app.app_context():
        for number in range(1, FLOOD + 1):
            left(number, Reason.UNKNOWN_RECRUITER, "Email", WHO)
        left(99, Reason.GONE_THERE, entity=Entity.CANDIDATE)
        db.session.commit()
    return addresses(admin)[0]


def addresses(admin: Browser) -> list[str]:
    return re.findall(r'href="(/connections/bullhorn/records/\d+/alike)"', admin.get(URL).text)


def left_over(admin: Browser) -> int:
    with admin.app.app_context():
        return unplaced.how_many(clock.now())


def test_a_flood_is_one_line_with_its_count(admin: Browser) -> None:
    flood(admin)
    page = admin.get(URL).text
    assert (page.count(WHO) > 0, f"<strong>{FLOOD} records</strong>" in page) == (True, True)
    assert ("<strong>Notitie" in page, "<strong>Kandidaat 99</strong>" in page) == (False, True)
    assert re.search(rf"Kon niet worden geplaatst</h2>.*?{FLOOD + 1}<", page, re.DOTALL)


def test_its_page_shows_each_of_them_and_puts_one_away(admin: Browser) -> None:
    address = flood(admin)
    first, second = admin.get(address).text, admin.get(f"{address}?page=2").text
    assert ("<strong>Notitie 40<" in first, "<strong>Notitie 1<" in first, "Kandidaat 99" in first) == (
        True,
        False,
        False,
    )
    assert ("<strong>Notitie 1<" in second, "Pagina 2 van 2" in second, WHO in second) == (True, True, True)
    action = re.findall(r'action="([^"]*/removal[?][^"]*)"', second)[0].replace("&amp;", "&")
    assert admin.post(action).headers["Location"] == f"{address}?page=2"
    assert left_over(admin) == FLOOD


def test_all_of_one_reason_are_put_away_after_it_was_said_what_that_does(admin: Browser) -> None:
    address = flood(admin)
    for page in (admin.get(URL).text, admin.get(address).text):
        before, _, asked = page.partition("<summary>Allemaal afvinken")
        assert f'action="{address}/removal"' not in before
        assert f'action="{address}/removal"' in asked.partition("</details>")[0]
        assert f"{FLOOD} records afvinken" in asked
    answer = admin.post(f"{address}/removal", data={"reason": str(Reason.UNKNOWN_RECRUITER)})
    assert answer.headers["Location"] == f"{URL}#bullhorn-left"
    assert f"{FLOOD} records zijn afgevinkt" in admin.get(URL).text
    assert left_over(admin) == 1
    assert "Om deze reden is er niets meer" in admin.get(address).text


def test_what_is_there_for_another_reason_by_now_is_not_put_away(admin: Browser) -> None:
    address = flood(admin)
    for data in ({}, {"reason": str(Reason.GONE_THERE)}, {"reason": "nonsense"}):
        assert admin.post(f"{address}/removal", data=data).status_code == 404
    assert left_over(admin) == FLOOD + 1


def test_records_that_are_not_there_or_have_no_reason_have_no_page(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.DELETED)
        db.session.flush()
        row_id = db.session.query(BullhornRecord.id).scalar()
        db.session.commit()
    assert [admin.get(f"{URL}/records/{each}/alike").status_code for each in (0, row_id, row_id + 1)] == [404] * 3


def test_a_name_that_many_share_is_said_and_a_candidate_is_led_to(admin: Browser) -> None:
    with admin.app.app_context():
        them = make.candidate("Aisha El Amrani")
        for number in (1, 2):
            left(number, Reason.UNKNOWN_KIND, "Kopje <koffie>", candidate_id=them.id)
        db.session.commit()
    page = admin.get(URL).text
    (address,) = addresses(admin)
    assert ("Kopje &lt;koffie&gt;" in page, "<koffie>" in page) == (True, False)
    assert f"/candidates/{them.id}" in admin.get(address).text


def test_an_odd_way_back_leads_to_the_list(admin: Browser) -> None:
    with admin.app.app_context():
        left(1, Reason.GONE_THERE)
        db.session.flush()
        row_id = db.session.query(BullhornRecord.id).scalar()
        db.session.commit()
    for odd in ("-1", "x", "9" * 30):
        answer = admin.post(f"{URL}/records/{row_id}/removal?alike={odd}")
        assert answer.headers["Location"] == f"{URL}#bullhorn-left"
