"""Words of what was promised and of contacts that were begun: what about, by when, and how it was started."""

from datetime import datetime

from app import clock
from app.domain.actions.promise import Promise
from app.domain.actions.promised import What
from app.domain.agency.agency import the_zone
from app.domain.candidates.identity import Channel
from app.language import gettext as _
from app.words.candidates import channel_name
from app.words.days import on_day
from app.words.program import wall_time


def what_label(what: What | str, channel: Channel | str | None = None) -> str:
    """What was promised, as "weer contact, via telefoon"."""
    about = {
        What.AGREED: _("be in touch again"),
        What.CHECK_IN: _("ask how it goes"),
        What.REDEPLOY: _("talk about what comes next"),
        What.ANSWER: _("give word about the application"),
    }[What(what)]
    return _("%(what)s, by %(channel)s", what=about, channel=channel_name(channel)) if channel else about


def due_label(due_at: datetime, now: datetime) -> str:
    """By when, as "vandaag om 14:30" or "woensdag om 16:00"; "gisteren om 9:00, te laat" once its day has passed."""
    zone = the_zone()
    local = due_at.astimezone(zone)
    day = on_day(local.date(), clock.local_day(now, zone))
    time = wall_time(local.hour * 60 + local.minute)
    if is_late(due_at, now):
        return _("%(day)s at %(time)s, late", day=day, time=time)
    return _("%(day)s at %(time)s", day=day, time=time)


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether its day has passed."""
    zone = the_zone()
    return clock.local_day(due_at, zone) < clock.local_day(now, zone)


def fate(promise: Promise, now: datetime) -> str:
    """What became of a promise whose moment has come."""
    what = what_label(promise.kind, promise.channel)
    if promise.kept_at is None:
        late = is_late(promise.due_at, now)
        return _("Promise not kept yet: %(what)s", what=what) if late else _("Promised for today: %(what)s", what=what)
    late = is_late(promise.due_at, promise.kept_at)
    return _("Promise kept later: %(what)s", what=what) if late else _("Promise kept: %(what)s", what=what)


def started_sentence(name: str, channel: Channel | str, at: datetime) -> str:
    """As "Je belde Bram om 14:32."."""
    local = at.astimezone(the_zone())
    facts = {"name": name, "time": wall_time(local.hour * 60 + local.minute)}
    return {
        Channel.PHONE: _("You called %(name)s at %(time)s.", **facts),
        Channel.WHATSAPP: _("You opened WhatsApp for %(name)s at %(time)s.", **facts),
        Channel.EMAIL: _("You began an e-mail to %(name)s at %(time)s.", **facts),
        Channel.SMS: _("You began a text message to %(name)s at %(time)s.", **facts),
        Channel.LINKEDIN: _("You opened LinkedIn for %(name)s at %(time)s.", **facts),
        Channel.IN_APP: _("You began a message to %(name)s at %(time)s.", **facts),
    }[Channel(channel)]
