"""What everybody reads: the program with its rules as they are, what is new in them, older editions, and as text."""

from datetime import date

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.db import db, write
from app.domain.actions import game_rules
from app.domain.agency.agency import Agency, the_agency
from app.domain.oversight import sponsor_deed
from app.domain.program import block, rulebook
from app.domain.program.program import Program, the_program
from app.domain.program.sponsor import sponsor_of
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.words import rules, rules_news
from app.words.chapter import plain

DIGITS = 9


@auth.signed_in
def about() -> str:
    """Why, by whom and when; and the rules as they are, written from the settings."""
    program, agency = _both()
    today = clock.local_day(clock.now(), agency.zone)
    return render_template(
        "program/about.html",
        program=program,
        agency=agency,
        block=block.of_program(program.id, today),
        sponsor=sponsor_of(program),
        deeds=sponsor_deed.latest(program.id, 1),
        chapters=rules.chapters(game_rules.content(program), today),
        **_news(program, today),
        editions=rulebook.editions(program.id),
    )


@auth.signed_in
def rules_edition(number: int) -> str:
    """One edition, as it was published."""
    program, _agency = _both()
    edition, newest = found(rulebook.edition(program.id, number)), rulebook.newest(program.id)
    facts = {"edition": edition, "newest": newest is edition}
    chapters = rules.chapters(edition.content, edition.valid_from)
    return render_template("program/rules_edition.html", program=program, chapters=chapters, **facts)


@auth.signed_in
def rules_reading() -> Answer:
    """Somebody has read what is new, up to the edition that they saw."""
    program, _agency = _both()
    sent = request.form.get("number", "")
    edition = found(rulebook.edition(program.id, int(sent)) if sent.isdecimal() and len(sent) <= DIGITS else None)
    write()
    rulebook.mark_read(auth.person().id, edition.number, clock.now())
    db.session.commit()
    return go(url_for("program.about"))


@auth.signed_in
def rules_text() -> Response:
    """The rules as plain text, to take along."""
    program, agency = _both()
    chapters = rules.chapters(game_rules.content(program), clock.local_day(clock.now(), agency.zone))
    return text_file(plain(_("Rules of %(program)s", program=program.name), program.slogan, chapters), "rules.txt")


def _news(program: Program, today: date) -> dict[str, object]:
    news = rulebook.news_for(auth.person(), program.id)
    return {"news": news, "news_sentences": rules_news.sentences(news, today) if news else []}


def text_file(text: str, name: str) -> Response:
    """A text that the browser keeps as a file."""
    response = make_response(text)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _both() -> tuple[Program, Agency]:
    return found(the_program()), found(the_agency())


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/about")(about)
    bp.get("/rules/<int:number>")(rules_edition)
    bp.post("/rules/reading")(rules_reading)
    bp.get("/rules.txt")(rules_text)
