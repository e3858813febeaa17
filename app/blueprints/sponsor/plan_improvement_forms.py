"""The forms of the improvement log: an idea, who takes it up, and what came of it."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.domain.agency.person import Person
from app.domain.oversight.improvement import Improvement
from app.domain.oversight.measure import MEASURES
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, stripped, trimmed
from app.words import measures

DONE, DROPPED = "done", "dropped"


class IdeaForm(Form):
    """An idea in a sentence."""

    idea = StringField(_l("Your idea"), filters=[trimmed], validators=[filled(), Length(max=200)])


class TakingUpForm(Form):
    """Who takes care of it, and by which figure one will see it."""

    owner_id = SelectField(_l("Who takes care of it?"), coerce=int)
    measure = SelectField(_l("By which figure will you see it?"))

    def __init__(
        self, typed: MultiDict[str, str] | None, *, people: Sequence[Person], row: Improvement | None = None
    ) -> None:
        super().__init__(typed, obj=row)
        self.people = {each.id: each for each in people}
        self.owner_id.choices = [(0, _("Choose a colleague")), *((each.id, each.name) for each in people)]
        self.measure.choices = [("", _("None")), *((each, measures.name(each)) for each in MEASURES)]

    def validate_owner_id(self, field: Field) -> None:
        if field.data not in self.people:
            raise ValidationError(_("Choose a colleague."))

    @property
    def owner(self) -> Person:
        """Who was chosen."""
        return self.people[self.owner_id.data]


class ResultForm(Form):
    """Whether it was carried out, and what came of it."""

    how = RadioField(_l("How did it end?"), validators=[InputRequired(_l("Choose one."))])
    result = TextAreaField(_l("What came of it?"), filters=[stripped], validators=[filled(), Length(max=400)])

    def __init__(self, typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed)
        self.how.choices = [(DONE, _("Carried out")), (DROPPED, _("Not going on with it"))]

    @property
    def dropped(self) -> bool:
        """Whether nothing came of it."""
        return bool(self.how.data == DROPPED)
