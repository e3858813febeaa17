"""Who waits for us, as a line of a mail: since when, about what, and who looks after them."""

from datetime import datetime

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.waiting_for_word import Waiting
from app.language import gettext as _
from app.language import ngettext
from app.words.applications import waits_about


def quiet(one: Quiet, now: datetime) -> str:
    """As "laatste contact 33 dagen geleden · Sanne de Vries"."""
    if one.contact_at:
        return _owned(_("last contact %(when)s", when=ago(one.contact_at, now)), one.owner)
    return _owned(_("never, registered %(day)s", day=ago(one.registered_at, now)), one.owner)


def for_word(one: Waiting, now: datetime) -> str:
    """As "de sollicitatie, 6 dagen geleden · Sanne de Vries"."""
    since = _("%(about)s, word was due %(when)s", about=waits_about(one.about), when=ago(one.since, now))
    return _owned(since, one.owner)


def ago(moment: datetime, now: datetime) -> str:
    """In whole local days."""
    zone = the_zone()
    days = (clock.local_day(now, zone) - clock.local_day(moment, zone)).days
    near = {0: _("today"), 1: _("yesterday")}
    return near.get(days) or ngettext("%(num)d day ago", "%(num)d days ago", days)


def _owned(text: str, owner: str | None) -> str:
    return f"{text} · {owner}" if owner else text
