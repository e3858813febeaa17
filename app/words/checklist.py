"""Words of the checklist that stays on Today until a program lives."""

from app.domain.actions.launch import Item
from app.language import gettext as _

PLACES = {
    Item.SPONSOR: "program.sponsor",
    Item.BLOCK: "program.follow_up",
    Item.COLLEAGUES: "people.new",
    Item.CANDIDATES: "candidates.import_start",
    Item.ACTION: "block.practise",
}
"""The page on which each is done."""


def item_label(item: Item) -> str:
    """What is to be done."""
    return {
        Item.SPONSOR: _("Appoint an executive sponsor"),
        Item.BLOCK: _("Choose the time of the follow-up block"),
        Item.COLLEAGUES: _("Invite your colleagues"),
        Item.CANDIDATES: _("Bring the candidates"),
        Item.ACTION: _("Practise, then log the first action"),
    }[item]
