"""What is told of the sponsor's figures: null is what has no value, or would tell of fewer than five people."""

from typing import Any

from marshmallow import Schema, fields

DAY, MOMENT = {"format": "date"}, {"format": "date-time"}
"""They come as text."""


def number() -> fields.Field[Any]:
    """A figure as it is, whole or not."""
    return fields.Raw(allow_none=True, metadata={"type": "number"})


class DaysTold(Schema):
    """From the first day to the last, both included."""

    first = fields.String(metadata=DAY)
    last = fields.String(metadata=DAY)


class ScopeTold(Schema):
    """Of when and of whom they are."""

    period = fields.String()
    team = fields.Integer(allow_none=True)
    branch = fields.Integer(allow_none=True)
    segment = fields.String(allow_none=True)
    days = fields.Nested(DaysTold)
    before = fields.Nested(DaysTold, allow_none=True)
    pauses = fields.List(fields.Nested(DaysTold))
    people_named = fields.Boolean()
    people_counted = fields.Boolean()


class VerdictTold(Schema):
    """Whether the program is used and who waits: as codes, and in a sentence."""

    sentence = fields.String()
    use = fields.String()
    waiting = fields.String()
    of_last_week = fields.Boolean()
    active = fields.Integer(allow_none=True)
    expected = fields.Integer(allow_none=True)
    late = fields.Integer()


class FigureTold(Schema):
    """A measure in the period, in the one before, and in the pauses at the period's pace."""

    value = number()
    before = number()
    pause = number()
    unit = fields.String()
    good_if_more = fields.Boolean()
    hidden = fields.Boolean()


class WeekTold(Schema):
    """A week of the last twelve."""

    monday = fields.String(metadata=DAY)
    answered = number()
    other = number()
    taking_part = number()
    coverage = number()


class StageTold(Schema):
    """A stage of the journey: how many are in it, how they are looked after, and how many in a hundred went on."""

    stage = fields.String()
    candidates = fields.Integer()
    unowned = fields.Integer()
    on_time = fields.Integer()
    late = fields.Integer()
    went_on = number()
    went_on_before = number()


class WaitingTold(Schema):
    """How many wait for our word, the first since when."""

    candidates = fields.Integer()
    since = fields.String(allow_none=True, metadata=MOMENT)


class QuietTold(Schema):
    """Somebody who waits too long for us."""

    candidate = fields.Integer()
    stage = fields.String()
    contact_at = fields.String(allow_none=True, metadata=MOMENT)


class GoneQuietTold(Schema):
    """How many wait too long, and who does longest."""

    candidates = fields.Integer()
    longest = fields.List(fields.Nested(QuietTold))


class BlockWeekTold(Schema):
    """How many of a team kept their follow-up block in a week, of those who had one."""

    monday = fields.String(metadata=DAY)
    kept = fields.Integer(allow_none=True)
    blocks = fields.Integer(allow_none=True)


class TeamBlocksTold(Schema):
    """A team's follow-up blocks, by its name."""

    team = fields.String()
    weeks = fields.List(fields.Nested(BlockWeekTold))


class AttentionTold(Schema):
    """Whether attention is shared fairly."""

    candidates = fields.Integer()
    contacts = fields.Integer()
    without = fields.Integer()
    percent_with_the_first_tenth = fields.Integer()


class CentsTold(Schema):
    """What a budget holds, and where it is."""

    budgeted = fields.Integer()
    available = fields.Integer()
    reserved = fields.Integer()
    committed = fields.Integer()
    spent = fields.Integer()


class BudgetTold(Schema):
    """The budget that pays today."""

    name = fields.String()
    first = fields.String(metadata=DAY)
    last = fields.String(metadata=DAY)
    cents = fields.Nested(CentsTold)


class FiguresTold(Schema):
    """All that the sponsor's page says; `closed` is why there is nothing but the scope."""

    at = fields.String(metadata=MOMENT)
    scope = fields.Nested(ScopeTold)
    closed = fields.String(allow_none=True)
    verdict = fields.Nested(VerdictTold, allow_none=True)
    figures = fields.Dict(keys=fields.String(), values=fields.Nested(FigureTold), allow_none=True)
    weeks = fields.List(fields.Nested(WeekTold), allow_none=True)
    funnel = fields.List(fields.Nested(StageTold), allow_none=True)
    waiting_for_word = fields.Nested(WaitingTold, allow_none=True)
    gone_quiet = fields.Nested(GoneQuietTold, allow_none=True)
    blocks = fields.List(fields.Nested(TeamBlocksTold), allow_none=True)
    attention = fields.Nested(AttentionTold, allow_none=True)
    budget = fields.Nested(BudgetTold, allow_none=True)
