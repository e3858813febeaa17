"""The journey map, the candidates behind each of its figures, and what candidates thought of us."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.journey.asked import Asked, asked, scope, segments
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.candidates import segment
from app.domain.candidates.candidate import SEES_ALL, Candidate, Stage
from app.domain.candidates.label import OFFERED, offered
from app.domain.candidates.narrowing import values_of
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.oversight.contact_point import Side
from app.domain.oversight.journey_map import Station, draw
from app.domain.oversight.journey_scope import Span
from app.domain.oversight.journey_step import Fate, Step, passers
from app.domain.oversight.put_right import put_right
from app.domain.oversight.satisfaction import satisfaction
from app.domain.program.action_kind import ActionKind
from app.language import gettext as _
from app.web import auth
from app.web.htmx import part, wants_part
from app.words import feedback, journey
from app.words.candidates import stage_label
from app.words.feedback import stage_heading
from app.words.pool import segment_label

bp = Blueprint("journey", __name__, url_prefix="/journey")
allowed = auth.only(Role.LEAD, Role.SPONSOR, Role.ADMIN)


@bp.get("")
@allowed
def index() -> Response:
    """Every stage with its contact points, of a period and a part of the pool."""
    person, question = auth.person(), asked()
    stations = draw(scope(person, question))
    facts = {"stations": stations, "kinds": _kinds(), "highest": _highest(stations), "question": question}
    return _answer("map", person, question, facts)


@bp.get("/feedback")
@allowed
def results() -> Response:
    """What candidates answered, and what was put right."""
    person, question = auth.person(), asked()
    which = scope(person, question)
    facts = {"told": satisfaction(which), "right": put_right(which, clock.now()), "question": question}
    return _answer("feedback", person, question, facts)


@bp.get("/step")
@allowed
def step() -> str | Answer:
    """The candidates whom a figure counts, as far as this person may see them; without a figure it is the map."""
    person, question, which = auth.person(), asked(), _step()
    if which is None:
        return redirect(url_for("journey.index", **question.address), 303)
    number = max(request.args.get("page", 1, int), 1)
    page = passers(person, scope(person, question), which, number)
    return render_template("journey/step.html", page=page, number=number, which=which, **_told(which, question))


def _told(which: Step, question: Asked) -> dict[str, object]:
    """What the page says of itself, and how it is asked for again."""
    return {
        "title": _title(which),
        "question": question,
        "asked": {name: request.args[name] for name in ("stage", "fate", "side", "code") if name in request.args},
        "words": journey,
        "stage_label": stage_label,
    }


def _step() -> Step | None:
    """The figure that an address names; None when there is no such figure."""
    stage, fate, side = (request.args.get(name, "") for name in ("stage", "fate", "side"))
    if stage not in set(Stage):
        return None
    if fate in set(Fate):
        return Step(Stage(stage), fate=Fate(fate))
    code = request.args.get("code", "")[:80]
    return Step(Stage(stage), side=Side(side), code=code) if side in set(Side) and code else None


def _title(which: Step) -> str:
    name = journey.fate_label(which.fate) if which.fate else ""
    return name or journey.point_label(which.side or Side.THEY, which.code, _kinds())


def _answer(name: str, person: Person, question: Asked, facts: dict[str, object]) -> Response:
    """The page, or only its part when a filter was changed."""
    facts |= {"words": journey, "feedback": feedback, "stage_heading": stage_heading, "sides": list(Side)}
    if wants_part():
        url = url_for(request.endpoint or "journey.index", **question.address)
        return part(render_template(f"journey/_{name}.html", **facts), url=url)
    return make_response(render_template(f"journey/{name}.html", **facts, **_choices(person)))


def _choices(person: Person) -> dict[str, object]:
    """What the filters offer; regions only to whoever sees the whole agency."""
    own = [(str(row.id), row.name) for row in segments(person)]
    return {
        "spans": [(str(span), journey.span_label(span)) for span in Span],
        "segments": [("", _("Everybody")), *((name, segment_label(name)) for name in segment.BUILT_IN), *own],
        "regions": values_of(Candidate.region, OFFERED) if person.role in SEES_ALL else [],
        "labels": {str(kind): names for kind, names in offered().items()},
    }


def _kinds() -> journey.Kinds:
    """Every kind by its side and code."""
    they = db.session.scalars(select(TouchpointKind).limit(500))
    we = db.session.scalars(select(ActionKind).limit(500))
    return {(Side.THEY, kind.code): kind for kind in they} | {(Side.WE, kind.code): kind for kind in we}


def _highest(stations: list[Station]) -> int:
    """Against which a bar of the map is drawn."""
    return max((station.flow.entered for station in stations), default=0) or 1
