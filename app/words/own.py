"""Words of candidates' own pages and mails: u or je as the agency speaks, what they did, and what may happen next."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.domain.actions.call_back import Part
from app.domain.agency.agency import the_agency
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Refusal
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.candidates.preference import Arrangement
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.language import current, day_and_month, ngettext
from app.language import gettext as _
from app.words.score import kind_label

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


def link_label(purpose: LinkPurpose | str) -> str:
    """What a link is for, as a recruiter chooses it."""
    return {
        LinkPurpose.REACH: _("How and when to be reached"),
        LinkPurpose.KNOWN: _("What we know of them"),
        LinkPurpose.RENEW: _("Stay in the talent pool"),
        LinkPurpose.REFER: _("Refer a friend"),
        LinkPurpose.STOP: _("Stop contact"),
    }[LinkPurpose(purpose)]


def heading(purpose: LinkPurpose | str) -> str:
    """What a page is called, and the subject of the mail with its link."""
    return {
        LinkPurpose.REACH: _("How may we reach %(you)s?", **pronouns()),
        LinkPurpose.KNOWN: _("What we know about %(to_you)s", **pronouns()),
        LinkPurpose.RENEW: _("May we keep in touch?"),
        LinkPurpose.REFER: _("Refer a friend"),
        LinkPurpose.STOP: _("Stop contact"),
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
    }[LinkPurpose(purpose)]


def link_maker(maker: str | None, purpose: LinkPurpose | str) -> str:
    """Who made a link; only the candidate asks what we know, and the clock of their data writes by itself."""
    if maker:
        return maker
    return _("asked by the candidate") if purpose == LinkPurpose.KNOWN else _("sent by itself")


def link_state(row: CandidateLink, now: datetime) -> str:
    """What became of a link."""
    if row.used_at is not None:
        return _("used on %(day)s", day=day_and_month(row.used_at))
    if row.ended_at is not None:
        return _("ended")
    if row.expires_at <= now:
        return _("expired")
    return _("open until %(day)s", day=day_and_month(row.expires_at))


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


def refusal_sentence(refusal: Refusal) -> str:
    """Why a candidate cannot be mailed, for a recruiter."""
    return {
        Refusal.FORGOTTEN: _("This candidate was forgotten or merged."),
        Refusal.NO_ADDRESS: _("There is no mail address on which they can be reached."),
        Refusal.FLAGGED: _("Their mail address refuses our mail."),
        Refusal.DO_NOT_CONTACT: _("They do not want to be contacted."),
        Refusal.OBJECTED: _("They objected to scoring, so we ask them for no favours."),
    }[refusal]


def deeds(counts: Mapping[str, int], kinds: Mapping[str, TouchpointKind]) -> list[str]:
    """What somebody did and how often, most often first: "Je bekeek 3 keer een vacature"."""
    most_first: Iterable[tuple[str, int]] = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [_deed(code, count, kinds) for code, count in most_first]


def _deed(code: str, num: int, kinds: Mapping[str, TouchpointKind]) -> str:
    sentence = _known_deed(code, num)
    what = kind_label(kinds[code]) if code in kinds else code
    return sentence or ngettext("%(what)s: %(num)d time", "%(what)s: %(num)d times", num, what=what)


def _known_deed(code: str, num: int) -> str:
    """The sentence for a kind that the house knows."""
    you = {"You": pronouns()["You"]}
    return {
        "ad_click": lambda: ngettext(
            "%(You)s followed an advertisement once", "%(You)s followed an advertisement %(num)d times", num, **you
        ),
        "application_completed": lambda: ngettext(
            "%(You)s applied for a job once", "%(You)s applied for a job %(num)d times", num, **you
        ),
        "application_started": lambda: ngettext(
            "%(You)s began to apply for a job once", "%(You)s began to apply for a job %(num)d times", num, **you
        ),
        "event_attended": lambda: ngettext(
            "%(You)s came to a meeting once", "%(You)s came to a meeting %(num)d times", num, **you
        ),
        "form": lambda: ngettext("%(You)s sent a form once", "%(You)s sent a form %(num)d times", num, **you),
        "inbound_reply": lambda: ngettext("%(You)s answered us once", "%(You)s answered us %(num)d times", num, **you),
        "job_view": lambda: ngettext("%(You)s viewed a job once", "%(You)s viewed a job %(num)d times", num, **you),
        "mail_click": lambda: ngettext(
            "%(You)s followed a link once", "%(You)s followed a link %(num)d times", num, **you
        ),
        "mail_open": lambda: ngettext("%(You)s opened a mail once", "%(You)s opened a mail %(num)d times", num, **you),
        "referral": lambda: ngettext(
            "%(You)s referred somebody once", "%(You)s referred somebody %(num)d times", num, **you
        ),
        "site_visit": lambda: ngettext(
            "%(You)s visited our site once", "%(You)s visited our site %(num)d times", num, **you
        ),
        "survey_answered": lambda: ngettext(
            "%(You)s filled in a page once", "%(You)s filled in a page %(num)d times", num, **you
        ),
    }.get(code, lambda: "")()
