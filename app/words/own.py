"""Words of candidates' own pages and mails: u or je as the agency speaks, and what they can choose."""

from app.domain.actions.call_back import Part
from app.domain.agency.agency import the_agency
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import Arrangement
from app.language import current, ngettext
from app.language import gettext as _

JE = {"you": "je", "your": "je", "to_you": "jou", "You": "Je", "Your": "Je"}
U = {"you": "u", "your": "uw", "to_you": "u", "You": "U", "Your": "Uw"}
YOU = {"you": "you", "your": "your", "to_you": "you", "You": "You", "Your": "Your"}


def pronouns() -> dict[str, str]:
    """How a candidate is spoken to in Dutch, as the agency chose; English has one form."""
    if current() != "nl":
        return YOU
    agency = the_agency()
    return U if agency and agency.address_form == "u" else JE


def language_of(candidate: Candidate) -> str:
    """In which of our languages we write to somebody; who speaks neither reads English best."""
    if candidate.language:
        return "nl" if candidate.language == "nl" else "en"
    agency = the_agency()
    return agency.language if agency else "nl"


def heading(purpose: LinkPurpose | str) -> str:
    """What a page is called, and the subject of the mail with its link."""
    return {
        LinkPurpose.REACH: _("How may we reach %(you)s?", **pronouns()),
        LinkPurpose.KNOWN: _("What we know about %(to_you)s", **pronouns()),
        LinkPurpose.RENEW: _("May we keep in touch?"),
        LinkPurpose.REFER: _("Refer a friend"),
        LinkPurpose.STOP: _("Stop contact"),
        LinkPurpose.FEEDBACK: _("How did it go?"),
        LinkPurpose.APPLY: _("%(Your)s application is not finished yet", **pronouns()),
        LinkPurpose.TIMES: _("When does it suit %(you)s?", **pronouns()),
    }[LinkPurpose(purpose)]


def invitation(purpose: LinkPurpose | str, name: str) -> str:
    """The sentence with which a link is sent, in a mail or a message."""
    facts = pronouns() | {"name": name}
    return {
        LinkPurpose.REACH: _("Hello %(name)s, here %(you)s can say how and when we best reach %(to_you)s.", **facts),
        LinkPurpose.KNOWN: _("Hello %(name)s, here %(you)s can see everything that we know about %(to_you)s.", **facts),
        LinkPurpose.RENEW: _("Hello %(name)s, here %(you)s can say whether we may keep %(your)s details.", **facts),
        LinkPurpose.REFER: _("Hello %(name)s, here %(you)s can refer a friend who is looking for work.", **facts),
        LinkPurpose.STOP: _("Hello %(name)s, here %(you)s can say that %(you)s want no more contact.", **facts),
        LinkPurpose.FEEDBACK: _("Hello %(name)s, here %(you)s can say how it went with us.", **facts),
        LinkPurpose.APPLY: _("Hello %(name)s, here %(you)s can go on with %(your)s application.", **facts),
        LinkPurpose.TIMES: _("Hello %(name)s, here %(you)s can choose when we speak.", **facts),
    }[LinkPurpose(purpose)]


def unfinished_sentence(vacancy: str) -> str:
    """What somebody who stopped half-way is told."""
    facts = pronouns() | {"vacancy": vacancy}
    if vacancy:
        return _("%(You)s began an application for %(vacancy)s and did not finish it.", **facts)
    return _("%(You)s began an application and did not finish it.", **facts)


def link_lives(purpose: LinkPurpose | str, days: int) -> str:
    """How long a link works, and for whom."""
    if LinkPurpose(purpose) == LinkPurpose.KNOWN:
        return _("The link works for one day and only for %(to_you)s. Do not pass it on.", **pronouns())
    return ngettext(
        "The link works for %(num)d day and only for %(to_you)s.",
        "The link works for %(num)d days and only for %(to_you)s.",
        days,
        **pronouns(),
    )


def arrangement_choice(arrangement: Arrangement | str) -> str:
    """How they like it done, in their own words."""
    return {
        Arrangement.ALONE: _("I fill in forms myself"),
        Arrangement.TOGETHER: _("We fill in forms together"),
        Arrangement.FOR_THEM: _("Fill them in for me, I will check"),
        Arrangement.TIMES: _("Propose some times, I choose one"),
        Arrangement.CALL: _("Call me to agree on a time"),
    }[Arrangement(arrangement)]


def part_label(part: Part | str) -> str:
    """A part of the day."""
    return {
        Part.MORNING: _("in the morning (9 to 12)"),
        Part.AFTERNOON: _("in the afternoon (13 to 17)"),
        Part.EVENING: _("in the evening (18 to 20)"),
    }[Part(part)]


def rest_label(days: int | None) -> str:
    """How much time they want between two contacts."""
    if days is None:
        return _("When there is something to tell")
    return {30: _("At most once a month"), 60: _("At most once in two months")}.get(
        days, _("At most once in three months")
    )
