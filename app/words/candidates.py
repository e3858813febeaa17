"""Words for candidates: stages, channels, warmth, who said what."""

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.preference import SaidBy
from app.language import gettext as _

VERY_WARM = 50
WARM = 25
LUKEWARM = 8


def stage_label(stage: Stage | str) -> str:
    """Where in the journey a candidate is."""
    return {
        Stage.ATTRACT: _("attract"),
        Stage.ENGAGE: _("engage"),
        Stage.NURTURE: _("keep warm"),
        Stage.CONVERT: _("place"),
        Stage.REDEPLOY: _("place again"),
    }[Stage(stage)]


def channel_label(channel: Channel | str) -> str:
    """What a channel is called."""
    return {
        Channel.PHONE: _("Phone"),
        Channel.WHATSAPP: "WhatsApp",
        Channel.EMAIL: _("E-mail"),
        Channel.SMS: _("SMS"),
        Channel.LINKEDIN: "LinkedIn",
        Channel.IN_APP: _("In the app"),
    }[Channel(channel)]


def channel_name(channel: Channel | str) -> str:
    """A channel within a sentence, as in "liefst via telefoon"."""
    return {
        Channel.PHONE: _("phone"),
        Channel.WHATSAPP: "WhatsApp",
        Channel.EMAIL: _("e-mail"),
        Channel.SMS: _("text message"),
        Channel.LINKEDIN: "LinkedIn",
        Channel.IN_APP: _("the app"),
    }[Channel(channel)]


def channel_verb(channel: Channel | str) -> str:
    """What one does on a channel: the label of its button."""
    return {
        Channel.PHONE: _("Call"),
        Channel.WHATSAPP: "WhatsApp",
        Channel.EMAIL: _("Send mail"),
        Channel.SMS: _("Send SMS"),
        Channel.LINKEDIN: "LinkedIn",
        Channel.IN_APP: _("Message in the app"),
    }[Channel(channel)]


def channel_icon(channel: Channel | str) -> str:
    """The icon of a channel."""
    return {
        Channel.PHONE: "phone",
        Channel.WHATSAPP: "message-circle",
        Channel.EMAIL: "mail",
        Channel.SMS: "message-square",
        Channel.LINKEDIN: "link",
        Channel.IN_APP: "smartphone",
    }[Channel(channel)]


def identity_state_label(state: IdentityState | str) -> str:
    """What we know of an address; nothing is said of one that nobody checked."""
    return {
        IdentityState.UNVERIFIED: "",
        IdentityState.VERIFIED: _("checked"),
        IdentityState.INVALID: _("does not work"),
        IdentityState.OPTED_OUT: _("does not want this"),
    }[IdentityState(state)]


def said_by_label(said_by: SaidBy | str) -> str:
    """Who said how a candidate wants to be reached."""
    return {
        SaidBy.CANDIDATE: _("said by the candidate"),
        SaidBy.RECRUITER: _("our own impression"),
        SaidBy.IMPORTED: _("from a file"),
    }[SaidBy(said_by)]


def warmth_label(shown: float) -> str:
    """A score from 0 to 100 in a word."""
    if shown >= VERY_WARM:
        return _("very warm")
    if shown >= WARM:
        return _("warm")
    return _("lukewarm") if shown >= LUKEWARM else _("cool")
