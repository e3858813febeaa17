"""What one has to know to ask for anything else: who one is, and which kinds, people, teams and branches there are."""

from typing import Any

from marshmallow import Schema, fields

from app import clock
from app.blueprints.api.contract import shape
from app.blueprints.api.fields import Moment
from app.blueprints.api.paging import PageBody, Part, part_of, part_schema
from app.domain.agency import team
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person
from app.domain.agency.team import Branch, Team
from app.domain.candidates import in_turn
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


class TeamTold(Schema):
    """A team of a branch."""

    id = fields.Integer()
    name = fields.String()
    branch_id = fields.Integer()


class BranchTold(Schema):
    """A branch."""

    id = fields.Integer()
    name = fields.String()


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
@shape.takes(PageBody, location="query")
@shape.answers(200, part_schema(PersonTold))
def people(asked: dict[str, Any]) -> Part[Person]:
    """A page of who may look after candidates."""
    return part_of(asked, in_turn.owners, lambda row: row.id)


@shape.needs(None)
@shape.takes(PageBody, location="query")
@shape.answers(200, part_schema(TeamTold))
def teams(asked: dict[str, Any]) -> Part[Team]:
    """A page of the teams of all branches."""
    return part_of(asked, team.teams_after, lambda row: row.id)


@shape.needs(None)
@shape.takes(PageBody, location="query")
@shape.answers(200, part_schema(BranchTold))
def branches(asked: dict[str, Any]) -> Part[Branch]:
    """A page of the branches."""
    return part_of(asked, team.branches_after, lambda row: row.id)


def _kind(kind: TouchpointKind) -> dict[str, str]:
    return {"code": kind.code, "label": kind_label(kind)}
