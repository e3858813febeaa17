"""Words of the library of useful things: what they are, for whom, and the message with which one is shared."""

import re
from datetime import timedelta

from app.domain.candidates.address import Channel
from app.domain.journey.shared_item import ItemKind, SharedItem, Suited
from app.domain.journey.tracked_link import Use
from app.language import current, day_and_month, ngettext
from app.language import gettext as _
from app.words.candidates import channel_name
from app.words.own import pronouns

NAME = re.compile(r"\{(?:naam|name)\}", re.IGNORECASE)
LINK = re.compile(r"\{link\}", re.IGNORECASE)
ICONS = {ItemKind.ADVICE: "briefcase", ItemKind.NEWS: "info", ItemKind.EVENT: "calendar-days", ItemKind.OTHER: "gift"}


def item_kind_label(kind: ItemKind | str) -> str:
    """What an item is."""
    return {
        ItemKind.ADVICE: _("career advice"),
        ItemKind.NEWS: _("news of the sector"),
        ItemKind.EVENT: _("event"),
        ItemKind.OTHER: _("something else"),
    }[ItemKind(kind)]


def item_kind_icon(kind: ItemKind | str) -> str:
    """Its picture."""
    return ICONS[ItemKind(kind)]


def for_whom(item: SharedItem) -> str:
    """For whom an item was meant."""
    words = [*item.roles, *item.aspirations]
    return _("for %(words)s", words=", ".join(words)) if words else _("for everybody")


def why_suited(suited: Suited) -> str:
    """Why it is offered for this candidate."""
    return _("fits: %(words)s", words=", ".join(suited.words)) if suited.words else for_whom(suited.item)


def offered_until(item: SharedItem) -> str:
    """Its last day."""
    return _("offered until %(day)s", day=day_and_month(item.until - timedelta(seconds=1))) if item.until else ""


def use_sentence(use: Use) -> str:
    """With how many it was shared, and how many opened it."""
    if not use.shared:
        return _("not shared yet")
    shared = ngettext("shared with %(num)d candidate", "shared with %(num)d candidates", use.shared)
    if not use.opened:
        return shared
    opened = _("opened by %(num)s", num=use.opened)
    return f"{shared}, {opened}"


def message(item: SharedItem, name: str, link: str) -> str:
    """What is sent, in the language of this moment: the agency's own text, else ours; it always has the link."""
    own = item.text if current() == "nl" else item.text_en or item.text
    text = own.strip() or _(
        "Hello %(name)s, I came across this and thought of %(to_you)s: %(title)s",
        name=name,
        title=item.title,
        **pronouns(),
    )
    filled = LINK.sub(lambda _match: link, NAME.sub(lambda _match: name, text))
    return filled if link in filled else f"{filled} {link}"


def sent_by(channel: Channel | str | None) -> str:
    """The label with which one says that it was sent."""
    return _("Sent by %(channel)s", channel=channel_name(channel)) if channel else _("Sent in another way")
