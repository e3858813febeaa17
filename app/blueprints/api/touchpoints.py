"""What candidates did, through the API: told by somebody, as by hand on the pages; systems send it to the intake."""

from typing import Any
from uuid import uuid4

from marshmallow import Schema, fields

from app import clock
from app.blueprints.api import refusal
from app.blueprints.api.candidate_schemas import CarefulBody
from app.blueprints.api.candidates import held, seen, telling
from app.blueprints.api.contract import shape, unusable
from app.blueprints.api.fields import Moment, Text
from app.blueprints.api.once import once, ones_own, own_id
from app.blueprints.api.paging import PageBody, Part, part_of, part_schema
from app.blueprints.api.refusal import Refusal
from app.domain.actions import response
from app.domain.agency.api_token import Scope
from app.domain.journey import heard, touchpoint_kind
from app.domain.journey.touchpoint import MOST_AHEAD, Hit, Touchpoint
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.forms import THINKABLE

SOURCE = "api"
"""Who told it, beside the systems of the intake."""


class NewTouchpoint(CarefulBody):
    """What a candidate did; under one external id it counts once."""

    NOTES = ("note",)

    kind = Text(80, required=True)
    occurred_at = Moment(load_default=None, allow_none=True)
    note = Text(200, load_default="")
    external_id = Text(100, load_default="")


class TouchpointTold(Schema):
    """What a candidate did."""

    id = fields.Integer()
    candidate_id = fields.Integer()
    kind = fields.String()
    occurred_at = Moment()
    received_at = Moment()
    source = fields.String()
    external_id = fields.String(allow_none=True)
    note = fields.String()
    verdict = fields.String()
    vacancy = fields.String(allow_none=True)
    recorded_by_id = fields.Integer(allow_none=True)
    reversed_at = Moment(allow_none=True)


TOLD = frozenset(TouchpointTold().fields) - {"note", "external_id"}


@shape.needs(Scope.TOUCHPOINTS_READ)
@shape.takes(PageBody, location="query")
@shape.answers(200, part_schema(TouchpointTold))
def listed(asked: dict[str, Any], candidate_id: int) -> Part[dict[str, Any]]:
    """A page of what a candidate did."""
    whose = seen(candidate_id).id
    part = part_of(asked, lambda after, limit: heard.after(whose, after, limit), lambda one: one.id)
    return telling(candidate_id, Part([told(each) for each in part.items], part.next))


@shape.needs(Scope.TOUCHPOINTS_WRITE)
@shape.takes(NewTouchpoint)
@shape.answers(201, TouchpointTold)
def record(body: dict[str, Any], candidate_id: int) -> dict[str, Any]:
    """Take in what a candidate did: the score follows at once."""
    return told(_one(once(lambda: _record(body, candidate_id))))


@shape.needs(Scope.TOUCHPOINTS_WRITE)
@shape.answers(200, TouchpointTold)
def take_back(touchpoint_id: int) -> dict[str, Any]:
    """Reverse what one's own program told."""
    if not _mine(_one(touchpoint_id)):
        raise Refusal(refusal.CONFLICT, _("This is not yours to take back."))

    def reverse() -> int:
        response.take_back(touchpoint_id, clock.now())
        return touchpoint_id

    return told(_one(once(reverse, 200)))


def told(row: Touchpoint) -> dict[str, Any]:
    """A touchpoint with its note; its id elsewhere is told to whose program told it."""
    columns = {name: getattr(row, name) for name in TOLD}
    note = str((row.payload or {}).get("note", ""))
    return columns | {"note": note, "external_id": own_id(row.external_id) if _mine(row) else None}


def _one(touchpoint_id: int) -> Touchpoint:
    return found(heard.visible_to(auth.person(), touchpoint_id))


def _mine(row: Touchpoint) -> bool:
    return row.source == SOURCE and row.recorded_by_id == auth.person().id


def _check(body: dict[str, Any]) -> None:
    if body["kind"] not in {kind.code for kind in touchpoint_kind.known()}:
        raise unusable({"kind": [_("There is no such kind of touchpoint.")]})
    at = body["occurred_at"]
    if at is not None and at > clock.now() + MOST_AHEAD:
        raise unusable({"occurred_at": [_("This is still to come.")]})
    if at is not None and at.year < THINKABLE.start:
        raise unusable({"occurred_at": [_("This is too long ago.")]})


def _record(body: dict[str, Any], candidate_id: int) -> int:
    person, now, sent = auth.person(), clock.now(), body["external_id"]
    _check(body)
    name = ones_own(person, sent or uuid4().hex)
    payload = {"note": body["note"]} if body["note"] else None
    hit = Hit(
        held(candidate_id).id, body["kind"], body["occurred_at"] or now, SOURCE, name, "human", payload, person.id
    )
    response.take_in(hit, now)
    row = found(heard.under(SOURCE, name))
    if (row.candidate_id, row.kind) != (candidate_id, body["kind"]):
        raise Refusal(refusal.CONFLICT, _("Under this external id something else was told before."))
    return row.id
