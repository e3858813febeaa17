"""The sponsor's figures through the API: what the page says, naming nobody."""

from typing import Any

from marshmallow import fields

from app import clock
from app.blueprints.api.candidate_schemas import one_of
from app.blueprints.api.contract import shape
from app.blueprints.api.fields import Body, Number
from app.blueprints.api.figure_schemas import FiguresTold
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Role
from app.domain.oversight import sponsor_page
from app.domain.oversight.scope import Question, Span
from app.web import auth
from app.words.sponsor_facts import closed_facts, facts

SEES_FIGURES = frozenset({Role.SPONSOR, Role.ADMIN})


class FiguresAsked(Body):
    """Of which period, and of which team or branch."""

    period = fields.String(load_default=str(Span.MONTH), validate=one_of([str(span) for span in Span]))
    team_id = Number(1, strict=False, load_default=None)
    branch_id = Number(1, strict=False, load_default=None)


@shape.needs(Scope.FIGURES_READ, SEES_FIGURES)
@shape.takes(FiguresAsked, location="query")
@shape.answers(200, FiguresTold)
def told(asked: dict[str, Any]) -> dict[str, Any]:
    """Every figure with the period before, the verdict, who waits, blocks, attention and the budget."""
    question = Question(Span(asked["period"]), asked["team_id"], asked["branch_id"])
    which = sponsor_page.ask(auth.person(), question, clock.now(), the_zone())
    return closed_facts(which) if which.closed else facts(sponsor_page.draw(which))
