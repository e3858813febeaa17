"""What the program shows to the outside: its settings, how it would look, and what each colleague has to do with it."""

from typing import NamedTuple

from flask import Blueprint, Response, make_response, render_template, request, url_for
from wtforms import BooleanField

from app import clock
from app.blueprints.program.outside_form import OutsideForm, said_before
from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Role, stand_outside, step_inside
from app.domain.program import outside, outside_way
from app.domain.program.outside import OutsidePage, Part
from app.domain.program.program import Program, the_program
from app.domain.program.sponsor import sponsor_of
from app.language import current, in_language
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.mail import public_url
from app.web import auditing, auth, toast
from app.web import outside as shown
from app.web.errors import found
from app.web.forms import Form, submitted, trimmed
from app.web.htmx import go
from app.web.language import LANGUAGES
from app.words import outside as words
from app.words.candidates import channel_label

LONGEST_BEST = 80
RUNS = frozenset({Role.SPONSOR, Role.ADMIN})


class Snippet(NamedTuple):
    """HTML to copy: the id of its field, what it is, and the language of its words."""

    id: str
    label: str
    code: str
    language: str


class StandingForm(Form):
    """What the sponsor alone says."""

    named = BooleanField(_l("My name may stand on the page for everybody"))
    pictured = BooleanField(_l("My picture may as well"))


@auth.only(*RUNS)
def page() -> Response:
    """What is shown; the sponsor may look."""
    present = _page_of(found(the_program()))
    return _settings(OutsideForm(data=said_before(present, outside_way.of_page(present.id))), present)


@auth.only(Role.ADMIN)
def save() -> Response:
    """Show this from now on, and nothing else."""
    program = found(the_program())
    form = OutsideForm(submitted())
    if not form.validate():
        return _settings(form, _page_of(program), 422)
    write()
    row = outside.arrange(program, form.wish, clock.now())
    auditing.tell(open="yes" if row.opened_at else "no", count=len(row.parts.split()))
    db.session.commit()
    toast.say(_("Saved: it is open to everybody.") if row.opened_at else _("Saved: nobody outside sees it."))
    return go(url_for("program.outside"))


@auth.only(*RUNS)
def preview() -> Response:
    """How it looks, or would look, to everybody."""
    program = found(the_program())
    language = request.args.get("in", "")
    seen = outside.seen(program, _page_of(program))
    return shown.page(seen, language if language in LANGUAGES else current(), trying=True)


@auth.signed_in
def mine() -> Response:
    """A line to put under one's mails; and for the sponsor, whether they stand on the page."""
    return _mine(StandingForm(data=_standing()))


@auth.only(*RUNS)
def stand() -> Response:
    """Stand on the page from now on, or no more: the sponsor says so, and nobody for them."""
    me, form = auth.person(), StandingForm(submitted())
    sponsor = sponsor_of(found(the_program()))
    found(me if sponsor and sponsor.id == me.id else None)
    write(me)
    if form.named.data:
        stand_outside(me, clock.now(), pictured=form.pictured.data)
    else:
        step_inside(me)
    auditing.tell(name="yes" if form.named.data else "no", picture="yes" if me.pictured_outside_at else "no")
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("program.outside_mine"))


def _settings(form: OutsideForm, row: OutsidePage, status: int = 200) -> Response:
    program = found(the_program())
    html = render_template(
        "program/outside.html",
        form=form,
        row=row,
        sponsor=sponsor_of(program),
        channel_label=channel_label,
        may_change=auth.person().role == Role.ADMIN,
        addresses={code: public_url(url_for("public.outside_in", language=code)) for code in LANGUAGES},
        snippets=_snippets(program, row) if row.opened_at else [],
    )
    return make_response(html, status)


def _snippets(program: Program, row: OutsidePage) -> list[Snippet]:
    """What to paste into a website, in each language."""
    each = [_frame(program, code) for code in LANGUAGES] if row.has(Part.FRAME) else []
    return each + [_badge(program, row, code) for code in LANGUAGES]


def _frame(program: Program, code: str) -> Snippet:
    url = public_url(url_for("public.outside_frame", language=code))
    label = _("Frame, %(language)s", language=shown.NAMES[code])
    return Snippet(f"frame-{code}", label, words.frame_snippet(program.name, url), code)


def _badge(program: Program, row: OutsidePage, code: str) -> Snippet:
    url = public_url(url_for("public.outside_in", language=code))
    label = _("Link, %(language)s", language=shown.NAMES[code])
    with in_language(code):
        link = words.badge_snippet(program, url, row.promised)
    return Snippet(f"badge-{code}", label, link, code)


def _mine(form: StandingForm) -> Response:
    program, me = found(the_program()), auth.person()
    row = _page_of(program)
    sponsor = sponsor_of(program)
    html = render_template(
        "program/outside_mine.html",
        form=form if sponsor and sponsor.id == me.id else None,
        person=me,
        row=row,
        line=_line(program, row) if row.opened_at and row.has(Part.SIGNATURE) else None,
        best=_best(),
        language=_language(),
        names=shown.NAMES,
    )
    return make_response(html)


def _line(program: Program, row: OutsidePage) -> words.Line:
    agency, language = the_agency(), _language()
    with in_language(language):
        return words.Line(
            program=program,
            agency=agency.name if agency else "",
            url=public_url(url_for("public.outside_in", language=language)),
            promise=words.promise(row.promised),
            best=words.best_reached(_best()),
        )


def _best() -> str:
    return trimmed(request.args.get("best", ""))[:LONGEST_BEST]


def _language() -> str:
    asked = request.args.get("in", "")
    return asked if asked in LANGUAGES else current()


def _standing() -> dict[str, bool]:
    me = auth.person()
    return {"named": me.named_outside_at is not None, "pictured": me.pictured_outside_at is not None}


def _page_of(program: Program) -> OutsidePage:
    """How it is shown; where nobody ever said, all of it is off."""
    return outside.page_of(program) or OutsidePage(program_id=program.id)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/outside", "outside", page)
    bp.add_url_rule("/outside", "save_outside", save, methods=["POST"])
    bp.add_url_rule("/outside/preview", "outside_preview", preview)
    bp.add_url_rule("/outside/mine", "outside_mine", mine)
    bp.add_url_rule("/outside/mine", "stand_outside", stand, methods=["POST"])
