"""What is recorded of staff: for the works council and for everybody, to read, to print and as text."""

from flask import Blueprint, Response, render_template

from app.blueprints.program.rules import text_file
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.words import staff_data as words
from app.words.chapter import plain


@auth.signed_in
def staff_data() -> str:
    """The text, written from the settings as they are now."""
    program = found(the_program())
    return render_template("program/staff_data.html", program=program, chapters=words.chapters(program))


@auth.signed_in
def staff_text() -> Response:
    """The same as a file."""
    program = found(the_program())
    text = plain(_("What is recorded of staff"), program.name, words.chapters(program))
    return text_file(text, "staff-data.txt")


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/staff-data")(staff_data)
    bp.get("/staff-data.txt")(staff_text)
