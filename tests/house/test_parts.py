"""Parts of others are as new as docs/security.md promises, by what was found when they were last looked up."""

import os
from datetime import date

import pytest

from app import clock
from tests.parts import NONE, UNKNOWN, Part, advised, all_parts, late, listed, looked_up, vendored

DAY = date(2026, 11, 23)
REPORT = """{"dependencies": [
  {"name": "flask", "version": "3.1.3", "vulns": []},
  {"name": "mako", "version": "1.4.3", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]},
  {"name": "click", "skip_reason": "not found"}]}"""


def part(behind: str = "", advisories: str = NONE, looked: str = "2026-11-23") -> Part:
    return Part("mako", "1.4.3", "1.5.0" if behind else "1.4.3", behind, advisories, looked)


def test_what_is_locked_and_what_stands_in_the_tree_was_looked_up() -> None:
    assert {each.name: each.version for each in listed()} == all_parts()
    assert len(vendored()) == 3


def test_nothing_was_late_on_that_day() -> None:
    assert late(listed(), max(date.fromisoformat(each.looked) for each in listed())) == []


@pytest.mark.skipif(not os.environ.get("CI"), reason="whoever keeps an older release needs no newer parts to try it")
def test_nothing_is_late_today() -> None:
    assert late(listed(), clock.now().date()) == []


@pytest.mark.parametrize(
    "late_one",
    [part(behind="2026-08-22"), part(looked="2026-08-22"), part(advisories="PYSEC-1")],
    ids=str,
)
def test_control_each_is_found(late_one: Part) -> None:
    assert len(late([part(), late_one], DAY)) == 1
    assert late([part(behind="2026-08-24"), part(looked="2026-08-24"), part(advisories=UNKNOWN)], DAY) == []


def test_a_part_that_is_behind_keeps_its_first_day() -> None:
    before, newest = [part(behind="2026-10-01")], all_parts() | {"mako": "99", "flask": "99"}
    found = {each.name: each for each in looked_up(newest, {"flask": NONE}, before, DAY)}
    assert (found["mako"].behind, found["flask"].behind, found["click"].behind) == ("2026-10-01", "2026-11-23", "")
    assert (found["flask"].advisories, found["click"].advisories) == (NONE, UNKNOWN)


def test_what_was_skipped_is_not_taken_for_safe() -> None:
    assert advised(REPORT) == {"flask": NONE, "mako": "PYSEC-1 PYSEC-2"}
