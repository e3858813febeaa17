"""The leaderboard and competitions through the API: what the person of the token may see of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from marshmallow import Schema, fields

from app import clock
from app.blueprints.api.candidate_schemas import one_of
from app.blueprints.api.contract import shape, unusable
from app.blueprints.api.fields import Body
from app.blueprints.api.paging import PageBody, Part, part_of, part_schema
from app.clock import Period
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.game.competing import scoreboard, seeing
from app.domain.game.competing.competition import Competition, State
from app.domain.game.competing.life import state_of
from app.domain.game.excerpt import BoardKey
from app.domain.game.leaderboard import Board, people_board, team_board
from app.domain.game.running_total import PERIODS
from app.domain.program import season
from app.domain.program.program import Program, the_program
from app.language import current
from app.language import gettext as _
from app.web import auth
from app.web.errors import found

OLDEST = date(2000, 1, 3)


class BoardAsked(Body):
    """Which board; `day` is any day of its week, month or season, today if left out."""

    period = fields.String(load_default="week", validate=one_of(["week", "month", "season"]))
    day = fields.Date(load_default=None)


class RowTold(Schema):
    """A line of a board; without a name it is a colleague who is not named, `score` is in hundredths."""

    place = fields.Integer(allow_none=True)
    shared = fields.Boolean()
    name = fields.String(allow_none=True)
    score = fields.Integer()
    me = fields.Boolean()


class MineTold(Schema):
    """Where one stands; `gap` is how many points bring `next_place`."""

    points = fields.Integer()
    place = fields.Integer(allow_none=True)
    gap = fields.Integer(allow_none=True)
    next_place = fields.Integer(allow_none=True)


class BoardTold(Schema):
    """A board near oneself; not `compared`: people are not, and only one's own points are on it."""

    scope = fields.String()
    first = fields.Date()
    last = fields.Date()
    compared = fields.Boolean()
    rows = fields.List(fields.Nested(RowTold))
    mine = fields.Nested(MineTold)


class ContestTold(Schema):
    """A competition."""

    id = fields.Integer()
    name = fields.String()
    about = fields.String()
    format = fields.String()
    metric = fields.String()
    first = fields.Date()
    last = fields.Date()
    state = fields.String()
    takes_part = fields.Boolean()


@shape.needs(Scope.BOARDS_READ)
@shape.takes(BoardAsked, location="query")
@shape.answers(200, BoardTold)
def people(asked: dict[str, Any]) -> dict[str, Any]:
    """The board of people."""
    program, key, dates = _board(asked)
    return _told(people_board(program, key, dates, viewer=auth.person(), language=current(), today=_today()))


@shape.needs(Scope.BOARDS_READ)
@shape.takes(BoardAsked, location="query")
@shape.answers(200, BoardTold)
def teams(asked: dict[str, Any]) -> dict[str, Any]:
    """The board of teams."""
    program, key, dates = _board(asked)
    return _told(team_board(program, key, dates, viewer=auth.person()))


@shape.needs(Scope.BOARDS_READ)
@shape.takes(PageBody, location="query")
@shape.answers(200, part_schema(ContestTold))
def contests(asked: dict[str, Any]) -> Part[dict[str, Any]]:
    """A page of the competitions that one may see, the last made first."""
    part = part_of(asked, lambda after, limit: seeing.after(auth.person(), after, limit), lambda row: row.id)
    return Part(_contests([row for row in part.items if seeing.is_shown_to(auth.person(), row)]), part.next)


@shape.needs(Scope.BOARDS_READ)
@shape.answers(200, ContestTold)
def contest(competition_id: int) -> dict[str, Any]:
    """One of them."""
    return _contests([found(seeing.shown_to(auth.person(), competition_id))])[0]


def _board(asked: dict[str, Any]) -> tuple[Program, BoardKey, Period]:
    """Of which program, which board, and its days."""
    program, dates = _program(), _dates(asked)
    return program, BoardKey(program.id, asked["period"], dates.start), dates


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


def _dates(asked: dict[str, Any]) -> Period:
    today = _today()
    day = asked["day"] or today
    if not OLDEST <= day <= today:
        raise unusable({"day": [_("There is no board of that day.")]})
    if asked["period"] != "season":
        return PERIODS[asked["period"]](day)
    begun = [span.dates for span in season.spans(_program().id) if span.dates.start <= day]
    if not begun:
        raise unusable({"day": [_("There is no board of that day.")]})
    return begun[-1]


def _program() -> Program:
    return found(the_program())


def _told(board: Board) -> dict[str, Any]:
    dates = {"first": board.dates.start, "last": board.dates.end - clock.DAY}
    return {"scope": board.scope, "compared": board.compared, "rows": board.rows, "mine": board.mine} | dates


def _contests(rows: Sequence[Competition]) -> list[dict[str, Any]]:
    viewer, now, zone = auth.person(), clock.now(), the_zone()
    entries = scoreboard.entries_of(viewer.id, [row.id for row in rows])
    mine = {each for each, entry in entries.items() if entry.takes_part}
    return [_contest(row, state_of(row, now, zone)) | {"takes_part": row.id in mine} for row in rows]


def _contest(row: Competition, state: State) -> dict[str, Any]:
    names = ("id", "name", "about", "format", "metric", "first", "last")
    return {name: getattr(row, name) for name in names} | {"state": str(state)}
