"""What is told of how a competition stands, and of what came of it."""

from marshmallow import Schema, fields

from app.blueprints.api.fields import Moment


class PlaceTold(Schema):
    """A line of a competition; without a name it is a colleague who is not named, `score` is in hundredths."""

    place = fields.Integer(allow_none=True)
    shared = fields.Boolean()
    name = fields.String(allow_none=True)
    score = fields.Integer()
    me = fields.Boolean()


class SideTold(Schema):
    """A side; `people` is how many are on it."""

    id = fields.Integer(attribute="side_id")
    name = fields.String()
    people = fields.Integer()
    place = fields.Integer(allow_none=True)
    shared = fields.Boolean()
    score = fields.Integer()
    mine = fields.Boolean()


class MetTold(Schema):
    """One of two who meet; a score is told to the two of them alone, while it is counted."""

    name = fields.String(allow_none=True)
    me = fields.Boolean()
    ahead = fields.Boolean()
    score = fields.Integer(allow_none=True)


class PairTold(Schema):
    """Two who meet; where there is none it is nobody, and the other one goes on."""

    first = fields.Nested(MetTold, allow_none=True)
    second = fields.Nested(MetTold, allow_none=True)


class RoundTold(Schema):
    """The pairs of a round; head to head there is one."""

    pairs = fields.List(fields.Nested(PairTold))


class OwnTold(Schema):
    """How it stands for the token's person; in a competition of teams the place is that of their side."""

    brought = fields.Integer()
    place = fields.Integer(allow_none=True)
    shared = fields.Boolean()
    score = fields.Integer(allow_none=True)
    tickets = fields.Integer()
    next_place = fields.Integer(allow_none=True)
    missing = fields.Integer(allow_none=True)


class DrawTold(Schema):
    """Who is in the draw of a raffle; `nameless` are those beside the names."""

    people = fields.Integer()
    names = fields.List(fields.String())
    nameless = fields.Integer()


class StandingTold(Schema):
    """How a competition stands, of `rows`, `sides`, `rounds` and `draw` what its format has.

    Not `compared`: people are not, and only the token's person is in `rows`. `mine` is there for who takes part.
    """

    state = fields.String()
    people = fields.Integer()
    together = fields.Integer()
    goal = fields.Integer(allow_none=True)
    compared = fields.Boolean()
    mine = fields.Nested(OwnTold, allow_none=True)
    rows = fields.List(fields.Nested(PlaceTold))
    sides = fields.List(fields.Nested(SideTold))
    rounds = fields.List(fields.Nested(RoundTold))
    draw = fields.Nested(DrawTold, allow_none=True)


class WinnerTold(Schema):
    """A prize that was won: by one person, or by everybody on a side or who took part, each `cents`."""

    prize = fields.String()
    kind = fields.String()
    place = fields.Integer(allow_none=True)
    everybody = fields.Boolean()
    name = fields.String(allow_none=True)
    side = fields.String(allow_none=True)
    me = fields.Boolean()
    people = fields.Integer()
    cents = fields.Integer()
    handed = fields.Integer()


class AmendmentTold(Schema):
    """What was said of a result after it was final."""

    at = Moment(attribute="made_at")
    text = fields.String()


class ResultTold(Schema):
    """What came of a competition; one that is not `final` can still be objected to, and has no digest yet."""

    final = fields.Boolean()
    made_at = Moment()
    digest = fields.String(allow_none=True)
    outcome = fields.String()
    winners = fields.List(fields.Nested(WinnerTold))
    amendments = fields.List(fields.Nested(AmendmentTold))


class LineTold(Schema):
    """A person or a side with what they brought, weighed (`score`) and not (`counts`)."""

    subject_id = fields.Integer()
    place = fields.Integer()
    counts = fields.Integer()
    score = fields.Integer()
    tie = fields.Integer()
    available_days = fields.Integer()
    tickets = fields.Integer()


class PrizeTold(Schema):
    """A prize and who has it: a person, a side as a whole, or (neither) everybody."""

    prize_id = fields.Integer()
    cents = fields.Integer()
    person_id = fields.Integer(allow_none=True)
    side_id = fields.Integer(allow_none=True)


class SnapshotTold(Schema):
    """The result as its digest, a SHA-256, was taken of these bytes: everybody by their number, never by name."""

    competition = fields.Integer()
    format = fields.String()
    metric = fields.String()
    first = fields.Date()
    last = fields.Date()
    goal = fields.Integer(allow_none=True)
    together = fields.Integer()
    people = fields.List(fields.Nested(LineTold))
    sides = fields.List(fields.Nested(LineTold))
    prizes = fields.List(fields.Nested(PrizeTold))
    met = fields.List(fields.List(fields.List(fields.Integer(allow_none=True))))
    seed_hash = fields.String(allow_none=True)
