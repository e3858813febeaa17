"""The page of the program for everybody: off at first, no data without choice, no cookie, and gone at once."""

import re

import pytest
from flask import Flask

from app import clock
from app.db import db
from app.domain.agency import person, picture, staff
from app.domain.agency.person import Person
from app.domain.program import sponsor
from app.domain.program.program import the_program
from tests import make
from tests.make import PNG
from tests.outside import Walls

PAGES = ("/about", "/about/nl", "/about/en", "/about/nl/frame", "/about/nl/friend")
LONG = "Vaste-Band-" * 5 + "Zo"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def walls(app: Flask) -> Walls:
    return Walls(app)


def photograph(walls: Walls, content: bytes = PNG) -> int:
    """The administrator gives the sponsor a picture."""
    with walls.app.app_context():
        program, kept = the_program(), picture.store(content, make.START)
        assert program
        sponsor.appoint(program, db.session.get(Person, walls.people.ines.id), "", kept.id)
        db.session.commit()
        return kept.id


@pytest.mark.parametrize("url", PAGES)
def test_all_of_it_is_off_at_first(walls: Walls, url: str) -> None:
    answer = walls.visitor.get(url)
    assert answer.status_code == 404
    assert "Deze pagina is niet open" in answer.text or "This page is not open" in answer.text
    assert "Uitzendbureau" not in answer.text


def test_what_was_ticked_stands_there(walls: Walls) -> None:
    walls.set()
    html = walls.read()
    for said in (
        "<h1>Vaste Band</h1>",
        "Elke kandidaat hoort binnen 2 werkdagen van ons.",
        "We bellen terug.",
        'href="tel:+31381234567"',
        "Maandag tot en met vrijdag, van 09:00 tot 17:30",
        'href="mailto:hallo@voorbeeld.nl"',
        'href="/about/nl/friend"',
    ):
        assert said in html


@pytest.mark.parametrize(
    ("off", "gone"),
    [
        ("promise", "Elke kandidaat hoort"),
        ("ways", "tel:"),
        ("referral", "/about/nl/friend"),
        ("sponsor", "Ines Visser"),
    ],
)
def test_each_part_is_switched_off_by_itself(walls: Walls, off: str, gone: str) -> None:
    walls.set()
    walls.stand(named="y")
    assert gone in walls.read()
    walls.set(**{off: ""})
    assert gone not in walls.read()


def test_in_the_visitors_language_with_a_switch(walls: Walls) -> None:
    walls.set(search="y")
    english = walls.visitor.client.get("/about", headers={"Accept-Language": "en-GB,en;q=0.9,nl;q=0.5"})
    assert "Every candidate hears from us within 2 working days." in english.text
    assert "We call back." in english.text
    assert english.headers["Content-Language"] == "en"
    assert "Accept-Language" in english.headers["Vary"]
    assert 'href="/about/nl"' in english.text
    assert 'hreflang="nl" href="http://127.0.0.1:8000/about/nl"' in english.text
    assert "Elke kandidaat" in walls.visitor.client.get("/about", headers={"Accept-Language": "de"}).text
    assert walls.visitor.get("/about/de").status_code == 404


def test_only_the_form_depends_on_a_cookie(walls: Walls) -> None:
    walls.set()
    varies = {url: "Cookie" in walls.ada.client.get(url).headers.get("Vary", "") for url in PAGES}
    assert [url for url, does in varies.items() if does] == ["/about/nl/friend"]


def test_words_in_one_language_stand_in_both(walls: Walls) -> None:
    walls.set(words_en="")
    assert "We bellen terug." in walls.read("/about/en")


@pytest.mark.parametrize("url", ["/about/nl", "/about/nl/frame", "/about/nl/friend"])
def test_agencies_that_say_u_and_agencies_that_say_je_can_both_show_it(walls: Walls, url: str) -> None:
    walls.set()
    shown = re.sub(r"<[^>]*>", " ", walls.read(url))
    assert re.findall(r"\b(?:je|jij|jou|jouw|u|uw)\b", shown, re.IGNORECASE) == []


def test_what_chats_and_search_engines_show(walls: Walls) -> None:
    walls.set(promise="", words_nl="Wij bellen. " * 40)
    described = re.search(r'property="og:description" content="([^"]*)"', walls.read())
    assert described
    assert described[1].endswith("…")
    assert len(described[1]) <= 160
    walls.set(promise="", words_nl="", words_en="")
    assert "Hoe Uitzendbureau Voorbeeld in contact blijft met kandidaten." in walls.read()
    assert 'property="og:title" content="Vaste Band · Uitzendbureau Voorbeeld"' in walls.read()


def test_search_engines_leave_it_out_unless_asked(walls: Walls) -> None:
    walls.set()
    assert walls.visitor.get("/about/nl").headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in walls.read()
    walls.set(search="y")
    assert "X-Robots-Tag" not in walls.visitor.get("/about/nl").headers
    assert "noindex" not in walls.read()
    for beside in ("/about/nl/frame", "/about/nl/friend"):
        assert walls.visitor.get(beside).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("url", ["/about", "/about/nl", "/about/nl/frame"])
