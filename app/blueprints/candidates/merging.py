"""Making two candidates one: choose the other, choose between their facts, and undo it within thirty days."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.blueprints.candidates.duplicates import only
from app.db import db, write
from app.domain.candidates import pool
from app.domain.candidates.address import readable
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.custody import comparison, duplicate, merge
from app.domain.custody.choice import FACTS, Side
from app.domain.custody.merge import Refused
from app.language import gettext as _
from app.web import auth, errors
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import duplicates as words

LONGEST = 100


def _both(candidate_id: int, other_id: int) -> tuple[Candidate, Candidate]:
    """Two different candidates whom this person may see."""
    person = auth.person()
    kept, other = (visible_to(person, each) if candidate_id != other_id else None for each in (candidate_id, other_id))
    return found(kept), found(other)


@only
def merge_choose(candidate_id: int) -> str:
    """Look for whom this candidate is one with; and the merge that can still be undone."""
    person, text = auth.person(), request.args.get("q", "")[:LONGEST].strip()
    row = found(visible_to(person, candidate_id))
    last = merge.of(row.id, clock.now())
    return render_template(
        "candidates/merge_choose.html",
        candidate=row,
        text=text,
        hits=[each for each in pool.found(person, text) if each.id != row.id],
        proposed=duplicate.proposed(person, row.id),
        last=last,
        until=last.merged_at + merge.UNDONE_WITHIN if last else None,
        words=words,
    )


@only
def merge_page(candidate_id: int, other_id: int) -> Response:
    """Two candidates side by side."""
    return _side_by_side(*_both(candidate_id, other_id))


def _side_by_side(
    kept: Candidate, other: Candidate, choices: Mapping[str, Side] | None = None, error: str = ""
) -> Response:
    mine, theirs = comparison.side_by_side(kept, other)
    html = render_template(
        "candidates/merge.html",
        kept=mine,
        other=theirs,
        pair=duplicate.between(kept.id, other.id),
        chosen=choices or {},
        words=words,
        readable=readable,
        error=error,
    )
    return make_response(html, 422 if error else 200)


@only
def merge_two(candidate_id: int, other_id: int) -> Response:
    """Let them be one from now on."""
    kept, other = _both(candidate_id, other_id)
    choices = {fact: Side(side) for fact, side in request.form.items() if fact in FACTS and side in set(Side)}
    write()
    try:
        row = merge.merge(kept, other, choices, auth.person(), clock.now())
    except Refused as refused:
        db.session.rollback()
        return _side_by_side(kept, other, choices, words.refusal_sentence(refused.why))
    db.session.commit()
    undo = url_for("candidates.undo_merge", candidate_id=kept.id, merge_id=row.id)
    say(_("%(name)s is one candidate now.", name=kept.name), undo)
    return go(url_for("candidates.page", candidate_id=kept.id))


@only
def keep_apart(candidate_id: int, other_id: int) -> Response:
    """These are two people."""
    one, other = _both(candidate_id, other_id)
    write()
    duplicate.apart(one, other, auth.person(), clock.now())
    db.session.commit()
    say(_("They stay two candidates, and are not proposed again."))
    return go(url_for("candidates.duplicates"))


@only
def undo_merge(candidate_id: int, merge_id: int) -> Response:
    """Let them be two again."""
    row = found(visible_to(auth.person(), candidate_id))
    merged = found(merge.one_of(row.id, merge_id))
    write()
    try:
        merge.undo(merged, clock.now())
    except Refused as refused:
        db.session.rollback()
        say(words.refusal_sentence(refused.why), category="error")
        return go(url_for("candidates.page", candidate_id=candidate_id))
    db.session.commit()
    say(_("They are two candidates again. What was done since stays with %(name)s.", name=row.name))
    return go(url_for("candidates.page", candidate_id=merged.merged_id))


def lead_on(_error: Exception) -> AnyResponse:
    """A page of somebody who was merged leads to the one who was kept; to others it does not exist."""
    person, asked = auth.person_or_none(), (request.view_args or {}).get("candidate_id")
    if request.method == "GET" and person and asked:
        kept = merge.successor(person, asked)
        if kept and request.endpoint:
            there = url_for(request.endpoint, **(request.view_args or {}) | {"candidate_id": kept.id})
            asked_more = request.query_string.decode(errors="replace")
            return redirect(f"{there}?{asked_more}" if asked_more else there, 303)
    return errors.answer(404, errors.sentence(404))


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/<int:candidate_id>/merge")(merge_choose)
    bp.get("/<int:candidate_id>/merge/<int:other_id>")(merge_page)
    bp.post("/<int:candidate_id>/merge/<int:other_id>")(merge_two)
    bp.post("/<int:candidate_id>/merge/<int:other_id>/apart")(keep_apart)
    bp.post("/<int:candidate_id>/merges/<int:merge_id>/undo")(undo_merge)
    bp.app_errorhandler(NotFound)(lead_on)
