"""The library: what fits a candidate comes first, and what was taken out is not offered."""

from datetime import timedelta

import pytest

from app.domain.journey import shared_item, tracked_link
from app.domain.journey.shared_item import Described, Full, ItemKind, SharedItem, suited
from tests import make

NOW = make.START
DAY = timedelta(days=1)


def described(title: str = "Zo maak je een cv", **facts: object) -> Described:
    given: dict[str, object] = {"roles": [], "aspirations": [], **facts}
    return Described(title, ItemKind.ADVICE, "https://voorbeeld.nl/cv", **given)  # type: ignore[arg-type] # as given


def item(title: str, *roles: str, aspirations: tuple[str, ...] = (), until: object = None) -> SharedItem:
    return shared_item.add(described(title, roles=[*roles], aspirations=[*aspirations], until=until), None, NOW)


def test_what_fits_comes_first_and_what_was_made_for_others_last(session: None) -> None:
    rows = [
        item("for all"),
        item("cooks", "kok"),
        item("drivers", "chauffeur"),
        item("both", "Chauffeur", aspirations=("planner",)),
    ]
    found = suited(rows, "Vrachtwagenchauffeur CE", "Ooit plánner worden")
    assert [(each.item.title, each.words, each.weight) for each in found] == [
        ("both", ["Chauffeur", "planner"], 3),
        ("drivers", ["chauffeur"], 2),
        ("for all", [], 1),
        ("cooks", [], 0),
    ]


@pytest.mark.parametrize(("role", "fits"), [("Kok", True), ("Zelfstandig werkend kok", True), ("Kokosplukker", False)])
def test_a_short_word_has_to_stand_alone(session: None, role: str, fits: bool) -> None:
    assert bool(suited([item("cooks", "kok")], role, "")[0].words) is fits


def test_what_is_over_or_taken_out_is_not_offered(session: None) -> None:
    kept, out = item("kept", until=NOW + 2 * DAY), item("out")
    item("over", until=NOW + DAY)
    shared_item.retire(out, NOW)
    assert shared_item.offered(NOW + DAY) == [kept]
    shared_item.restore(out)
    assert shared_item.offered(NOW + DAY) == [out, kept]


def test_there_is_an_end_to_what_people_can_oversee(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_item, "MOST", 1)
    shared_item.retire(item("out"), NOW)
    kept = item("kept")
    for refused in (lambda: item("more"), lambda: shared_item.restore(kept)):
        with pytest.raises(Full):
            refused()


def test_what_was_never_shared_was_used_by_nobody(session: None) -> None:
    assert tracked_link.use_of([7]) == {7: (0, 0)}


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30])
def test_a_number_that_no_item_can_have_is_no_item(session: None, number: int) -> None:
    assert shared_item.find(number) is None
