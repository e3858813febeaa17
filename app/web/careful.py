"""Forms with notes: what touches health, origin or religion is saved only when somebody says so a second time."""

from wtforms import BooleanField, Field, ValidationError

from app.domain.candidates import sensitive
from app.language import lazy_gettext
from app.web.forms import Form
from app.words.reach import warning


class CarefulForm(Form):
    """`careful` belongs to its note fields; once `warned`, the form offers `save_anyway`."""

    save_anyway = BooleanField(lazy_gettext("Save anyway"))
    warned = False


def careful(form: CarefulForm, field: Field) -> None:
    """A note that says nothing that we never ask, or that is to be kept all the same."""
    found = sensitive.found(field.data or "")
    form.warned = form.warned or bool(found)
    if found and not form.save_anyway.data:
        raise ValidationError(warning(found))
