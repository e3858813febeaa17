"""The page of one competition: how it stands, its prizes, and what came of it."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import make_response, render_template, request
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contests.announced import headline, winners
from app.blueprints.contests.forms import DecisionForm, DisputeForm
from app.blueprints.contests.standing import Stand, stand
from app.domain.agency.person import Person, names_of
from app.domain.game.competing import disputing, scoreboard, winnings
from app.domain.game.competing.amending import amendments_of
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.competition import State
from app.domain.game.competing.draft import may_run
from app.domain.game.competing.finalising import TO_OBJECT
from app.domain.game.competing.prize import prizes_of
from app.domain.game.competing.result import Dispute, Result
from app.domain.game.competing.seeing import may_download, shown_to
from app.domain.game.competing.shown import RUNNING
from app.domain.game.running import RUNS
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.web.htmx import wants_part
from app.web.language import zone_name

TAG = "HX-PTag"


class Said(NamedTuple):
    """An objection with who made it; `form` is there for who may answer it, as long as it waits."""

    row: Dispute
    name: str
    form: DecisionForm | None


def asked_for(competition_id: int) -> Asked:
    """What is not for whoever asks is not there; of a draft that is everybody who does not run it."""
    viewer = auth.person()
    competition = found(shown_to(viewer, competition_id))
    everyone = request.args.get("show") == "everyone"
    return Asked(competition, found(the_program()), viewer, clock.now(), ZoneInfo(zone_name()), everyone)


def show(asked: Asked, dispute: DisputeForm | None = None, decision: DecisionForm | None = None) -> Answer:
    """The page, or of one that runs the part that moves; nothing when that is as it was.

    With a form that could not be taken it is the page with that form again.
    """
    result = scoreboard.result_of(asked.competition)
    seen = stand(asked, result)
    tag = seen.tag(asked.now.date())
    if wants_part() and request.headers.get(TAG) == tag:
        return make_response("", 304)
    facts = {"asked": asked, "competition": asked.competition, "seen": seen, "tag": tag, "live": seen.state in RUNNING}
    if wants_part():
        page = make_response(render_template("contests/_standing.html", **facts))
    else:
        around = _around(asked, result) | {"won": _won(asked, result, seen)} | _objections(asked, seen, decision)
        html = render_template("contests/page.html", **facts, **around, form=dispute or DisputeForm())
        page = make_response(html, 422 if dispute or decision else 200)
    page.headers[TAG] = tag
    return page


def _around(asked: Asked, result: Result | None) -> dict[str, object]:
    """What stands around it and does not move by itself."""
    competition = asked.competition
    prizes = prizes_of(competition.id)
    facts = {"prizes": prizes, "runs": may_run(asked.viewer, competition), "result": result, "winners": []}
    facts["downloads"] = may_download(asked.viewer, competition)
    if result is None:
        return facts
    amendments = amendments_of(competition.id) if result.final else []
    said = {"headline": headline(asked, result), "winners": winners(asked, result, prizes)}
    return facts | said | {"amendments": amendments}


def _won(asked: Asked, result: Result | None, seen: Stand) -> bool:
    """Whether whoever looks won it, for good."""
    final = result is not None and result.final and seen.takes_part
    return bool(final and result and seen.entrant and winnings.is_winner(asked.competition, result, seen.entrant))


def _objections(asked: Asked, seen: Stand, typed: DecisionForm | None) -> dict[str, object]:
    """Everybody's for who decides, else one's own; and whether one may object now."""
    competition, viewer = asked.competition, asked.viewer
    if competition.reviewed_at is None:
        return {"disputes": [], "may_object": False}
    decides = viewer.role in RUNS
    rows = [row for row in disputing.disputes_of(competition.id) if decides or row.person_id == viewer.id]
    names = names_of({row.person_id for row in rows}) if rows else {}
    in_time = seen.state == State.REVIEW and asked.now < competition.reviewed_at + TO_OBJECT
    waits = any(row.decided_at is None and row.person_id == viewer.id for row in rows)
    said = [
        Said(row, names[row.person_id], _answering(row, typed, may=decides and _may_answer(row, seen, viewer)))
        for row in rows
    ]
    return {"disputes": said, "decides": decides, "may_object": in_time and seen.takes_part and not waits}


def _may_answer(row: Dispute, seen: Stand, viewer: Person) -> bool:
    """Never one's own, nor where one takes part oneself."""
    return row.decided_at is None and row.person_id != viewer.id and not seen.takes_part


def _answering(row: Dispute, typed: DecisionForm | None, *, may: bool) -> DecisionForm | None:
    """What was typed stays there, also when it came too late."""
    blank = DecisionForm.of(row.id)
    if typed is not None and typed.answer.name == blank.answer.name:
        return typed
    return blank if may else None
