"""Passwords from breaches: more than the standard asks for, found among their neighbours, and nothing else."""

import pytest

from app.domain.agency import breached_password, password
from app.domain.agency.password import Weakness
from tests.breached import collection

FROM_BREACHES = ["Mailcreated5240", "sojdlg123aljg", "ghhh47hj7649", "gfhjkm gfhjkm", "fyfcnfcbz1993", "vjht123jltccf"]


@pytest.mark.parametrize("text", FROM_BREACHES)
def test_what_became_known_is_refused(text: str) -> None:
    assert password.weakness(text, ()) == Weakness.COMMON


def test_figures_and_signs_around_it_do_not_help() -> None:
    assert password.weakness("!Gfhjkm Gfhjkm 2026!", ()) == Weakness.COMMON


def test_what_is_near_to_it_is_not() -> None:
    assert [text for text in FROM_BREACHES if breached_password.is_known(f"{password.as_tried(text)}q")] == []


def test_the_collection_has_more_than_the_three_thousand_that_are_tried_first() -> None:
    size, rest = divmod(breached_password.KEPT.stat().st_size, breached_password.BYTES)
    assert (size, rest) == (43_940, 0)


def test_it_stands_in_order() -> None:
    kept, size = breached_password.KEPT.read_bytes(), breached_password.BYTES
    starts = [kept[place : place + size] for place in range(0, len(kept), size)]
    assert starts == sorted(set(starts))


def test_each_that_is_packed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [f"Paarse Olifant {number}" for number in range(50)]
    monkeypatch.setattr(breached_password, "_kept", lambda: collection([*listed, "te kort"]))
    assert [text for text in listed if password.weakness(text, ()) != Weakness.COMMON] == []
    assert not breached_password.is_known(password.as_tried("te kort"))
    assert not breached_password.is_known(password.as_tried("paarse giraffe 1"))
