"""The forms with which an administrator runs people, teams and branches."""

from typing import Any, TypedDict

from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from app.domain.agency.factors import Rule
from app.domain.agency.person import Person, Role, normal_email
from app.domain.agency.team import branches, teams
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, mail_address, trimmed
from app.words import role_label
from app.words.safety import rule_label

TOO_LONG = _l("Use at most 100 characters.")


class Facts(TypedDict):
    """What an administrator says of a person."""

    name: str
    email: str | None
    role: Role
    team_id: int | None


def _number(value: object) -> int | None:
    return int(str(value)) if value else None


class NameForm(Form):
    """The name of a branch or a team."""

    name = StringField(_l("Name"), filters=[trimmed], validators=[filled(), Length(max=100, message=TOO_LONG)])


class PersonForm(NameForm):
    """Somebody's name, address, role and team; whoever signs in needs an address."""

    needs_email = True
    email = StringField(
        _l("Mail address"), filters=[trimmed], validators=[Length(max=254, message=TOO_LONG), mail_address]
    )
    role = RadioField(_l("Role"), default=Role.RECRUITER)
    team_id = SelectField(_l("Team"), coerce=_number, default=None)

    def offer_choices(self) -> None:
        """The roles in the reader's words, and the teams under their branches."""
        self.role.choices = [(role.value, role_label(role)) for role in Role]
        sizes = teams()
        grouped = {
            branch.name: [(size.team.id, size.team.name) for size in sizes[branch.id]]
            for branch in branches()
            if branch.id in sizes
        }
        self.team_id.choices = {_("Without a team"): [("", _("no team"))]} | grouped

    def validate_email(self, field: StringField) -> None:
        if self.needs_email and not field.data:
            raise ValidationError(_("Fill in a mail address: people sign in with it."))

    def opens_to_others(self, person: Person) -> bool:
        """Whether it gives somebody another role, or lets them in by another address."""
        facts = self.facts()
        return facts["role"] != person.role or normal_email(facts["email"] or "") != person.email

    def facts(self) -> Facts:
        """What was filled in."""
        return Facts(
            name=self.name.data or "",
            email=self.email.data or None,
            role=Role(self.role.data),
            team_id=self.team_id.data,
        )


class SafetyForm(Form):
    """Who must have a second factor."""

    rule = RadioField(_l("A second step is asked of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.rule.choices = [(rule.value, rule_label(rule)) for rule in Rule]
