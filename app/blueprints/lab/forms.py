"""The forms of the lab: what a draft is called, its rules, and which weeks it is tried on."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField
from wtforms.validators import Length

from app import clock
from app.clock import Period
from app.domain.journey import touchpoint_kind
from app.domain.lab import draft, points_draft, score_draft
from app.domain.lab.draft import Rules
from app.domain.program import season
from app.domain.program.program import Program
from app.domain.scoring.rules import live
from app.language import gettext as _
from app.language import lazy_gettext, ngettext
from app.web.forms import Form, filled, trimmed
from app.web.logging_form import KeyedForm
from app.web.program_forms import points_form
from app.web.score_form import score_form

WEEKS = ("4", "12", "52")
SEASON = "season"


class NameForm(Form):
    """What a draft is called."""

    name = StringField(lazy_gettext("Name"), filters=[trimmed], validators=[filled(), Length(max=60)])


class MakeForm(KeyedForm):
    """A press that makes a draft, one however often it arrives."""

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__(sent)
        self.key.data = self.key.data or uuid4().hex


class NewForm(MakeForm, NameForm):
    """What a new draft is called."""


class NoteForm(Form):
    """Why a draft becomes the rules."""

    note = StringField(
        lazy_gettext("Why do you change this?"), filters=[trimmed], validators=[filled(), Length(max=300)]
    )


class PeriodForm(Form):
    """The weeks that are replayed."""

    period = RadioField(lazy_gettext("Which weeks?"), default="12")

    def __init__(self, sent: MultiDict[str, str] | None, program_id: int, today: date) -> None:
        self.span, self.today = season.span_of(program_id, today), today
        super().__init__(sent)
        few = [(weeks, ngettext("The last %(num)d week", "The last %(num)d weeks", int(weeks))) for weeks in WEEKS]
        self.period.choices = [*few, *([(SEASON, _("This season"))] if self.span else [])]

    @property
    def dates(self) -> Period:
        """What was chosen, today included."""
        end = self.today + clock.DAY
        if self.period.data == SEASON and self.span:
            return Period(self.span.dates.start, end)
        monday = clock.week_of(self.today).start
        return Period(monday - int(self.period.data) * clock.WEEK, end)


class Drafted(NamedTuple):
    """The form of a draft's rules, how they are read from it, and the rows of the kinds that it shows."""

    form: Any
    rules: Callable[[], Rules]
    rows: Sequence[Any]


def drafted(subject: str, program: Program, rules: Rules | None, sent: MultiDict[str, str] | None) -> Drafted:
    """Filled with what was sent, else with these rules, else with those that hold."""
    return _score(rules, sent) if subject == draft.SCORE else _points(program, rules, sent)


def _points(program: Program, rules: Rules | None, sent: MultiDict[str, str] | None) -> Drafted:
    kinds = points_draft.kinds(program.id)
    worth = points_draft.read(points_draft.present(program.id)) | points_draft.read(rules or {})
    form = points_form(kinds)(sent, data={f"points-{kind.id}": worth.get(kind.id, 0) for kind in kinds})
    rows = [form[f"points-{kind.id}"] for kind in kinds]
    return Drafted(form, lambda: points_draft.written({kind.id: points for kind, points in form.chosen(kinds)}), rows)


def _score(rules: Rules | None, sent: MultiDict[str, str] | None) -> Drafted:
    kinds, present = touchpoint_kind.known(), live().ruleset
    shown = score_draft.read(rules) if rules else present
    form = score_form(kinds, shown, sent)
    del form.note, form.when
    return Drafted(form, lambda: score_draft.written(form.ruleset(kinds, shown)), form.rows(kinds))
