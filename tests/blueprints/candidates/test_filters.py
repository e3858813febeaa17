"""The filters of the list: each is a chip that can be taken off, counted while it is chosen, kept as a segment."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import label
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.label import LabelKind
from app.domain.candidates.segment import Segment
from tests import make
from tests.people import Browser, People

SEGMENTS = "/candidates/segments"
ALL = (
    "q=a&stage=engage&owner={owner}&skill=lassen&certificate=vca&tag=beurs&region=zwolle&origin=site&available=2026-12-01"
    "&hours=32&travel=30&warmth=warm&spoken=never&channel=sms&consent=given&referred=yes"
)


@pytest.fixture
def welder(browser: Browser, people: People, aisha: int) -> int:
    with browser.app.app_context():
        label.put(aisha, LabelKind.SKILL, {"Lassen": None}, make.START)
        db.session.commit()
    return aisha


def segments(browser: Browser) -> list[Segment]:
    with browser.app.app_context():
        return list(db.session.scalars(select(Segment)))


def save(browser: Browser, name: str, query: str = "?skill=lassen", **facts: str) -> str | None:
    return browser.post(f"{SEGMENTS}{query}", {"name": name, **facts}, at="/candidates/new").location


def test_every_filter_is_a_chip(sanne: Browser, people: People) -> None:
    text = sanne.get(f"/candidates?{ALL.format(owner=people.bram.id)}", budget=18).text
    for chip in (
        "fase: boeien",
        "eigenaar: Bram Jansen",
        "vaardigheid: lassen",
        "geldig certificaat: vca",
        "label: beurs",
        "regio: zwolle",
        "herkomst: site",
        "beschikbaar per 1 december 2026",
        "minstens 32 uur per week",
        "reist 30 km of meer",
        "warmte: warm",
        "nooit gesproken",
        "bereikbaar via sms",
        "toestemming gegeven",
        "voorgedragen door een andere kandidaat",
    ):
        assert chip in text, chip


def test_a_chip_takes_its_filter_off(sanne: Browser, people: People) -> None:
    text = sanne.get("/candidates?owner=none&spoken=not-90").text
    assert 'href="/candidates?owner=none"' in text
    assert 'href="/candidates?spoken=not-90"' in text


def test_somebody_who_left_still_has_a_chip(sanne: Browser, people: People) -> None:
    assert "eigenaar: iemand anders" in sanne.get("/candidates?owner=9999").text


def test_the_address_is_tidied(sanne: Browser, people: People) -> None:
    answer = sanne.get("/candidates?q=&owner=all&sort=name&skill=lassen&tag=", part=True)
    assert answer.headers["HX-Push-Url"] == "/candidates?skill=lassen"


def test_how_many_there_would_be(sanne: Browser, welder: int) -> None:
    assert "1 kandidaat" in sanne.get("/candidates/count?skill=LASSEN", part=True).text
    assert "0 kandidaten" in sanne.get("/candidates/count?skill=koken", part=True).text


def test_places_are_offered_to_whoever_sees_all(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        make.candidate("Ver Weg", branch_id=branch_of(people.otto.id)).region = "Breda"
        db.session.commit()
    assert 'value="Breda"' in browser.sign_in(people.ada).get("/candidates").text
    assert 'value="Breda"' not in browser.sign_in(people.sanne).get("/candidates").text


def test_segments_count_what_one_sees(sanne: Browser, otto: Browser, welder: int) -> None:
    assert save(sanne, "Lassers", shared="y") == "/candidates?skill=lassen"
    assert 'Lassers<span class="count">1</span>' in sanne.get(SEGMENTS, part=True).text
    assert 'Lassers<span class="count">0</span>' in otto.get(SEGMENTS, part=True).text
    assert "Lassers" in otto.get("/candidates").text


def test_the_page_of_segments(sanne: Browser, otto: Browser, welder: int) -> None:
    save(sanne, "Lassers", shared="y")
    text = sanne.get(SEGMENTS).text
    assert 'href="/candidates?skill=lassen"' in text
    assert "Lassers wijzigen" in text
    assert "Lassers wijzigen" not in otto.get(SEGMENTS).text


@pytest.mark.parametrize(("name", "query"), [("", "?skill=lassen"), ("x" * 61, "?skill=lassen"), ("Iedereen", "")])
def test_what_is_no_segment(sanne: Browser, people: People, name: str, query: str) -> None:
    assert save(sanne, name, query) == f"/candidates{query}"
    assert "kies minstens één filter" in sanne.get("/candidates").text
    assert segments(sanne) == []


def test_a_name_is_there_once(sanne: Browser, people: People) -> None:
    save(sanne, "Lassers")
    save(sanne, "Lassers", "?tag=beurs")
    assert "Je hebt al een segment met deze naam." in sanne.get("/candidates").text
    assert [row.query for row in segments(sanne)] == [{"skill": ["lassen"]}]


def test_there_is_an_end(sanne: Browser, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.domain.candidates.segment.MOST", 0)
    save(sanne, "Lassers")
    assert "zoveel segmenten" in sanne.get("/candidates").text


def test_another_name(sanne: Browser, people: People) -> None:
    save(sanne, "Lassers")
    (row,) = segments(sanne)
    changed = {f"segment-{row.id}-name": "Lassen", f"segment-{row.id}-shared": "y"}
    assert sanne.post(f"{SEGMENTS}/{row.id}", changed, at=SEGMENTS).location == SEGMENTS
    assert [(each.name, each.shared) for each in segments(sanne)] == [("Lassen", True)]


def test_a_name_that_is_taken_is_refused(sanne: Browser, people: People) -> None:
    save(sanne, "A")
    save(sanne, "B")
    answer = sanne.post(
        f"{SEGMENTS}/{segments(sanne)[1].id}", {f"segment-{segments(sanne)[1].id}-name": "A"}, at=SEGMENTS
    )
    assert answer.status_code == 422
    assert "Je hebt al een segment met deze naam." in answer.text


def test_removed(sanne: Browser, people: People) -> None:
    save(sanne, "Lassers")
    assert sanne.post(f"{SEGMENTS}/{segments(sanne)[0].id}/removal", at="/candidates/new").location == SEGMENTS
    assert segments(sanne) == []


@pytest.mark.parametrize("path", ["", "/removal"])
def test_nobody_elses(sanne: Browser, otto: Browser, people: People, path: str) -> None:
    save(sanne, "Lassers", shared="y")
    assert otto.post(f"{SEGMENTS}/{segments(sanne)[0].id}{path}", at="/candidates/new").status_code == 404
    assert len(segments(sanne)) == 1
