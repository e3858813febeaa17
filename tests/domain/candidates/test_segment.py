"""Segments: questions with a name, one's own or shared."""

import pytest

from app.domain.candidates import pool, segment, wanted
from app.domain.candidates.segment import BUILT_IN, Full, NameTaken
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START


@pytest.fixture
def people() -> People:
    return make_people()


def seen(people: People, who: str) -> list[str]:
    return [row.name for row in segment.seen_by(getattr(people, who))]


def test_ones_own_and_shared(people: People) -> None:
    segment.save(people.sanne, "Zwolle", {"region": ["Zwolle"]}, shared=False, now=NOW)
    segment.save(people.sanne, "Lassers", {"skill": ["lassen"]}, shared=True, now=NOW)
    assert seen(people, "sanne") == ["Lassers", "Zwolle"]
    assert seen(people, "bram") == ["Lassers"]


def test_only_the_maker_changes_it(people: People) -> None:
    row = segment.save(people.sanne, "Lassers", {"skill": ["lassen"]}, shared=True, now=NOW)
    assert segment.own(people.bram, row.id) is None
    assert segment.own(people.sanne, row.id) is row


def test_names_differ(people: People) -> None:
    row = segment.save(people.sanne, "A", {}, shared=False, now=NOW)
    with pytest.raises(NameTaken):
        segment.save(people.sanne, "A", {}, shared=False, now=NOW)
    segment.save(people.bram, "A", {}, shared=False, now=NOW)
    other = segment.save(people.sanne, "B", {}, shared=False, now=NOW)
    segment.change(row, "A", shared=True)
    with pytest.raises(NameTaken):
        segment.change(other, "A", shared=False)
    assert seen(people, "tess") == ["A"]


def test_there_is_an_end(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "MOST", 1)
    row = segment.save(people.sanne, "A", {}, shared=False, now=NOW)
    with pytest.raises(Full):
        segment.save(people.sanne, "B", {}, shared=False, now=NOW)
    segment.remove(row)
    assert seen(people, "sanne") == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_is_built_in_asks_something(people: People, name: str) -> None:
    asked = wanted.read(BUILT_IN[name])
    assert wanted.told(asked) == BUILT_IN[name]
    assert wanted.narrowing(asked)


def test_nobodys_yet(people: People) -> None:
    make.candidate("Jan")
    make.candidate("Els", owner=people.sanne)
    assert pool.count(people.ada, wanted.read(BUILT_IN["unowned"])) == 1
