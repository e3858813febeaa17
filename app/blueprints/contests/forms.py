"""What is typed at a competition: an objection, its answer, and who is put on which side."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.domain.game.competing.entrant import Side
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, stripped

LONGEST = 1000


class DisputeForm(Form):
    """Why the provisional result is wrong."""

    reason = TextAreaField(_l("What is not right?"), filters=[stripped], validators=[filled(), Length(max=LONGEST)])


class DecisionForm(Form):
    """The answer to an objection, which whoever objected reads."""

    answer = TextAreaField(_l("Your answer"), filters=[stripped], validators=[filled(), Length(max=LONGEST)])

    @classmethod
    def of(cls, dispute_id: int, typed: MultiDict[str, str] | None = None) -> "DecisionForm":
        """Several of them stand on one page, so the names of their fields begin with which it is."""
        return cls(typed, prefix=f"dispute-{dispute_id}")


class SideForm(Form):
    """Whom to put on which side."""

    person_id = SelectField(_l("Who"), coerce=int)
    side_id = SelectField(_l("To which side"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], sides: Sequence[Side], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.person_id.choices = [(0, _("Choose somebody")), *people]
        self.side_id.choices = [(side.id, side.name) for side in sides]

    def validate_person_id(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose who it is."))
