"""What is known of a candidate, for whoever asks: a page to read and a file to hand over."""

from flask import Blueprint, Response, make_response, render_template

from app import clock
from app.domain.agency.person import Role
from app.domain.candidates.candidate import visible_to
from app.domain.custody import access
from app.domain.scoring.engagement import score_of
from app.web import auth
from app.web.errors import found
from app.words.access import told

only = auth.only(Role.LEAD, Role.ADMIN)


@only
def access_page(candidate_id: int) -> str:
    """Everything that is known of a candidate, to read or to print."""
    row = found(visible_to(auth.person(), candidate_id))
    return render_template(
        "candidates/access.html",
        candidate=row,
        sections=told(access.facts_of(row.id)),
        score=score_of(row.id, clock.now()),
        now=clock.now(),
    )


@only
@auth.proved
def access_file(candidate_id: int) -> Response:
    """The same as JSON, with every row and with the score."""
    row = found(visible_to(auth.person(), candidate_id))
    response = make_response(access.as_json(row.id, clock.now()))
    response.content_type = "application/json"
    response.headers["Content-Disposition"] = f"attachment; filename=candidate-{row.id}.json"
    return response


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/<int:candidate_id>/access")(access_page)
    bp.get("/<int:candidate_id>/access.json")(access_file)
