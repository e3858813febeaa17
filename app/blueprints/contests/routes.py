"""Competitions: all of them, and each with how it stands, its rules, its draw and its result."""

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contests import drawn, entering, objecting, showing
from app.blueprints.contests.cards import A_PAGE, Moment, cards
from app.blueprints.contests.showing import asked_for
from app.blueprints.contests.standing import stand
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game.competing import scoreboard
from app.domain.game.competing.amending import amendments_of
from app.domain.game.competing.prize import prizes_of
from app.domain.game.competing.result import canonical
from app.domain.game.competing.seeing import may_download
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.words import board, competition_formats, competition_gaps, competition_prizes, duels
from app.words import competition as words
from app.words.competition_rules import rules_of
from app.words.money import euros

bp = Blueprint("contests", __name__, url_prefix="/contests")
bp.context_processor(
    lambda: {
        "words": words,
        "board": board,
        "formats": competition_formats,
        "duel_words": duels,
        "gaps": competition_gaps,
        "prizes_words": competition_prizes,
        "euros": euros,
    }
)
MAKES = frozenset({Role.LEAD, Role.SPONSOR, Role.ADMIN})


@bp.get("")
@auth.signed_in
def index() -> str:
    viewer, moment = auth.person(), Moment(clock.now(), the_zone())
    page = max(request.args.get("page", 1, int), 1)
    shown = cards(found(the_program()), viewer, moment, page)
    today = clock.local_day(*moment)
    makes = viewer.role in MAKES
    return render_template("contests/index.html", cards=shown, today=today, page=page, makes=makes, a_page=A_PAGE)


@bp.get("/<int:competition_id>")
@auth.signed_in
def page(competition_id: int) -> Answer:
    return showing.show(asked_for(competition_id))


@bp.get("/<int:competition_id>/mine")
@auth.signed_in
def mine(competition_id: int) -> str:
    """How it stands for whoever looks, in a line or two."""
    asked = asked_for(competition_id)
    seen = stand(asked, scoreboard.result_of(asked.competition))
    return render_template("contests/_mine.html", competition=asked.competition, seen=seen)


@bp.get("/<int:competition_id>/rules")
@auth.signed_in
def rules(competition_id: int) -> str:
    asked = asked_for(competition_id)
    row = asked.competition
    return render_template(
        "contests/rules.html",
        competition=row,
        rules=rules_of(row, prizes_of(row.id)),
        amendments=amendments_of(row.id),
    )


@bp.get("/<int:competition_id>/result.json")
@auth.signed_in
def result_file(competition_id: int) -> Response:
    """The snapshot as it was hashed. It has everybody's points and days, so it is for who may see those of people."""
    asked = asked_for(competition_id)
    found(may_download(asked.viewer, asked.competition) or None)
    result = found(scoreboard.result_of(asked.competition))
    answer = make_response(canonical(result.body))
    answer.content_type = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="competition-{competition_id}.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


for rule, name, view, methods in (
    ("/<int:competition_id>/raffle", "raffle", drawn.page, ["GET"]),
    ("/<int:competition_id>/entry", "join", entering.join, ["POST"]),
    ("/<int:competition_id>/withdrawal", "decline", entering.decline, ["POST"]),
    ("/<int:competition_id>/sides", "sides", entering.sides, ["GET", "POST"]),
    ("/<int:competition_id>/disputes", "dispute", objecting.dispute, ["POST"]),
    ("/<int:competition_id>/disputes/<int:dispute_id>/decision", "decide", objecting.decide, ["POST"]),
):
    bp.add_url_rule(rule, name, view, methods=methods)
