"""Everything that we know of a candidate, changed by hand."""

from datetime import date

import pytest

from app.db import db
from app.domain.candidates import label
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.label import LabelKind, Told
from tests import make
from tests.people import Browser

TYPED = {
    "name": "Aïsha el Idrissi",
    "given_name": "Aïsha",
    "prefix": "el",
    "family_name": "Idrissi",
    "role_sought": "Kok",
    "aspiration": "Chef worden",
    "region": "Zwolle",
    "travel_km": "30",
    "available_from": "2026-12-01",
    "hours_week": "32",
    "skills": "koken; bakken",
    "certificates": "HACCP tot 31-12-2027; BHV",
    "tags": "beurs",
    "stage": "nurture",
    "stage_reason": "wacht op diploma",
    "owner": "",
    "language": "nl",
}


def path(candidate_id: int) -> str:
    return f"/candidates/{candidate_id}/edit"


def send(browser: Browser, candidate_id: int, **typed: str) -> tuple[int, str]:
    answer = browser.post(path(candidate_id), TYPED | typed, at=path(candidate_id))
    return answer.status_code, answer.text


def test_everything_is_kept(sanne: Browser, aisha: int) -> None:
    assert send(sanne, aisha)[0] == 303
    with sanne.app.app_context():
        row = db.session.get_one(Candidate, aisha)
        assert (row.prefix, row.family_name, row.sort_name) == ("el", "Idrissi", "idrissi, aïsha el")
        assert (row.travel_km, row.available_from, row.hours_week) == (30, date(2026, 12, 1), 32)
        assert (row.aspiration, row.language, row.owner_id) == ("Chef worden", "nl", None)


def test_labels_are_kept(sanne: Browser, aisha: int) -> None:
    send(sanne, aisha)
    with sanne.app.app_context():
        assert label.of([aisha])[aisha] == [
            Told(LabelKind.CERTIFICATE, "BHV"),
            Told(LabelKind.CERTIFICATE, "HACCP", date(2027, 12, 31)),
            Told(LabelKind.SKILL, "bakken"),
            Told(LabelKind.SKILL, "koken"),
            Told(LabelKind.TAG, "beurs"),
        ]


def test_the_move_is_kept(sanne: Browser, aisha: int) -> None:
    send(sanne, aisha)
    with sanne.app.app_context():
        (move,) = make.moves_of(aisha)
        assert (move.from_stage, move.to_stage, move.reason) == ("engage", "nurture", "wacht op diploma")


def test_saved_again_says_the_same(sanne: Browser, aisha: int) -> None:
    send(sanne, aisha)
    text = sanne.get(path(aisha)).text
    for value in ("BHV; HACCP tot 31-12-2027", "bakken; koken", "2026-12-01", "Chef worden", 'value="32"'):
        assert value in text
    assert "wacht op diploma" not in text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"certificates": '"VCA" tot morgen'}, "Schrijf de laatste dag als 31-12-2027."),
        ({"tags": "x" * 61}, "Hooguit 50 namen"),
        ({"tags": ";".join(map(str, range(51)))}, "Hooguit 50 namen"),
        ({"hours_week": "169"}, "hours_week"),
        ({"travel_km": "veel"}, "travel_km"),
        ({"name": " "}, "Vul dit in."),
        ({"stage": "x"}, "stage"),
    ],
)
def test_what_cannot_be(sanne: Browser, aisha: int, typed: dict[str, str], why: str) -> None:
    status, text = send(sanne, aisha, **typed)
    assert status == 422
    assert why in text
    assert "Chef worden" in text


def test_nothing_is_a_number_too(sanne: Browser, aisha: int) -> None:
    assert send(sanne, aisha, hours_week="0", travel_km="0")[0] == 303


@pytest.mark.parametrize("name", ["aspiration", "stage_reason"])
def test_what_we_never_ask_is_warned_of(sanne: Browser, aisha: int, name: str) -> None:
    status, text = send(sanne, aisha, **{name: "is zwanger"})
    assert status == 422
    assert "Toch opslaan" in text
    assert send(sanne, aisha, **{name: "is zwanger", "save_anyway": "y"})[0] == 303


def test_outsiders_change_nothing(otto: Browser, aisha: int) -> None:
    assert otto.get(path(aisha)).status_code == 404
    assert otto.post(path(aisha), TYPED, at="/candidates/new").status_code == 404
