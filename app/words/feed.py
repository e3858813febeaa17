"""What went well, as a sentence: who it was, and never for which candidate."""

from app.domain.actions.moment import Moment
from app.domain.game.feed import Sign, Told
from app.domain.game.recognition.awarding import badge_of
from app.domain.game.telling import Praise
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.words.badge import badge_name
from app.words.kudos import value_name

ICONS = {
    Told.APPOINTMENT: "calendar-check",
    Told.REENGAGED: "hand-heart",
    Told.RESCUE: "file-up",
    Told.FAN: "star",
    Told.STREAK: "flame",
    Told.RECORD: "medal",
    Told.KUDOS: "heart",
    Told.BADGE: "medal",
    Told.SURPRISE: "gift",
    Told.RESULT: "trophy",
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
    if kind == Told.BADGE:
        badge = badge_name(badge_of(number))
        return _("%(name)s earned the badge “%(badge)s”.", name=who, badge=badge)
    return {
        Told.APPOINTMENT: _("%(name)s made an appointment.", name=who),
        Told.REENGAGED: _("%(name)s is in touch again with somebody who was silent for 60 days.", name=who),
        Told.RESCUE: _("%(name)s helped somebody to complete an application.", name=who),
        Told.FAN: _("%(name)s has won a fan.", name=who),
        Told.RECORD: _("%(name)s had their best week so far.", name=who),
        Told.KUDOS: _("%(name)s got kudos.", name=who),
        Told.SURPRISE: _("%(name)s was surprised by the sponsor.", name=who),
        Told.RESULT: _("The result of a competition is final."),
    }[Told(kind)]


def praise_headline(praise: Praise, name: str | None) -> str:
    """As "Bram Jansen gaf Sanne de Vries een pluim voor Eerlijk."; both may be a colleague."""
    giver, receiver = praise.giver or _("A colleague"), name or _("a colleague")
    return _(
        "%(giver)s gave kudos to %(name)s for “%(value)s”.",
        giver=giver,
        name=receiver,
        value=value_name(praise.value),
    )


def moment_sentence(moment: Moment) -> str:
    """What is celebrated with whoever logged."""
    if moment.kind == "streak":
        weeks = moment.number
        return ngettext("Your block kept %(num)d week in a row!", "Your block kept %(num)d weeks in a row!", weeks)
    return {
        "won": _("You won: %(competition)s!", competition=moment.what),
        "record": _("Your best week so far!"),
        "rescue": _("Somebody completed their application after you were in touch!"),
        "fan": _("You have won a fan!"),
        "place": _("Up to place %(place)s!", place=moment.number),
        "tenth": _("That was number %(number)s of today!", number=moment.number),
    }[moment.kind]
