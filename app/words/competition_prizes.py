"""Prizes of a competition in words: what each is for, what it is worth, and how often it is there."""

from app.domain.game.competing.prize import Prize, PrizeKind
from app.language import gettext as _
from app.language import ngettext
from app.words.money import euros


def prize_kind(kind: str) -> str:
    """For what it is given."""
    return {
        PrizeKind.TEAM: _("For the team"),
        PrizeKind.RAFFLE: _("In the raffle"),
        PrizeKind.PLACE: _("For a place"),
        PrizeKind.SURPRISE: _("Kept for a surprise"),
    }[PrizeKind(kind)]


def first_title(kind: str) -> str:
    """What a prize is called to begin with."""
    return {
        PrizeKind.TEAM: _("An evening out together"),
        PrizeKind.RAFFLE: _("Gift card"),
        PrizeKind.PLACE: _("Gift card"),
        PrizeKind.SURPRISE: _("Surprise"),
    }[PrizeKind(kind)]


def prize_for(prize: Prize) -> str:
    """Who gets it, as the beginning of a line."""
    if prize.kind == PrizeKind.PLACE:
        return _("Place %(place)s", place=prize.place)
    if prize.kind == PrizeKind.TEAM:
        return _("Everybody who wins together") if prize.per_person else _("The team")
    return prize_kind(prize.kind)


def prize_line(prize: Prize) -> str:
    """As Plaats 1: Cadeaubon, € 50."""
    said = _("%(who)s: %(what)s", who=prize_for(prize), what=prize.title)
    worth = _worth(prize)
    return f"{said}, {worth}" if worth else said


def _worth(prize: Prize) -> str:
    if prize.number > 1:
        often = ngettext("%(num)d of them", "%(num)d of them", prize.number)
        return _("%(often)s, worth %(worth)s each", often=often, worth=euros(prize.cents)) if prize.cents else often
    if prize.per_person:
        return _("%(worth)s each", worth=euros(prize.cents)) if prize.cents else _("one each")
    return euros(prize.cents) if prize.cents else ""
