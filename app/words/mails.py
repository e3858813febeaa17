"""Words of the mails: what a mail is called, why it comes, and along which way a candidate is reached."""

from app.domain.candidates.address import Channel
from app.domain.notices.catalogue import DAILY
from app.language import gettext as _
from app.words import alerts


def mail_name(kind: str) -> str:
    """A kind of mail within a sentence."""
    names = {
        "weekly_reminder": _("the weekly reminder"),
        "competition": _("mails about competitions"),
        "retention": _("mails about data that end soon"),
        "reward_decided": _("mails about rewards that you asked for"),
        "reward_waits": _("mails about rewards that wait for you"),
        "surprise": _("mails about surprises"),
        "daily": _("the mail of the day"),
        "lead_week": _("the weekly mail about your team"),
        "sponsor_week": _("the weekly three lines"),
        "sponsor_month": _("the monthly mail"),
        "pulse": _("the mail about the four questions"),
    }
    return alerts.mail_name(kind) or names.get(kind, _("this mail"))


def mail_label(kind: str) -> str:
    """A kind of mail in a list, also of those that candidates get."""
    labels = {
        "weekly_reminder": _("weekly reminder"),
        "daily": _("all of a day at once"),
        "lead_week": _("the week of the team"),
        "sponsor_week": _("the week of the sponsor"),
        "sponsor_month": _("the month of the sponsor"),
        "pulse": _("four questions once a quarter"),
        "alert": _("alert"),
        "block_starts": _("the block begins"),
        "carerix_score": _("score for Carerix"),
        "chat_test": _("test of a chat"),
        "chat_paused": _("chat that was paused"),
        "webhook_off": _("webhook that was turned off"),
        "colleague_came": _("colleagues who came in"),
        "token_left": _("token whose maker left"),
        "retention": _("keeping that ends"),
        "competition": _("competition"),
        "reward_decided": _("answer to a request"),
        "reward_waits": _("request that waits"),
        "surprise": _("surprise"),
        "block_invitation": _("entry for a calendar"),
        "time_chosen": _("time that a candidate chose"),
        "erasure_asked": _("wish to be forgotten"),
        "unusual": _("something unusual"),
        "mail_test": _("test whether mail arrives"),
        "invitation": _("invitation"),
        "sign_in": _("link to sign in"),
        "password": _("new password"),
        "safety": _("change of signing in"),
        "candidate_link": _("link for a candidate"),
        "retention_renewal": _("question whether to keep data"),
        "feedback_asked": _("question how it went"),
        "unfinished_application": _("application that stopped"),
    }
    return labels.get(kind, kind)


def what_stays(kind: str) -> str:
    """What is so after saying no to a mail: that of the day is all that stands in it."""
    if kind == DAILY:
        return _(
            "No mail comes any more about candidates, competitions, rewards and surprises; in the app they stand as"
            " ever."
        )
    return _("Nothing else changes.")


def reason(kind: str, program: str) -> str:
    """Why a mail comes."""
    facts = {"program": program}
    return {
        "competition": _("You get this mail because this competition of %(program)s is for you.", **facts),
        "daily": _("You get this mail because you like to read what happens at %(program)s once a day.", **facts),
        "lead_week": _("You get this mail because you lead a team in %(program)s.", **facts),
        "sponsor_week": _("You get this mail because you are the sponsor of %(program)s.", **facts),
        "sponsor_month": _("You get this mail because you run %(program)s.", **facts),
        "pulse": _("You get this mail because you work with %(program)s.", **facts),
        "reward_waits": _("You get this mail because you decide on rewards of %(program)s.", **facts),
        "reward_decided": _("You get this mail because you asked for this reward."),
        "surprise": _("You get this mail because somebody of %(program)s thought of you.", **facts),
        "unusual": _("You get this mail because you log in %(program)s, and only you read it.", **facts),
        "safety": _("You get this mail because it is about your access to %(program)s.", **facts),
        "mail_test": _("You get this mail because you pressed a button for it."),
        "webhook_off": _("You get this mail because you administer %(program)s.", **facts),
        "colleague_came": _("You get this mail because you administer %(program)s.", **facts),
        "token_left": _("You get this mail because you administer %(program)s.", **facts),
        "erasure_asked": _("You get this mail because a candidate asked it and somebody has to see to it."),
    }.get(kind, _("You get this mail because you contact candidates for %(program)s.", **facts))


def preferably(channel: Channel) -> str:
    """Along which way a candidate is best reached."""
    return {
        Channel.PHONE: _("Preferably by phone"),
        Channel.WHATSAPP: _("Preferably by WhatsApp"),
        Channel.EMAIL: _("Preferably by e-mail"),
        Channel.SMS: _("Preferably by text message"),
        Channel.LINKEDIN: _("Preferably by LinkedIn"),
        Channel.IN_APP: _("Preferably in the app"),
    }[Channel(channel)]


def contact_label(channel: Channel, name: str) -> str:
    """Reaching somebody, as a link that says what it does."""
    return {
        Channel.PHONE: _("Call %(name)s", name=name),
        Channel.WHATSAPP: _("Message %(name)s on WhatsApp", name=name),
        Channel.EMAIL: _("Mail %(name)s", name=name),
        Channel.SMS: _("Text %(name)s", name=name),
        Channel.LINKEDIN: _("Find %(name)s on LinkedIn", name=name),
        Channel.IN_APP: _("Message %(name)s in the app", name=name),
    }[Channel(channel)]
