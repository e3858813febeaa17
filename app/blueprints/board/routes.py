"""The leaderboard, and the ledger rows behind every total on it."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request

from app import clock
from app.blueprints.board import appearing, explaining, menu, view
from app.blueprints.board.asked import Asked
from app.blueprints.board.boards import board_of
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.web.htmx import wants_part
from app.web.language import zone_name
from app.words import board as words

bp = Blueprint("board", __name__, url_prefix="/board")
bp.context_processor(lambda: {"words": words})
TAG = "HX-PTag"


@bp.get("")
@auth.signed_in
def board() -> Response:
    asked, now = _asked(), clock.now()
    shown = board_of(asked, auth.person())
    question = appearing.question(asked.program, auth.person())
    seen = view.seen(asked, shown, auth.person(), now, question)
    if wants_part() and request.headers.get(TAG) == seen.tag:
        return Response(status=304)
    template = "board/_board.html" if wants_part() else "board/page.html"
    facts = {"asked": asked, "seen": seen, "question": question, "menu": menu.menu(asked, auth.person())}
    page = make_response(render_template(template, board=shown, **facts))
    page.headers[TAG] = seen.tag
    return page


@bp.get("/people/<int:person_id>")
@auth.signed_in
def person(person_id: int) -> str:
    return explaining.page(_asked(), person_id)


def _asked() -> Asked:
    return Asked.of(request.args, found(the_program()), clock.local_day(clock.now(), ZoneInfo(zone_name())))


bp.add_url_rule("/appearance", "choose", appearing.choose, methods=["POST"])
