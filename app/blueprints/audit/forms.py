"""How the audit log is narrowed."""

from collections.abc import Mapping, Sequence

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, thinkable


class NarrowForm(Form):
    """What happened, by whom, and from when until when; nothing is asked for of what is left empty."""

    what = SelectField(_l("What happened"), validate_choice=False)
    person = SelectField(_l("Who"), validate_choice=False)
    first = DateField(_l("From"), name="from", validators=[Optional(), thinkable])
    last = DateField(_l("Up to and including"), name="to", validators=[Optional(), thinkable])

    people: Mapping[str, int]

    def offer(self, groups: Mapping[str, str], people: Sequence[tuple[int, str]]) -> None:
        """What can be chosen."""
        self.what.choices = [("", _("Everything")), *groups.items()]
        self.people = {str(number): number for number, _name in people}
        self.person.choices = [("", _("Anybody")), *((str(number), name) for number, name in people)]

    @property
    def chosen(self) -> int | None:
        """Whose rows; somebody who is not there is nobody in particular."""
        return self.people.get(self.person.data or "")
