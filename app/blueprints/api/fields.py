"""Schemas of what comes in and goes out, whose errors are said in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.address import LARGEST
from app.web.forms import stripped, trimmed

TOO_LONG = _l("This is too long.")
NO_MOMENT = _l("This is not a moment with its zone, as 2026-03-14T09:30:00Z.")

SENTENCES: dict[type[fields.Field[Any]], dict[str, str]] = {
    fields.Field: {
        "required": _l("This is missing."),
        "null": _l("This cannot be empty."),
        "validator_failed": _l("This cannot be used."),
    },
    fields.String: {"invalid": _l("This is not text."), "invalid_utf8": _l("This is not text.")},
    fields.Integer: {
        "invalid": _l("This is not a whole number."),
        "special": _l("This is not a whole number."),
        "too_large": _l("This number is too large."),
    },
    fields.Boolean: {"invalid": _l("This is neither true nor false.")},
    fields.Date: {"invalid": _l("This is not a day, as 2026-03-14."), "format": _l("This is not a day.")},
    fields.AwareDateTime: {"invalid": NO_MOMENT, "invalid_awareness": NO_MOMENT},
    fields.List: {"invalid": _l("This is not a list.")},
    fields.Nested: {"type": _l("This is not an object with fields.")},
}
for kind, sentences in SENTENCES.items():
    kind.default_error_messages = {**kind.default_error_messages, **sentences}


class Body(Schema):
    """What is sent or asked: a field that is not named here is refused."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012 - as the library has it
        "unknown": _l("There is no such field here."),
        "type": _l("This is not an object with fields."),
    }


class Text(fields.String):
    """Text on one line, tidied as in forms; nothing that a database could not keep."""

    def __init__(self, longest: int, **how: Any) -> None:  # noqa: ANN401 - as the library has it
        how.setdefault("validate", validate.Length(max=longest, error=TOO_LONG))
        super().__init__(**how)

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **how: Any) -> str:  # noqa: ANN401
        return self._tidy(storable(str(super()._deserialize(value, attr, data, **how) or "")))

    def _tidy(self, text: str) -> str:
        return trimmed(text)


class Lines(Text):
    """Text of several lines."""

    def _tidy(self, text: str) -> str:
        return stripped(text)


class Number(fields.Integer):
    """A whole number that a column can hold; in an address it may stand as text."""

    def __init__(self, least: int = 0, most: int = LARGEST, *, strict: bool = True, **how: Any) -> None:  # noqa: ANN401
        how.setdefault("validate", validate.Range(least, most, error=_l("This number is too small or too large.")))
        super().__init__(strict=strict, **how)


class Moment(fields.AwareDateTime):
    """A moment with its zone; told in UTC."""

    def __init__(self, **how: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(format="iso", **how)

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **how: Any) -> datetime:  # noqa: ANN401
        found: datetime = super()._deserialize(value, attr, data, **how)
        try:
            return found.astimezone(UTC)
        except OverflowError:
            raise ValidationError(_("This is not a moment with its zone, as 2026-03-14T09:30:00Z.")) from None


def storable(text: str) -> str:
    """Text as it is, when every database can keep it.

    Raises:
        ValidationError: it holds a nought character, or half of a pair.
    """
    if "\x00" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise ValidationError(_("This holds characters that cannot be kept."))
    return text
