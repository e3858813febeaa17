"""What the program shows outside, among the settings: the administrator sets it, the sponsor looks, colleagues copy."""

import html

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.agency.audit import AuditEntry
from tests.outside import AT, Walls


@pytest.fixture
def walls(app: Flask) -> Walls:
    return Walls(app)


def log(walls: Walls, what: str) -> list[dict[str, int | str]]:
    with walls.app.app_context():
        entries = select(AuditEntry.facts).where(AuditEntry.what == what).order_by(AuditEntry.id)
        return list(db.session.scalars(entries))


def test_what_is_saved_stands_in_the_form(walls: Walls) -> None:
    walls.set()
    shown = walls.ada.get(AT).text
    for said in (
        'value="038 123 4567"',
        'value="09:00"',
        "https://www.voorbeeld.nl\nhttps://voorbeeld.nl",
        "We call back.",
    ):
        assert said in shown
    assert "Iedereen kan de pagina zien sinds" in shown


def test_the_audit_log_tells_of_it_without_words(walls: Walls) -> None:
    walls.set()
    walls.set(is_open="", frame="")
    assert log(walls, "outside.changed") == [{"open": "yes", "count": 6}, {"open": "no", "count": 5}]
    walls.stand(named="y", pictured="y")
    assert log(walls, "outside.stood") == [{"name": "yes", "picture": "yes"}]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answer_days": "0"}, ""),
        ({"answer_days": "veel"}, ""),
        ({"phone-address": "bel maar"}, "Dit is geen telefoonnummer."),
        ({"email-address": "geen adres"}, "Dit is geen mailadres"),
        ({"phone-closes": "08:00"}, "Dit is eerder dan het begin."),
        ({"phone-closes": ""}, "Vul beide tijden in, of geen van beide."),
        ({"phone-opens": ""}, "Vul beide tijden in, of geen van beide."),
        ({"framed_by": ""}, "Noem minstens één website"),
        ({"framed_by": "http://www.voorbeeld.nl"}, "http://www.voorbeeld.nl is geen adres van een website."),
        ({"framed_by": "https://a.nl; script-src *"}, "is geen adres van een website."),
        ({"framed_by": "\n".join(f"https://a{n}.nl" for n in range(21))}, "Dit zijn meer websites"),
        ({"words_nl": "x" * 1001}, ""),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(walls: Walls, wrong: dict[str, str], sentence: str) -> None:
    shown = html.unescape(walls.set(422, **wrong))
    assert sentence in shown
    assert "aria-invalid" in shown
    assert all(value in shown for value in wrong.values())
    assert "We call back." in shown
    assert walls.visitor.get("/about/nl").status_code == 404


def test_the_sponsor_looks_and_changes_nothing(walls: Walls) -> None:
    walls.set()
    shown = walls.ines.get(AT).text
    assert "disabled" in shown
    assert "Een beheerder kan het wijzigen." in shown
    assert walls.ines.post(AT, {"answer_days": "9"}, at=AT).status_code == 404
    assert "2 werkdagen" in walls.read()


def test_nobody_says_it_for_the_sponsor(walls: Walls) -> None:
    walls.set()
    assert walls.ada.post(f"{AT}/mine", {"named": "y"}, at=AT).status_code == 404
    assert "Jij bent de sponsor." not in walls.ada.get(f"{AT}/mine").text
    assert "Ada Smit" not in walls.read()
    assert "heeft nog niet gezegd dat het mag" in walls.ada.get(AT).text
    walls.stand(named="y")
    assert "Ines Visser vindt het goed om hier te staan." in walls.ada.get(AT).text


def test_it_is_tried_out_before_it_is_open(walls: Walls) -> None:
    assert "Niemand anders ziet deze pagina." in walls.ada.get(f"{AT}/preview").text
    walls.set(is_open="", search="y")
    tried = walls.ines.get(f"{AT}/preview?in=en").text
    assert "Every candidate hears from us within 2 working days." in tried
    assert 'content="noindex"' in tried
    walls.set()
    assert "Zo ziet iedereen het." in walls.ada.get(f"{AT}/preview?in=xx").text


def test_what_to_paste_into_a_website(walls: Walls) -> None:
    walls.set()
    shown = html.unescape(walls.ada.get(AT).text)
    assert '<iframe src="http://127.0.0.1:8000/about/nl/frame" title="Vaste Band"' in shown
    assert "Vaste Band · Every candidate hears from us within 2 working days.</a>" in shown
    walls.set(is_open="")
    assert "iframe" not in walls.ada.get(AT).text


def test_a_line_for_under_mails(walls: Walls) -> None:
    walls.set()
    shown = html.unescape(walls.visitor.sign_in(walls.people.sanne).get(f"{AT}/mine?best=ma+-+do&in=en").text)
    assert '<table role="presentation"' in shown
    assert "Every candidate hears from us within 2 working days.<br>Best reached: ma - do</td>" in shown
    assert "Vaste Band · Uitzendbureau Voorbeeld\nEvery candidate" in shown
    assert "<script" not in html.unescape(shown.partition('id="signature-html"')[2].partition("</textarea>")[0])


def test_what_a_colleague_types_is_text_in_their_line(walls: Walls) -> None:
    walls.set()
    typed = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E" + "x" * 200
    shown = walls.visitor.sign_in(walls.people.sanne).get(f"{AT}/mine?best={typed}").text
    assert "<img src=x" not in shown
    assert "&amp;lt;img src=x" in shown
    assert "x" * 81 not in shown


@pytest.mark.parametrize("off", ["is_open", "signature"])
def test_without_the_switch_there_is_no_line(walls: Walls, off: str) -> None:
    walls.set(**{off: ""})
    shown = walls.visitor.sign_in(walls.people.sanne).get(f"{AT}/mine").text
    assert "Nog geen regel" in shown
    assert "signature-html" not in shown
