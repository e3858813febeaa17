"""Under which numbers other systems know a candidate, through the API."""

from typing import Any

from marshmallow import Schema, fields, validate

from app import clock
from app.blueprints.api import refusal
from app.blueprints.api.candidate_schemas import one_of
from app.blueprints.api.candidates import held, seen, telling
from app.blueprints.api.contract import shape, unusable
from app.blueprints.api.fields import Body, Moment, Text
from app.blueprints.api.once import once
from app.blueprints.api.paging import Part, part_schema
from app.blueprints.api.refusal import Refusal
from app.domain.agency.api_token import Scope
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import LONGEST, NUMBER, Crm, CrmId, Full, Taken
from app.language import lazy_gettext as _l
from app.web.errors import found
from app.words.vendors import crm_refusal


class NewCrmId(Body):
    """A number that another system gave somebody."""

    crm = fields.String(required=True, validate=one_of([str(each) for each in Crm]))
    number = Text(
        LONGEST,
        required=True,
        validate=validate.Regexp(
            f"^{NUMBER.pattern}$", error=_l("A number has digits alone, and does not begin with 0.")
        ),
    )


class CrmIdTold(Schema):
    """A number as it is kept."""

    id = fields.Integer()
    crm = fields.String()
    number = fields.String()
    origin = fields.String()
    added_at = Moment()


@shape.needs(Scope.CANDIDATES_READ)
@shape.answers(200, part_schema(CrmIdTold))
def listed(candidate_id: int) -> Part[CrmId]:
    """Every number of a candidate in other systems."""
    return telling(candidate_id, Part(crm_id.ids_of(seen(candidate_id).id), None))


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.takes(NewCrmId)
@shape.answers(201, CrmIdTold)
def give(body: dict[str, Any], candidate_id: int) -> CrmId:
    """One more; one that is theirs already is the same one."""
    seen(candidate_id)

    def added() -> int:
        return _given(candidate_id, body).id

    return _one(candidate_id, once(added))


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.answers(204)
def take_away(candidate_id: int, number_id: int) -> None:
    """Forget a number that is not theirs."""

    def remove() -> int:
        crm_id.take_away(found(crm_id.one_of(held(candidate_id).id, number_id)), clock.now())
        return number_id

    once(remove, 204)


def _one(candidate_id: int, number_id: int) -> CrmId:
    return found(crm_id.one_of(seen(candidate_id).id, number_id))


def _given(candidate_id: int, body: dict[str, Any]) -> CrmId:
    whose = held(candidate_id).id
    try:
        return crm_id.give(whose, Crm(body["crm"]), body["number"], origin="api", now=clock.now())
    except Taken as why:
        raise Refusal(refusal.CONFLICT, crm_refusal(why), {"number": [crm_refusal(why)]}) from None
    except Full as why:
        raise unusable({"number": [crm_refusal(why)]}) from None
