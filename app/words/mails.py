"""Words of the mails: what a mail is called, and what the week before was."""

from app.domain.actions.reminder import LastWeek
from app.domain.candidates.address import Channel
from app.language import gettext as _
from app.language import ngettext
from app.words import alerts


def mail_name(kind: str) -> str:
    """A kind of mail within a sentence."""
    names = {"weekly_reminder": _("the weekly reminder"), "competition": _("mails about competitions")}
    return alerts.mail_name(kind) or names.get(kind, _("this mail"))


def last_week_sentence(last_week: LastWeek) -> str:
    """What the recipient did; a week without actions is no reproach."""
    if not last_week.actions:
        return _("Last week you logged nothing yet; one call today is a fine start.")
    actions = ngettext("%(num)d action", "%(num)d actions", last_week.actions)
    points = ngettext("%(num)d point", "%(num)d points", last_week.points)
    return _("Last week: %(actions)s, %(points)s.", actions=actions, points=points)


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
