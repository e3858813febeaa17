"""Words for candidates: stages, channels, warmth, who said what."""

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.preference import SaidBy
from app.language import gettext as _
from app.language import lazy_gettext as _l

VERY_WARM = 50
WARM = 25
LUKEWARM = 8
STAGES = {
    Stage.ATTRACT: _l("attract"),
    Stage.ENGAGE: _l("engage"),
    Stage.NURTURE: _l("keep warm"),
    Stage.CONVERT: _l("place"),
    Stage.REDEPLOY: _l("place again"),
}
LABELS = {
    Channel.PHONE: _l("Phone"),
    Channel.WHATSAPP: "WhatsApp",
    Channel.EMAIL: _l("E-mail"),
    Channel.SMS: _l("SMS"),
    Channel.LINKEDIN: "LinkedIn",
    Channel.IN_APP: _l("In the app"),
}
NAMES = {
    Channel.PHONE: _l("phone"),
    Channel.WHATSAPP: "WhatsApp",
    Channel.EMAIL: _l("e-mail"),
    Channel.SMS: _l("text message"),
    Channel.LINKEDIN: "LinkedIn",
    Channel.IN_APP: _l("the app"),
}
VERBS = {
    Channel.PHONE: _l("Call"),
    Channel.WHATSAPP: "WhatsApp",
    Channel.EMAIL: _l("Send mail"),
    Channel.SMS: _l("Send SMS"),
    Channel.LINKEDIN: "LinkedIn",
    Channel.IN_APP: _l("Message in the app"),
}


def stage_label(stage: Stage | str) -> str:
    """Where in the journey a candidate is."""
    return str(STAGES[Stage(stage)])


def channel_label(channel: Channel | str) -> str:
    """What a channel is called."""
    return str(LABELS[Channel(channel)])


def channel_name(channel: Channel | str) -> str:
    """A channel within a sentence, as in "liefst via telefoon"."""
    return str(NAMES[Channel(channel)])


def channel_verb(channel: Channel | str) -> str:
    """What one does on a channel: the label of its button."""
    return str(VERBS[Channel(channel)])


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
