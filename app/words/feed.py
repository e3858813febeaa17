"""What went well, as a sentence: who it was, and never for which candidate."""

from app.domain.actions.moment import Moment
from app.domain.game.feed import Sign, Told
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext

ICONS = {
    Told.APPOINTMENT: "calendar-check",
    Told.REENGAGED: "hand-heart",
    Told.RESCUE: "file-up",
    Told.FAN: "star",
    Told.STREAK: "flame",
    Told.RECORD: "medal",
    Told.SURPRISE: "gift",
}
SIGNS = {
    Sign.BRAVO: ("trophy", _l("Bravo")),
    Sign.HEART: ("heart", _l("Lovely")),
    Sign.STAR: ("star", _l("Strong")),
}


def icon_of(kind: str) -> str:
    return ICONS[Told(kind)]


def sign_label(sign: str) -> str:
    """What a reaction says."""
    return str(SIGNS[Sign(sign)][1])


def sign_icon(sign: str) -> str:
    return SIGNS[Sign(sign)][0]


def headline(kind: str, name: str | None, number: int = 0) -> str:
    """As "Sanne de Vries maakte een afspraak."; without a name it was a colleague, and a fan is just there."""
    if kind == Told.FAN and not name:
        return _("There is a new fan.")
    who = name or _("A colleague")
    if kind == Told.STREAK:
        return ngettext(
            "%(name)s kept the follow-up block %(num)d week in a row.",
            "%(name)s kept the follow-up block %(num)d weeks in a row.",
            number,
            name=who,
        )
    return {
        Told.APPOINTMENT: _("%(name)s made an appointment.", name=who),
        Told.REENGAGED: _("%(name)s is in touch again with somebody who was silent for 60 days.", name=who),
        Told.RESCUE: _("%(name)s helped somebody to complete an application.", name=who),
        Told.FAN: _("%(name)s has won a fan.", name=who),
        Told.RECORD: _("%(name)s had their best week so far.", name=who),
        Told.SURPRISE: _("%(name)s was surprised by the sponsor.", name=who),
    }[Told(kind)]


def moment_sentence(moment: Moment) -> str:
    """What is celebrated with whoever logged."""
    if moment.kind == "streak":
        weeks = moment.number
        return ngettext("Your block kept %(num)d week in a row!", "Your block kept %(num)d weeks in a row!", weeks)
    return {
        "record": _("Your best week so far!"),
        "rescue": _("Somebody completed their application after you were in touch!"),
        "fan": _("You have won a fan!"),
        "place": _("Up to place %(place)s!", place=moment.number),
        "tenth": _("That was number %(number)s of today!", number=moment.number),
    }[moment.kind]
