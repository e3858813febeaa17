"""Why is somebody, or are they not, on the list: on their own page, and for anybody whose name is typed."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.today.showing import words
from app.domain.candidates.candidate import visible_to
from app.domain.scoring import place_in_pool
from app.web import auth
from app.web.errors import found
from app.web.htmx import wants_part

LONGEST = 100


@auth.signed_in
def why(candidate_id: int) -> str | Answer:
    """Why somebody is, or is not, on the list; a part of the candidate's page."""
    person, now = auth.person(), clock.now()
    candidate = found(visible_to(person, candidate_id))
    if not wants_part():
        return redirect(url_for("candidates.page", candidate_id=candidate_id), 303)
    return render_template("candidates/_next.html", person=person, candidate=candidate, now=now)


@auth.signed_in
def why_not() -> str:
    """The question with its answers; asked for as a part, only the answers."""
    person, text = auth.person(), request.args.get("q", "")[:LONGEST].strip()
    places = place_in_pool.found(person, text, clock.now())
    others = place_in_pool.elsewhere(person, text) if text and not places else []
    template = "today/_why_not.html" if wants_part() else "today/why_not.html"
    return render_template(template, text=text, places=places, others=others, words=words)


def add_to(bp: Blueprint) -> None:
    """Where they are asked."""
    bp.get("/next/<int:candidate_id>")(why)
    bp.get("/why")(why_not)
