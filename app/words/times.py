"""Words for times that are proposed to a candidate: when they are, what became of them, what was agreed."""

from datetime import datetime

from flask_babel import format_date

from app.domain.actions.time_offer import TimeOffer
from app.domain.agency.agency import the_zone
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.language import gettext as _
from app.language import ngettext
from app.words.candidates import channel_name
from app.words.own import pronouns
from app.words.program import wall_time
from app.words.reasons import given_name


def when(moment: datetime) -> str:
    """As dinsdag 24 november om 10:00, where the agency is."""
    local = moment.astimezone(the_zone())
    day = format_date(local.date(), "EEEE d MMMM")
    return _("%(day)s at %(time)s", day=day, time=wall_time(local.hour * 60 + local.minute))


def how_long(minutes: int) -> str:
    """As 30 minuten."""
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def state(offer: TimeOffer, now: datetime) -> str:
    """What became of an offer, for a recruiter."""
    if offer.picked is not None:
        return _("chosen: %(when)s", when=when(offer.picked))
    if offer.withdrawn_at is not None:
        return _("withdrawn")
    return _("open until %(when)s", when=when(offer.expires_at)) if offer.is_open(now) else _("nothing was chosen")


def agreed_sentence(person: str, channel: Channel | str, moment: datetime) -> str:
    """What was agreed, said to the candidate."""
    facts = pronouns() | {"name": person, "when": when(moment)}
    if Channel(channel) == Channel.PHONE:
        return _("%(name)s will call %(to_you)s on %(when)s.", **facts)
    return _("%(name)s is in touch with %(you)s by %(channel)s on %(when)s.", channel=channel_name(channel), **facts)


def initialled(candidate: Candidate) -> str:
    """A candidate in a calendar that others may look into: the given name and one letter."""
    given, last = given_name(candidate), candidate.name.split()[-1]
    return given if last == given else f"{given} {last[:1].upper()}."


def appointment(name: str, channel: Channel | str | None) -> str:
    """What an agreed time is called in a recruiter's calendar."""
    if channel in {None, Channel.PHONE}:
        return _("Call %(name)s", name=name)
    return _("Contact %(name)s by %(channel)s", name=name, channel=channel_name(channel or ""))
