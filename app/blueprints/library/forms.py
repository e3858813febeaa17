"""The form of an item of the library."""

from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from wtforms import DateField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from app import clock
from app.domain.journey.shared_item import Described, ItemKind, SharedItem
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, stripped, trimmed
from app.words.library import item_kind_label

LONGEST_WORD = 40
MOST_WORDS = 12
SECURE = "https://"


class ItemForm(Form):
    """What is shared, for whom, and the message that goes with it."""

    title = StringField(_l("Title"), [filled(), Length(max=120)], filters=[trimmed])
    kind = RadioField(_l("What is it?"), default=str(ItemKind.ADVICE))
    url = StringField(_l("Address of the page"), [filled(), Length(max=500)], filters=[trimmed])
    roles = StringField(_l("For which roles?"), [Length(max=300)], filters=[trimmed])
    aspirations = StringField(_l("For which wishes?"), [Length(max=300)], filters=[trimmed])
    text = TextAreaField(_l("Message in Dutch"), [Length(max=1000)], filters=[stripped])
    text_en = TextAreaField(_l("Message in English"), [Length(max=1000)], filters=[stripped])
    until = DateField(_l("Offer it until"), [Optional()])

    def offer(self) -> "ItemForm":
        self.kind.choices = [(str(kind), item_kind_label(kind)) for kind in ItemKind]
        return self

    def validate_url(self, field: StringField) -> None:
        """Whoever follows it goes there by our name: only a page elsewhere, over https, and no hidden sign-in."""
        try:
            parts = urlsplit(field.data or "")
            is_host = "." in (parts.hostname or "") and "@" not in parts.netloc and parts.port != 0
            proper = is_host and (field.data or "").startswith(SECURE)
        except ValueError:
            proper = False
        if not proper or not (field.data or "").isprintable() or " " in (field.data or ""):
            raise ValidationError(_("This is not the address of a page, such as https://agency.com/advice."))

    def validate_roles(self, field: StringField) -> None:
        _check_words(field)

    def validate_aspirations(self, field: StringField) -> None:
        _check_words(field)

    def described(self, zone: ZoneInfo) -> Described:
        """What the form says; the last day counts in full, and the last of the calendar never ends."""
        last = self.until.data
        until = clock.midnight(last + clock.DAY, zone) if last and last != date.max else None
        return Described(
            title=self.title.data or "",
            kind=ItemKind(self.kind.data),
            url=self.url.data or "",
            roles=_words(self.roles.data),
            aspirations=_words(self.aspirations.data),
            text=self.text.data or "",
            text_en=self.text_en.data or "",
            until=until,
        )


def form_of(item: SharedItem, zone: ZoneInfo) -> ItemForm:
    """An item as it can be changed."""
    facts = {
        "title": item.title,
        "kind": str(item.kind),
        "url": item.url,
        "roles": ", ".join(item.roles),
        "aspirations": ", ".join(item.aspirations),
        "text": item.text,
        "text_en": item.text_en,
        "until": last_day(item.until, zone),
    }
    return ItemForm(data=facts).offer()


def last_day(until: datetime | None, zone: ZoneInfo) -> object:
    """The day after which it is not offered any more."""
    return clock.local_day(until, zone) - clock.DAY if until else None


def _words(text: str | None) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))


def _check_words(field: StringField) -> None:
    words = _words(field.data)
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise ValidationError(_("At most twelve short words, with a comma between them."))
