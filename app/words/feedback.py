"""Words of feedback: the faces, the question in turn, what went wrong and until when it is to be put right."""

from datetime import datetime

from babel.numbers import format_decimal

from app.domain.actions.recovery import Cause
from app.domain.agency.agency import the_agency
from app.domain.candidates.candidate import Stage
from app.domain.journey.feedback import FACES
from app.language import current, day_and_month
from app.language import gettext as _
from app.words.candidates import stage_label
from app.words.own import pronouns


def face_label(score: int) -> str:
    """What a face says, for those who do not see it and for those who do."""
    return {
        1: _("very bad"),
        2: _("bad"),
        3: _("neither good nor bad"),
        4: _("good"),
        5: _("very good"),
    }[score]


def picture(score: int) -> str:
    """A face as a character, where no drawing is possible."""
    return {1: "😞", 2: "🙁", 3: "😐", 4: "🙂", 5: "😀"}[score]


def faces() -> list[tuple[str, str]]:
    """All five with their words, worst first."""
    return [(str(score), face_label(score)) for score in FACES]


def stage_question(stage: Stage | str, *, at_the_end: bool) -> str:
    """What somebody is asked about, in words that need no knowledge of our stages."""
    if at_the_end:
        return {
            Stage.CONVERT: _("How was %(your)s work through us?", **pronouns()),
            Stage.REDEPLOY: _("How was %(your)s work through us?", **pronouns()),
        }.get(Stage(stage), _("How did %(your)s application go?", **pronouns()))
    return {
        Stage.ATTRACT: _("How was it to get to know us?"),
        Stage.ENGAGE: _("How was the first contact with us?"),
        Stage.NURTURE: _("How is it to be in touch with us?"),
        Stage.CONVERT: _("How is %(your)s work through us?", **pronouns()),
        Stage.REDEPLOY: _("How do we help %(to_you)s to the next job?", **pronouns()),
    }[Stage(stage)]


def turn_question(question: str) -> str:
    """The question in turn, as a candidate reads it."""
    return {
        "clear": _("Was our information clear?"),
        "easy": _("Was everything easy to do?"),
    }[question]


def turn_label(question: str) -> str:
    """The question in turn as a heading of its results."""
    return {"clear": _("Information clear"), "easy": _("Easy to do")}[question]


def cause_clause(cause: Cause | str) -> str:
    """What went wrong, after a candidate's name."""
    return {
        Cause.LOW_SCORE: _("was not satisfied"),
        Cause.COMPLAINT: _("has a complaint"),
        Cause.BROKEN_PROMISE: _("was promised a contact that did not come"),
    }[Cause(cause)]


def recovery_due(due_at: datetime, now: datetime) -> str:
    """Until when it is to be put right, or since when it should have been."""
    if due_at <= now:
        return _("It should have been put right on %(day)s.", day=day_and_month(due_at))
    return _("Get in touch on %(day)s at the latest.", day=day_and_month(due_at))


def average(value: float) -> str:
    """As 4,0: two averages are compared at a glance."""
    return str(format_decimal(value, "0.0", locale=current()))


def stage_heading(stage: Stage | str) -> str:
    """A stage as the head of a row."""
    label = stage_label(stage)
    return label[:1].upper() + label[1:]


def recommend_question() -> str:
    """The question of which the answers make the net promoter score."""
    agency = the_agency()
    name = agency.name if agency else ""
    return _("How likely are %(you)s to recommend %(agency)s to a friend?", agency=name, **pronouns())
