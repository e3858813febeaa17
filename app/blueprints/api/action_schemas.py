"""What is told and taken of actions and promises."""

from marshmallow import Schema, fields

from app.blueprints.api.candidate_schemas import REACHABLE, CarefulBody, one_of
from app.blueprints.api.fields import Lines, Moment, Number, Text
from app.blueprints.api.paging import PageBody
from app.domain.actions.outcome import Outcome
from app.language import lazy_gettext as _l


class NewAction(CarefulBody):
    """What somebody did for a candidate; with the outcome "done" the kind says what."""

    NOTES = ("note",)

    candidate_id = Number(1, required=True)
    outcome = fields.String(required=True, validate=one_of([str(outcome) for outcome in Outcome]))
    kind = Text(
        40, load_default=None, metadata={"description": _l("The code of what was done, with the outcome done.")}
    )
    channel = fields.String(load_default=None, allow_none=True, validate=one_of(REACHABLE))
    occurred_at = Moment(
        load_default=None,
        allow_none=True,
        metadata={"description": _l("Of the last seven days; now if left out.")},
    )
    note = Lines(2000, load_default="")
    promise_at = Moment(load_default=None, allow_none=True)
    promise_channel = fields.String(load_default=None, allow_none=True, validate=one_of(REACHABLE))
    external_id = Text(
        100, load_default=None, metadata={"description": _l("Its id in your own system: it counts once under that.")}
    )


class OfCandidate(PageBody):
    """Whose: one's own, or those of one candidate."""

    candidate_id = Number(1, strict=False, load_default=None)


class ActionsAsked(OfCandidate):
    """Which actions."""

    updated_since = Moment(
        load_default=None,
        metadata={"description": _l("Only what was logged or taken back from this moment on, also by colleagues.")},
    )


class ActionTold(Schema):
    """What somebody did for a candidate; of one's own what it earned when it was recorded."""

    id = fields.Integer()
    person_id = fields.Integer(allow_none=True)
    candidate_id = fields.Integer()
    kind = fields.String()
    outcome = fields.String()
    channel = fields.String(allow_none=True)
    occurred_at = Moment()
    recorded_at = Moment()
    source = fields.String()
    external_id = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    points = fields.Integer(allow_none=True)
    award_reason = fields.String(allow_none=True)
    undone_at = Moment(allow_none=True)


class PromiseTold(Schema):
    """What was agreed."""

    id = fields.Integer()
    person_id = fields.Integer(allow_none=True)
    candidate_id = fields.Integer()
    due_at = Moment()
    channel = fields.String(allow_none=True)
    made_at = Moment()
    kept_at = Moment(allow_none=True)
    withdrawn_at = Moment(allow_none=True)
