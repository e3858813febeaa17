"""What one has to know to ask for anything else: who one is, and which kinds, people and teams there are."""

from typing import Any

from marshmallow import Schema, fields

from app import clock
from app.blueprints.api.contract import shape
from app.blueprints.api.fields import Moment
from app.blueprints.api.paging import Part, part_schema
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person
from app.domain.candidates import candidate
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.program.kind_rule import offered
from app.domain.program.program import the_program
from app.language import current
from app.web import auth
from app.web.errors import found
from app.words.score import kind_label


class MeTold(Schema):
    """Whose token it is, what it may and until when."""

    person_id = fields.Integer()
    name = fields.String()
    role = fields.String()
    token = fields.String()
    scopes = fields.List(fields.String())
    expires_at = Moment()


class KindTold(Schema):
    """A kind by its code, as one is told it."""

    code = fields.String()
    label = fields.String()


class PersonTold(Schema):
    """A colleague who may look after candidates."""

    id = fields.Integer()
    name = fields.String()
    team_id = fields.Integer(allow_none=True)


@shape.needs(None)
@shape.answers(200, MeTold)
def me() -> dict[str, Any]:
    """Who one is here."""
    person, token = auth.person(), found(auth.token())
    whose = {"person_id": person.id, "name": person.name, "role": person.role}
    return whose | {"token": token.name, "scopes": token.scopes.split(), "expires_at": token.expires_at}


@shape.needs(Scope.ACTIONS_READ)
@shape.answers(200, part_schema(KindTold))
def action_kinds() -> Part[dict[str, str]]:
    """What can be logged today with the outcome done."""
    today, dutch = clock.local_day(clock.now(), the_zone()), current() == "nl"
    rules = offered(found(the_program()).id, today, auth.person().role)
    return Part([{"code": each.code, "label": each.label_nl if dutch else each.label_en} for each in rules], None)


@shape.needs(Scope.TOUCHPOINTS_READ)
@shape.answers(200, part_schema(KindTold))
def touchpoint_kinds() -> Part[dict[str, str]]:
    """What candidates do."""
    return Part([_kind(each) for each in touchpoint_kind.known()], None)


@shape.needs(Scope.CANDIDATES_READ)
@shape.answers(200, part_schema(PersonTold))
def people() -> Part[Person]:
    """Who may look after candidates."""
    return Part(candidate.possible_owners(), None)


def _kind(kind: TouchpointKind) -> dict[str, str]:
    return {"code": kind.code, "label": kind_label(kind)}
