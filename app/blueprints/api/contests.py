"""How a competition stands and what came of it, through the API: what its page tells the person of the token."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response

from app import clock
from app.blueprints.api.contest_schemas import ResultTold, SnapshotTold, StandingTold
from app.blueprints.api.contract import shape
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.agency.naming import sort_name
from app.domain.game import appearance
from app.domain.game.competing import prize_winners, scoreboard, seeing
from app.domain.game.competing.amending import amendments_of
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.glance import COMPARED
from app.domain.game.competing.meeting import Meeting
from app.domain.game.competing.prize import prizes_of
from app.domain.game.competing.prize_winners import Winners
from app.domain.game.competing.result import Result, canonical
from app.domain.game.competing.shown import UNTOLD, Shown, shown
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.words.competition import outcome

Names = Mapping[int, str | None]


@shape.needs(Scope.BOARDS_READ)
@shape.answers(200, StandingTold)
def standing(competition_id: int) -> dict[str, Any]:
    """How it stands: as the ledger is now, or as the result says."""
    asked = _asked(competition_id)
    found(None if asked.state in UNTOLD else asked)
    return _standing(asked, shown(asked, scoreboard.result_of(asked.competition)))


@shape.needs(Scope.BOARDS_READ)
@shape.answers(200, ResultTold)
def result(competition_id: int) -> dict[str, Any]:
    """What came of it, provisionally first."""
    asked = _asked(competition_id)
    row = _result(asked.competition)
    told = scoreboard.told(row)
    return {
        "final": row.final,
        "made_at": row.made_at,
        "digest": row.digest if row.final else None,
        "outcome": outcome(asked.competition, told, prize_winners.names_of_first(asked, told)),
        "winners": [_winner(each) for each in prize_winners.winners(asked, row, prizes_of(competition_id))],
        "amendments": amendments_of(competition_id) if row.final else [],
    }


@shape.needs(Scope.BOARDS_READ)
@shape.answers(200, SnapshotTold)
def snapshot(competition_id: int) -> Response:
    """The result as it was hashed, byte by byte: for who may see people's points one by one."""
    competition = found(seeing.shown_to(auth.person(), competition_id))
    found(seeing.may_download(auth.person(), competition) or None)
    answer = make_response(canonical(_result(competition).body))
    answer.content_type = "application/json"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked(competition_id: int) -> Asked:
    viewer = auth.person()
    competition = found(seeing.shown_to(viewer, competition_id))
    return Asked(competition, found(the_program()), viewer, clock.now(), the_zone())


def _result(competition: Competition) -> Result:
    return found(scoreboard.result_of(competition))


def _standing(asked: Asked, seen: Shown) -> dict[str, Any]:
    of = {each for pairs in seen.met for pair in pairs for each in (pair.first, pair.second) if each}
    names = appearance.names_for(asked.program, asked.viewer, of | {*seen.in_draw})
    return {
        "state": str(seen.state),
        "people": seen.people,
        "together": seen.together,
        "goal": asked.competition.goal,
        "compared": seen.compared,
        "mine": _mine(asked, seen) if seen.takes_part else None,
        "rows": seen.rows,
        "sides": seen.sides,
        "rounds": [{"pairs": [_pair(pair, names, asked.viewer.id) for pair in pairs]} for pairs in seen.met],
        "draw": _draw(seen, names) if asked.competition.format == Format.THRESHOLD and seen.begun else None,
    }


def _mine(asked: Asked, seen: Shown) -> dict[str, Any]:
    """As on the page: one's place where people are ordered, that of one's side, or how far one is for the draw."""
    side, line, of = seen.side, seen.line, asked.competition.format
    above, missing = seen.next_place if seen.next_place and not seen.ended else (None, None)
    told = {"brought": seen.brought, "tickets": line.tickets if line else 0, "next_place": above, "missing": missing}
    if side:
        return told | {"place": side.place, "shared": side.shared, "score": side.score}
    place = line.place if line and of in COMPARED else None
    score = line.score if line and of in {*COMPARED, Format.THRESHOLD} else None
    return told | {"place": place, "shared": seen.shared, "score": score}


def _pair(pair: Meeting, names: Names, me: int) -> dict[str, Any]:
    told = (_one(each, pair, names, me) for each in (pair.first, pair.second))
    return dict(zip(("first", "second"), told, strict=True))


def _one(person_id: int | None, pair: Meeting, names: Names, me: int) -> dict[str, Any] | None:
    if person_id is None:
        return None
    score = pair.scores.get(person_id) if pair.of(me) else None
    mine = {"me": person_id == me, "ahead": person_id == pair.ahead}
    return {"name": names.get(person_id), "score": score} | mine


def _draw(seen: Shown, names: Names) -> dict[str, Any]:
    named = sorted((name for each in seen.in_draw if (name := names.get(each))), key=sort_name)
    return {"people": len(seen.in_draw), "names": named, "nameless": len(seen.in_draw) - len(named)}


def _winner(won: Winners) -> dict[str, Any]:
    prize = won.prize
    return {
        "prize": prize.title,
        "kind": prize.kind,
        "place": prize.place,
        "everybody": won.person_id is None,
        "name": won.name,
        "side": won.side or None,
        "me": won.of(auth.person().id),
        "people": len(won.rows),
        "cents": won.cents,
        "handed": won.handed,
    }
