"""The five minutes that docs/tour.md leads through: every stop of it is there, for whoever it says."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.demo import walls
from tests.browser.conftest import Site
from tests.browser.demo import person_of

TOUR = Path(__file__).parents[2] / "docs" / "tour.md"
STOP = re.compile(r"^\| (\d:\d\d) \| `?(\w+)`? \| (.+?) \|", re.MULTILINE)
PLACES = {
    "0:00": f"/tv/{walls.KEY}",
    "0:30": "/",
    "1:15": "/",
    "2:00": "/",
    "2:20": "/board",
    "2:45": "/candidates",
    "3:30": "/sponsor",
    "4:20": "/contests",
    "4:45": "/program/works-council",
}


@pytest.mark.browser
def test_every_stop_is_where_the_tour_says(demo: Site) -> None:
    stops = STOP.findall(TOUR.read_text(encoding="utf-8"))
    assert [minute for minute, _, _ in stops] == list(PLACES)
    for minute, who, what in stops:
        person = None if who == "nobody" else person_of(demo.app, f"{who}@vasteband.example")
        page = demo.context(person).new_page()
        answer = page.goto(PLACES[minute])
        assert answer is not None
        assert answer.status == 200, minute
        for words in re.findall(r"\*\*(.+?)\*\*", what):
            pattern = re.compile(".*".join(re.escape(part) for part in words.split("…")))
            expect(page.locator("body"), f"{minute}: {words}").to_contain_text(pattern, use_inner_text=True)
        page.context.close()
