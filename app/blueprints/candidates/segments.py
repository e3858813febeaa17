"""Segments: the list's questions under a name, each with how many it holds now."""

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.forms import SegmentForm
from app.blueprints.candidates.listing import address_of, asked
from app.db import db, write
from app.domain.agency.person import Person
from app.domain.candidates import pool, segment, wanted
from app.domain.candidates.segment import Full, NameTaken, Query, Segment
from app.domain.candidates.wanted import Wanted
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, wants_part
from app.web.toast import say
from app.words.pool import segment_label


def add_to(bp: Blueprint) -> None:
    """Where segments are kept and changed."""
    bp.get("/segments")(index_segments)
    bp.post("/segments")(save_segment)
    bp.post("/segments/<int:segment_id>")(change_segment)
    bp.post("/segments/<int:segment_id>/removal")(remove_segment)


@auth.signed_in
def index_segments() -> Response:
    """Every segment with how many it holds, as a page to keep them or as a row above the list."""
    return _shown(auth.person(), {})


def _shown(person: Person, forms: dict[int, SegmentForm], status: int = 200) -> Response:
    saved = segment.seen_by(person)
    held = _held(person, [*segment.BUILT_IN.values(), *(row.query for row in saved)])
    built_in = [(segment_label(name), *each) for name, each in zip(segment.BUILT_IN, held, strict=False)]
    rows = [(row, *each) for row, each in zip(saved, held[len(built_in) :], strict=True)]
    template = "candidates/_segments.html" if wants_part() and not forms else "candidates/segments.html"
    facts = {
        "built_in": built_in,
        "rows": rows,
        "person": person,
        "form_of": lambda row: forms.get(row.id) or _form(row),
    }
    return make_response(render_template(template, **facts), status)


def _held(person: Person, queries: Sequence[Query]) -> list[tuple[str, int]]:
    """Where the list of each is, and how many stand on it."""
    questions = [asked(query) for query in queries]
    return list(zip(map(address_of, questions), pool.counts(person, questions), strict=True))


def _form(row: Segment) -> SegmentForm:
    return SegmentForm(obj=row, prefix=f"segment-{row.id}-")


@auth.signed_in
def save_segment() -> Response:
    """Keep the list's question, which stands in the address of this request, under a name."""
    form, question = SegmentForm(request.form), asked()
    if not form.validate() or not wanted.narrowing(question):
        say(_("Give the segment a name of at most 60 characters, and choose at least one filter."), category="error")
    elif trouble := _kept(form, question):
        say(trouble, category="error")
    else:
        say(_("Saved as “%(name)s”.", name=form.name.data))
    return go(address_of(question))


def _kept(form: SegmentForm, question: Wanted) -> str:
    """Why it could not be kept; nothing when it was."""
    query, person = wanted.told(question), auth.person()
    write()
    try:
        segment.save(person, form.name.data or "", query, shared=form.shared.data, now=clock.now())
    except (NameTaken, Full) as refused:
        db.session.rollback()
        return refusal(refused)
    db.session.commit()
    return ""


def refusal(refused: NameTaken | Full) -> str:
    """Why a segment cannot be kept."""
    if isinstance(refused, Full):
        return _("You have as many segments as the list can show. Remove one that you no longer use.")
    return _("You have a segment of this name already.")


@auth.signed_in
def change_segment(segment_id: int) -> Response:
    """Another name, or shared with everybody."""
    person = auth.person()
    row = found(segment.own(person, segment_id))
    form = SegmentForm(request.form, prefix=f"segment-{row.id}-")
    if not form.validate() or not _changed(row, form):
        return _shown(person, {row.id: form}, 422)
    return go(url_for("candidates.index_segments"))


def _changed(row: Segment, form: SegmentForm) -> bool:
    """Whether it could be changed; if not, the form says why."""
    segment_id, person = row.id, auth.person()
    write()
    try:
        segment.change(found(segment.own(person, segment_id)), form.name.data or "", shared=form.shared.data)
    except NameTaken as refused:
        db.session.rollback()
        form.name.errors = [refusal(refused)]
        return False
    db.session.commit()
    say(_("Saved."))
    return True


@auth.signed_in
def remove_segment(segment_id: int) -> Response:
    """Forget a question of one's own."""
    person = auth.person()
    found(segment.own(person, segment_id))
    write()
    segment.remove(found(segment.own(person, segment_id)))
    db.session.commit()
    say(_("Removed. The candidates stay as they are."))
    return go(url_for("candidates.index_segments"))
