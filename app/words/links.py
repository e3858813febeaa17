"""Words for candidates' links as a recruiter sees them: what they are for, who made them, what became of them."""

from datetime import datetime

from app.domain.candidates.candidate_mail import Refusal
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.language import day_and_month
from app.language import gettext as _


def link_label(purpose: LinkPurpose | str) -> str:
    """What a link is for, as a recruiter chooses it."""
    return {
        LinkPurpose.REACH: _("How and when to be reached"),
        LinkPurpose.KNOWN: _("What we know of them"),
        LinkPurpose.RENEW: _("Stay in the talent pool"),
        LinkPurpose.REFER: _("Refer a friend"),
        LinkPurpose.FEEDBACK: _("How they are doing with us"),
        LinkPurpose.APPLY: _("Go on with an application"),
        LinkPurpose.TIMES: _("Choose a time"),
        LinkPurpose.STOP: _("Stop contact"),
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


def refusal_sentence(refusal: Refusal) -> str:
    """Why a candidate cannot be mailed, for a recruiter."""
    return {
        Refusal.FORGOTTEN: _("This candidate was forgotten or merged."),
        Refusal.NO_ADDRESS: _("There is no mail address on which they can be reached."),
        Refusal.FLAGGED: _("Their mail address refuses our mail."),
        Refusal.DO_NOT_CONTACT: _("They do not want to be contacted."),
        Refusal.LATELY: _("This was mailed to them within the hour; give them some time."),
        Refusal.OBJECTED: _("They objected to scoring, so we ask them for no favours."),
        Refusal.NO_CONSENT: _("They took back that we may approach them."),
    }[refusal]
