"""The leaderboard, and the ledger rows behind every total on it."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request

from app import clock
from app.blueprints.board import view
from app.blueprints.board.asked import Asked
from app.domain.agency.team import team
from app.domain.game.explain import explain
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.web.htmx import wants_part
from app.web.language import zone_name
from app.words import board as words

bp = Blueprint("board", __name__, url_prefix="/board")
TAG = "HX-PTag"


@bp.get("")
@auth.signed_in
def board() -> Response:
    asked, program = _asked(), found(the_program())
    shown = asked.board(program.id, auth.person())
    tag = view.tag(shown, asked.today)
    if wants_part() and request.headers.get(TAG) == tag:
        return Response(status=304)
    template = "board/_board.html" if wants_part() else "board/page.html"
    facts = {"risen": view.movement(shown, asked.today), "lines": view.with_lines(shown), "team": _team_name(asked)}
    page = make_response(render_template(template, asked=asked, board=shown, tag=tag, words=words, **facts))
    page.headers[TAG] = tag
    return page


@bp.get("/people/<int:person_id>")
@auth.signed_in
def person(person_id: int) -> str:
    asked, program = _asked(), found(the_program())
    explained = found(
        explain(
            program.id,
            asked.period,
            asked.on,
            viewer=auth.person(),
            person_id=person_id,
            team_id=asked.team,
            number=request.args.get("page", 1, int),
        )
    )
    return render_template("board/person.html", asked=asked, explained=explained, words=words)


def _team_name(asked: Asked) -> str | None:
    return found(team(asked.team)).name if asked.team and asked.scope == "people" else None


def _asked() -> Asked:
    return Asked.of(request.args, clock.local_day(clock.now(), ZoneInfo(zone_name())))
