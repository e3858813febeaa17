"""The rhythm that was agreed with one candidate: kept, told on their page, and as usual again when it is emptied."""

import pytest

from app.db import db
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState
from app.domain.program import cadence
from app.domain.program.program import the_program
from tests import make
from tests.people import Browser, People


def send(sanne: Browser, aisha: int, days: str) -> int:
    url = f"/candidates/{aisha}/rhythm"
    return sanne.post(url, {"days": days}, at=url).status_code


def agreed(sanne: Browser, aisha: int) -> int | None:
    with sanne.app.app_context():
        return db.session.get_one(ContactState, aisha).cadence_days


def test_what_is_agreed_is_told_on_the_page(sanne: Browser, aisha: int) -> None:
    assert send(sanne, aisha, "21") == 303
    assert agreed(sanne, aisha) == 21
    assert "Elke 21 dagen contact, zoals afgesproken." in sanne.client.get(f"/candidates/{aisha}").text


def test_empty_is_as_usual_again(sanne: Browser, aisha: int) -> None:
    send(sanne, aisha, "21")
    assert (send(sanne, aisha, ""), agreed(sanne, aisha)) == (303, None)
    assert "Contact in het gebruikelijke ritme." in sanne.client.get(f"/candidates/{aisha}").text


@pytest.mark.parametrize("days", ["0", "366", "vaak"])
def test_what_is_no_rhythm_is_refused(sanne: Browser, aisha: int, days: str) -> None:
    assert (send(sanne, aisha, days), agreed(sanne, aisha)) == (422, None)


def test_the_form_tells_what_is_usual_and_what_they_asked(sanne: Browser, aisha: int, people: People) -> None:
    with sanne.app.app_context():
        program = the_program()
        assert program
        cadence.set_rule(program.id, "engage", 10, people.ada.id, make.START)
        contact_flags.rested(aisha, 5)
        contact_flags.agreed(aisha, 12)
        db.session.commit()
    text = sanne.get(f"/candidates/{aisha}/rhythm").text
    assert 'value="12"' in text
    assert "elke 10 dagen" in text
    assert "minstens 5 dagen rust" in text


def test_what_their_application_waits_for_is_usual_in_working_days(sanne: Browser, aisha: int) -> None:
    with sanne.app.app_context():
        contact_flags.applied(aisha, "completed", None)
        db.session.commit()
    assert "elke 3 werkdagen" in sanne.get(f"/candidates/{aisha}/rhythm").text


def test_somebody_elses_candidate_is_not_there(otto: Browser, aisha: int) -> None:
    assert otto.get(f"/candidates/{aisha}/rhythm").status_code == 404
