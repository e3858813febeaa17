"""Labels: one name whatever its capitals, exactly those that were told, and two at once make one."""

from datetime import date

import pytest

from app.db import db
from app.domain.candidates import label
from app.domain.candidates.folding import fold
from app.domain.candidates.label import LabelKind, Told
from app.domain.candidates.search import CandidateSearch
from tests import make

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
END = date(2027, 12, 31)


def told(candidate_id: int) -> list[Told]:
    return label.of([candidate_id]).get(candidate_id, [])


def test_exactly_these() -> None:
    jan = make.candidate("Jan")
    label.put(jan.id, LabelKind.CERTIFICATE, {"VCA": END, "BHV": None}, NOW)
    label.put(jan.id, LabelKind.TAG, {"beurs": None}, NOW)
    label.put(jan.id, LabelKind.CERTIFICATE, {"vca": None, "Code 95": END}, NOW)
    assert told(jan.id) == [
        Told(LabelKind.CERTIFICATE, "Code 95", END),
        Told(LabelKind.CERTIFICATE, "VCA"),
        Told(LabelKind.TAG, "beurs"),
    ]


def test_a_candidate_is_found_by_them() -> None:
    jan = make.candidate("Jan")
    label.put(jan.id, LabelKind.SKILL, {"Façade  schoonmaken": None}, NOW)
    assert db.session.get_one(CandidateSearch, jan.id).text == "jan facade schoonmaken"


def test_one_name_however_it_is_written() -> None:
    first = label.ensure(LabelKind.SKILL, ["Lassen", " lassen ", "LASSEN"])
    assert label.ensure(LabelKind.SKILL, ["lässen"]) == first
    assert label.ensure(LabelKind.TAG, ["Lassen"]) != first


def test_nothing_is_no_label() -> None:
    assert label.ensure(LabelKind.TAG, ["", "  "]) == {}


def test_long_names_are_cut() -> None:
    assert list(label.ensure(LabelKind.TAG, ["ß" * 90])) == ["ss" * 40]


def test_given_to_many_and_taken_away() -> None:
    ids = [make.candidate().id for _ in range(3)]
    assert label.add(ids[:1], LabelKind.TAG, "Beurs", NOW) == ids[:1]
    assert label.add(ids, LabelKind.TAG, "beurs", NOW) == ids[1:]
    (label_id,) = label.ensure(LabelKind.TAG, ["beurs"]).values()
    label.remove(ids[1:], label_id, NOW)
    assert label.of(ids) == {ids[0]: [Told(LabelKind.TAG, "Beurs")]}


def test_offered_by_name() -> None:
    label.ensure(LabelKind.SKILL, ["zagen", "Äfwerken", "boren"])
    assert label.offered() == {
        LabelKind.SKILL: ["Äfwerken", "boren", "zagen"],
        LabelKind.CERTIFICATE: [],
        LabelKind.TAG: [],
    }
    assert label.offered(1)[LabelKind.SKILL] == ["Äfwerken"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ŁUKASZ  Özdemir", "lukasz ozdemir"),
        ("Straße", "strasse"),
        ("\u0130stanbul", "istanbul"),
        ("Æøå", "aeoa"),
        (" ", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
