"""Words of a lead's Monday mail: the team's block of last week, and who waits too long."""

from datetime import datetime

from app.domain.actions.streak import NEEDED, WeekState
from app.domain.actions.team_attendance import Attended
from app.domain.agency.agency import the_zone
from app.domain.oversight.lead_week import LeadWeek
from app.domain.program.program import works_council_ok
from app.language import gettext as _
from app.language import ngettext
from app.words.program import wall_time
from app.words.waiting import quiet

__all__ = ["quiet"]


def subject(facts: LeadWeek) -> str:
    """What there is to know at a glance."""
    if facts.closed:
        return _("%(team)s: your week", team=facts.team)
    if facts.told and facts.expected:
        return _("%(team)s: %(kept)s", team=facts.team, kept=kept(facts))
    return _("%(team)s: %(late)s", team=facts.team, late=late(facts))


def closed_sentence() -> str:
    """Why nothing is told of the team, and what to do."""
    return _(
        "Figures of your team would tell of the work of fewer than five recruiters. They come as soon as it is recorded"
        " that the works council agrees, or that there is none."
    )


def kept(facts: LeadWeek) -> str:
    """How many did their block."""
    return _("%(kept)s of %(expected)s kept their follow-up block", kept=len(facts.kept), expected=facts.expected)


def late(facts: LeadWeek) -> str:
    """How many candidates wait too long."""
    if facts.closed:
        return _("who waits too long for us")
    if not facts.late:
        return _("nobody waits too long for us")
    return ngettext("%(num)d candidate waits too long for us", "%(num)d candidates wait too long for us", facts.late)


def preheader(facts: LeadWeek) -> str:
    """What a mail program shows beside the subject."""
    if facts.closed:
        return closed_sentence()
    if not facts.waiting:
        return _("Every candidate of your team was contacted in time.")
    first = facts.waiting[0].name
    if not (facts.told and facts.expected):
        return _("%(name)s waits longest.", name=first)
    return ngettext(
        "%(num)d candidate waits too long for us: %(name)s.",
        "%(num)d candidates wait too long for us, %(name)s longest.",
        facts.late,
        name=first,
    )


def block_lines(facts: LeadWeek) -> list[str]:
    """What there is to say of it beside how many kept it, which the subject says."""
    if facts.closed:
        return [closed_sentence()]
    if not facts.told:
        return [_("How many kept their follow-up block is shown from five people on.")]
    if not facts.expected:
        return [_("Last week there was no follow-up block for anybody of your team.")]
    return [line for line in (_closes(facts.closes), _unseen(facts.unseen), _unnamed(facts)) if line]


def _closes(closes: datetime | None) -> str:
    if closes is None:
        return ""
    local = closes.astimezone(the_zone())
    time = wall_time(local.hour * 60 + local.minute)
    return _("What was done in it and not logged yet can be logged today until %(time)s.", time=time)


def _unseen(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)d colleague chose not to be on any list and is not counted here.",
        "%(num)d colleagues chose not to be on any list and are not counted here.",
        number,
    )


def _unnamed(facts: LeadWeek) -> str:
    if facts.named:
        return ""
    if works_council_ok(facts.program.id):
        return _("The program does not compare people by name, so this is about the team as a whole.")
    return _("Nobody is named until it is recorded that the works council agrees, or that there is none.")


def state(each: Attended) -> str:
    """What became of somebody's block; a week off is just that."""
    if each.state is WeekState.EXCUSED:
        return _("off")
    if each.state is WeekState.KEPT:
        return ngettext("kept, with %(num)d action", "kept, with %(num)d actions", each.actions)
    return _("%(done)s of %(needed)s actions", done=each.actions, needed=NEEDED)


def more(facts: LeadWeek) -> str:
    """How many candidates are not named."""
    left = facts.late - len(facts.waiting)
    return ngettext("And %(num)d more.", "And %(num)d more.", left) if left > 0 else ""
