"""The first step of a competition: what it is called, which format it has, and for whom it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.blueprints.contest_desk.choosing import Group, groups, with_teams
from app.domain.agency import person, team
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game.competing.competition import Audience, Format, Metric
from app.domain.game.competing.draft import TEAM_FORMATS, Plan
from app.domain.game.running import RUNS
from app.domain.game.weighing import PLAYS
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, stripped, trimmed
from app.web.logging_form import KeyedForm
from app.words.competition_formats import format_label, metrics

LONGEST_SIDE = 60
MOST_SIDES = 12
CHOOSE = {Audience.BRANCH: "branches", Audience.TEAM: "teams", Audience.PEOPLE: "people"}


def _chosen() -> InputRequired:
    return InputRequired(_l("Choose one of these."))


class WhoForm(Form):
    """`sides` are names of teams for this competition alone, a line each."""

    name = StringField(_l("Name"), filters=[trimmed], validators=[filled(), Length(max=80)])
    about = TextAreaField(_l("What for, in a few words"), filters=[stripped], validators=[Length(max=500)])
    format = RadioField(_l("Which kind"), validators=[_chosen()])
    metric = SelectField(_l("What is counted"))
    audience = RadioField(_l("For whom"), validators=[_chosen()])
    branches = SelectMultipleField(_l("Branches"), coerce=int)
    teams = SelectMultipleField(_l("Teams"), coerce=int)
    people = SelectMultipleField(_l("People"), coerce=int)
    whole = SelectMultipleField(_l("Everybody of a team"), coerce=int)
    by_choice = SelectField(_l("Who is in it"))
    sides = TextAreaField(_l("Teams of its own"), filters=[stripped])

    def __init__(self, *args: Any, maker: Person, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.format.choices = [(str(each), format_label(each)) for each in Format]
        self.metric.choices = metrics()
        self.by_choice.choices = [
            ("", _("as usual for this kind")),
            ("yes", _("whoever chooses to")),
            ("no", _("everybody who does not decline")),
        ]
        self.metric.data = self.metric.data or Metric.POINTS
        self.by_choice.data = self.by_choice.data or ""
        self._offer(maker)

    def _offer(self, maker: Person) -> None:
        """A lead makes them for the own team alone."""
        found = [each.team for sizes in team.teams().values() for each in sizes]
        self.everybody = [each for each in person.active() if each.role in PLAYS] if maker.role in RUNS else []
        self.people.choices = [(each.id, each.name) for each in self.everybody]
        if maker.role in RUNS:
            branches = team.branches()
            self.audience.choices = list(audiences())
            self.branches.choices = [(each.id, each.name) for each in branches]
            self.teams.choices = _told_apart(found, {each.id: each.name for each in branches})
        else:
            self.audience.choices = [(str(Audience.TEAM), _("My team"))]
            self.teams.choices = [(each.id, each.name) for each in found if each.id == maker.team_id]
            self.branches.choices = []
            self.audience.data, self.teams.data = str(Audience.TEAM), [maker.team_id] if self.teams.choices else []
        self.whole.choices = [*self.teams.choices, (0, "")]

    def validate_audience(self, field: Field) -> None:
        if field.data in CHOOSE and not self.chosen(field.data):
            raise ValidationError(_("Choose for which of them it is."))

    def chosen(self, audience: str) -> list[int]:
        """Which branches, teams or people."""
        if audience == Audience.PEOPLE:
            return with_teams(self.everybody, self.people.data or [], self.whole.data or [])
        return list(self[CHOOSE[Audience(audience)]].data or [])

    @property
    def groups(self) -> list[Group]:
        """The people, team by team, as they were chosen."""
        return groups(self.everybody, dict(self.teams.choices or []), self.chosen(Audience.PEOPLE))  # type: ignore[arg-type] # pairs, as set above

    def validate_sides(self, field: Field) -> None:
        names = self.side_names
        if names and self.format.data not in TEAM_FORMATS:
            field.data = ""
        elif len({each.casefold() for each in names}) != len(names):
            raise ValidationError(_("Give every team another name."))
        elif len(names) == 1 or len(names) > MOST_SIDES or any(len(each) > LONGEST_SIDE for each in names):
            raise ValidationError(_("Use 2 to %(most)s names, each on its own line.", most=MOST_SIDES))

    @property
    def side_names(self) -> Sequence[str]:
        return [name for line in (self.sides.data or "").splitlines() if (name := trimmed(line))]

    def applied(self, plan: Plan) -> Plan:
        """The plan with what was chosen here."""
        audience, format_ = Audience(self.audience.data), Format(self.format.data)
        return replace(
            plan,
            name=self.name.data or "",
            about=self.about.data or "",
            format=format_,
            metric=Metric(self.metric.data),
            audience=audience,
            audience_ids=self.chosen(audience) if audience in CHOOSE else [],
            by_choice={"yes": True, "no": False}.get(self.by_choice.data),
            sides=self.side_names if format_ in TEAM_FORMATS else (),
        )


class BeginForm(KeyedForm, WhoForm):
    """The first step of one that is not there yet: one draft however often it arrives."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.key.data = self.key.data or uuid4().hex


def _told_apart(teams: Sequence[Team], branches: Mapping[int, str]) -> list[tuple[int, str]]:
    """Teams of one name in several branches by their branch too."""
    times = Counter(each.name for each in teams)
    return [
        (each.id, f"{each.name}, {branches[each.branch_id]}" if times[each.name] > 1 else each.name) for each in teams
    ]


def audiences() -> Sequence[tuple[str, str]]:
    """For whom a competition can be."""
    return [
        (Audience.PROGRAM, _("Everybody")),
        (Audience.BRANCH, _("Branches")),
        (Audience.TEAM, _("Teams")),
        (Audience.PEOPLE, _("People of my choice")),
    ]


def shown(plan: Plan) -> dict[str, object]:
    """What the form shows of a plan."""
    chosen = {CHOOSE[plan.audience]: list(plan.audience_ids)} if plan.audience in CHOOSE else {}
    return {
        "name": plan.name,
        "about": plan.about,
        "format": str(plan.format),
        "metric": str(plan.metric),
        "audience": str(plan.audience),
        "by_choice": _in_it(plan),
        "sides": "\n".join(plan.sides),
        **chosen,
    }


def _in_it(plan: Plan) -> str:
    """Who is in it; what is usual stays so when another format is chosen."""
    usual = plan.by_choice is None or plan.by_choice is (plan.format not in TEAM_FORMATS)
    return "" if usual else "yes" if plan.by_choice else "no"


def blank(first: date, last: date) -> Plan:
    """A plan that nothing was chosen of yet."""
    return Plan(name="", format=Format.TEAM_GOAL, first=first, last=last)
