"""What forms share: errors in the reader's language, tidy text, mail addresses, uploaded pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, FloatField, IntegerField, ValidationError
from wtforms import Form as PlainForm
from wtforms.form import BaseForm
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, InputRequired

from app.domain.agency import picture
from app.domain.agency.person import normal_email
from app.language import current, lazy_gettext
from app.language import gettext as _
from app.web.address import LARGEST

UNSEEN = dict.fromkeys([0xAD, 0x200B, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF])
"""Characters that nobody sees: they make a name of nothing, or turn the text around it."""

THINKABLE = range(2000, 2100)


class Form(PlainForm):
    """A form whose library speaks the reader's language."""

    class Meta:
        def get_translations(self, form: BaseForm) -> Any:  # noqa: ANN401, ARG002 - as the library has it
            return get_translations([current()])

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whole numbers of hundreds of digits are only too large: the library's own bounds reckon in floats."""
        for field in self:
            if isinstance(field, IntegerField) and field.data is not None:
                field.data = max(-LARGEST - 1, min(field.data, LARGEST + 1))
        return bool(super().validate(extra_validators))


def filled() -> DataRequired:
    """Something other than spaces is typed."""
    return DataRequired(lazy_gettext("This cannot be empty."))


def entered() -> InputRequired:
    """A number or a time is there; nought will do."""
    return InputRequired(lazy_gettext("This cannot be empty."))


def submitted() -> MultiDict[str, str] | None:
    """What was typed; None when a page is only asked for."""
    return request.form if request.method == "POST" else None


def ticked(name: str = "id") -> list[int]:
    """The rows that were ticked, each once; a number that no column can hold is nobody's."""
    sent = (each for each in request.form.getlist(name) if each.isascii() and each.isdecimal())
    numbers = dict.fromkeys(int(each) for each in sent if len(each) <= len(str(LARGEST)))
    return [number for number in numbers if number <= LARGEST]


def trimmed(text: str | None) -> str:
    """Typed text with its spaces tidied."""
    return " ".join((text or "").translate(UNSEEN).split())


def stripped(text: str | None) -> str:
    """Typed lines without the space around them."""
    return (text or "").replace("\r\n", "\n").translate(UNSEEN).strip()


def thinkable(_form: PlainForm, field: Field) -> None:
    """A day of this century, and no slip of the hand."""
    if field.data and field.data.year not in THINKABLE:
        raise ValidationError(_("Choose a day of this century."))


def mail_address(_form: PlainForm, field: Field) -> None:
    """A field that, when filled, holds a mail address."""
    if field.data and normal_email(field.data) is None:
        raise ValidationError(_("This is not a mail address, such as name@agency.com."))


class NumberField(FloatField):
    """A number that may be typed with a comma, shown without needless noughts."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([str(each).strip().replace(",", ".") for each in valuelist])


class PictureField(FileField):
    """A PNG, JPEG, WebP or GIF of at most 2 MB; `content` holds its bytes, without what a camera wrote into them.

    It reads the files of the request itself, so that a file never stands where a form expects text, nor the reverse.
    """

    content: bytes = b""

    def process_formdata(self, valuelist: list[Any]) -> None:  # noqa: ARG002 - as the library has it
        self.data = request.files.get(self.name)

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002 - as the library has it
        sent = self.data
        self.content = sent.stream.read(picture.MOST_BYTES + 1) if sent and sent.filename else b""
        try:
            if self.content:
                self.content = picture.bare(self.content)
        except picture.NotAPicture:
            raise ValidationError(_("Choose a PNG, JPEG, WebP or GIF of at most 2 MB.")) from None
