"""Rhythm and working hours: as usual until an administrator says otherwise, and as usual again when they say so."""

import pytest

from app.domain.agency.agency import keep_hours, the_agency
from app.domain.program import cadence
from tests.blueprints.program.conftest import present
from tests.make import START
from tests.people import Browser, People

USUAL = {
    "days-attract": 7,
    "days-engage": 14,
    "days-nurture": 30,
    "days-convert": 42,
    "days-redeploy": 14,
    "days-started": 1,
    "days-completed": 3,
    "days-in_procedure": 3,
    "days-interviewed": 3,
    "days-rejected": 30,
    "opens": "09:00",
    "closes": "20:00",
}
URL = "/program/rhythm"


def send(admin: Browser, **changed: object) -> tuple[int, str]:
    answer = admin.post(URL, USUAL | changed, at=URL)
    return answer.status_code, answer.text


def rules(admin: Browser) -> dict[str, int]:
    with admin.app.app_context():
        return dict(cadence.rules_of(present()))


def test_only_what_is_unusual_is_kept(admin: Browser) -> None:
    assert send(admin, **{"days-engage": 21, "days-started": 2})[0] == 303
    assert rules(admin) == {"engage": 21, "started": 2}
    assert "gewoonlijk 14" in admin.get(URL).text


def test_the_usual_number_takes_the_rule_away(admin: Browser) -> None:
    send(admin, **{"days-engage": 21})
    send(admin)
    assert rules(admin) == {}


def test_the_usual_numbers_are_shown_and_not_yet_saved(admin: Browser) -> None:
    send(admin, **{"days-engage": 21})
    assert 'value="21"' not in admin.get(f"{URL}?usual=1").text
    assert rules(admin) == {"engage": 21}


def test_hours_and_whatsapp_are_kept(admin: Browser) -> None:
    send(admin, opens="08:30", closes="18:00", whatsapp_business="y")
    with admin.app.app_context():
        agency = the_agency()
        assert agency
        assert (agency.opens, agency.closes, agency.whatsapp_business) == (510, 1080, True)


@pytest.mark.parametrize("wrong", [{"days-engage": "0"}, {"days-engage": "366"}, {"closes": "09:00"}])
def test_what_cannot_be_is_refused_and_stays_typed(admin: Browser, wrong: dict[str, str]) -> None:
    status, text = send(admin, **{"days-nurture": 33}, **wrong)
    assert (status, rules(admin)) == (422, {})
    assert 'value="33"' in text


def test_an_agency_closes_after_it_opens(admin: Browser) -> None:
    with admin.app.app_context(), pytest.raises(ValueError, match="closes after"):
        keep_hours(the_agency(), 600, 600, whatsapp_business=False)  # type: ignore[arg-type] # it is there


def test_a_cadence_is_at_most_a_year(people: People, browser: Browser) -> None:
    with browser.app.app_context(), pytest.raises(ValueError, match="366 days"):
        cadence.set_rule(present().id, "engage", 366, people.ada.id, START)