def test_whoever_reads_gets_no_cookie_and_no_script(walls: Walls, url: str) -> None:
    walls.set()
    answer = walls.visitor.get(url)
    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer.text
    assert set(re.findall(r'(?:src|href)="(https?://[^"/]+)', answer.text)) <= {"http://127.0.0.1:8000"}


def test_a_browser_that_has_it_is_told_so_until_it_changes(walls: Walls) -> None:
    walls.set()
    first = walls.visitor.get("/about/nl")
    assert first.headers["Cache-Control"] == "public, no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    assert walls.visitor.client.get("/about/nl", headers=known).status_code == 304
    walls.set(answer_days="1")
    assert "binnen 1 werkdag van ons" in walls.visitor.client.get("/about/nl", headers=known).text
    walls.set(is_open="")
    assert walls.visitor.client.get("/about/nl", headers=known).status_code == 404


def test_the_sponsor_stands_there_by_their_own_choice_only(walls: Walls) -> None:
    walls.set()
    assert "Ines Visser" not in walls.read()
    walls.stand(named="y")
    assert "Ines Visser" in walls.read()
    assert "Ines Visser" in walls.read("/about/en/frame")
    walls.stand()
    assert "Ines Visser" not in walls.read()


def test_their_picture_as_well(walls: Walls) -> None:
    url = f"/about/sponsor/{photograph(walls)}"
    walls.set()
    walls.stand(named="y")
    assert (url in walls.read(), walls.visitor.get(url).status_code) == (False, 404)
    walls.stand(named="y", pictured="y")
    answer = walls.visitor.get(url)
    assert (url in walls.read(), answer.data, answer.content_type) == (True, PNG, "image/png")
    assert (answer.headers["Cache-Control"], "Set-Cookie" in answer.headers) == ("public, no-cache", False)
    walls.stand(pictured="y")
    assert (url in walls.read(), walls.visitor.get(url).status_code) == (False, 404)


def test_to_another_picture_nobody_agreed(walls: Walls) -> None:
    photograph(walls)
    walls.set()
    walls.stand(named="y", pictured="y")
    another = photograph(walls, PNG[:-1] + b"\x09")
    assert "<img" not in walls.read()
    assert walls.visitor.get(f"/about/sponsor/{another}").status_code == 404
    assert "Ines Visser" in walls.read()


def test_who_hands_over_stands_there_no_more(walls: Walls) -> None:
    walls.set()
    walls.stand(named="y")
    with walls.app.app_context():
        program, ines, ada = the_program(), walls.people.ines.id, walls.people.ada.id
        assert program
        sponsor.appoint(program, db.session.get(Person, ada), "")
        db.session.commit()
        assert "Visser" not in walls.read()
        sponsor.appoint(program, db.session.get(Person, ines), "")
        db.session.commit()
    assert "Visser" not in walls.read()
    assert "Ada Smit" not in walls.read()


def test_who_leaves_stands_there_no_more_and_not_again_on_coming_back(walls: Walls) -> None:
    walls.set()
    walls.stand(named="y")
    with walls.app.app_context():
        ines, ada = (db.session.get_one(Person, one.id) for one in (walls.people.ines, walls.people.ada))
        staff.deactivate(ines, ada, clock.now())
        db.session.commit()
        assert "Visser" not in walls.read()
        staff.reactivate(ines)
        db.session.commit()
    assert "Visser" not in walls.read()


def test_only_the_named_websites_frame_it(walls: Walls) -> None:
    walls.set()
    policy = walls.visitor.get("/about/nl/frame").headers["Content-Security-Policy"]
    assert "frame-ancestors https://www.voorbeeld.nl https://voorbeeld.nl;" in policy
    assert "frame-ancestors 'none'" in walls.visitor.get("/about/nl").headers["Content-Security-Policy"]


@pytest.mark.parametrize("off", ["is_open", "frame"])
def test_switched_off_the_frame_says_so(walls: Walls, off: str) -> None:
    walls.set(**{off: ""})
    answer = walls.visitor.get("/about/nl/frame")
    assert (answer.status_code, "Deze pagina is niet open" in answer.text) == (404, True)
    assert "frame-ancestors https://www.voorbeeld.nl" in answer.headers["Content-Security-Policy"]
    assert "werkdagen" not in answer.text


def test_names_are_text(walls: Walls) -> None:
    with walls.app.app_context():
        program, ines = the_program(), db.session.get_one(Person, walls.people.ines.id)
        assert program
        program.name, program.slogan = LONG, SCRIPT
        person.describe(ines, SCRIPT, ines.email)
        db.session.commit()
    walls.set(words_nl=f"{SCRIPT}{{{{ 7 * 7 }}}}")
    walls.stand(named="y")
    html = walls.read()
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert "{{ 7 * 7 }}" in html
    assert LONG in html


def test_it_asks_little_of_the_database(walls: Walls) -> None:
    walls.set()
    walls.stand(named="y")
    assert walls.visitor.get("/about/nl", budget=5).status_code == 200
