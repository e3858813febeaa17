"""What is recorded of staff, by category: what it is for, who sees it and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.domain.agency import audit, session
from app.domain.custody.staff_record import CATEGORIES
from app.domain.notices import alert, outbox
from app.domain.scoring import list_log
from app.language import gettext as _
from app.language import ngettext


@dataclass(frozen=True, slots=True)
class Kept:
    """One category, in sentences."""

    title: str
    why: str
    seen_by: str
    how_long: str


def kept() -> Mapping[str, Kept]:
    """Every category, in the order in which pages show them."""
    told = _of_oneself() | _of_work() | _of_winning()
    return {category: told[category] for category in CATEGORIES}


def _of_oneself() -> dict[str, Kept]:
    you, lead = _("You and administrators."), _("You, your team lead and administrators.")
    return {
        "who": Kept(
            _("Who you are, and what you chose"),
            _("Name, mail address, role, team, language and colours, and whether you appear on the leaderboard."),
            _("Your name and role: every colleague. The rest: you and administrators."),
            _("While you work here; two years after you leave a pseudonym takes the place of your name."),
        ),
        "access": _access(you),
        "time": Kept(
            _("Working days"),
            _("Contract days, days off without a reason, your follow-up block: for a fair score and streak."),
            lead,
            _("While the program runs."),
        ),
        "told": Kept(
            _("Mails and alerts to you"),
            _("That something was sent to you, so that it is sent once."),
            you,
            _("Alerts %(days)s; mails %(mails)s.", days=_days(alert.KEPT), mails=_days(outbox.KEPT)),
        ),
        "unusual": Kept(
            _("What stood out"),
            _("Figures of how you log that are unlike the rest, with your answer."),
            _("You first; after your answer, or seven days, those who run the program."),
            _("While the program runs."),
        ),
        "looked_at": Kept(
            _("Who looked at your figures"),
            _("That a lead, the sponsor or an administrator opened figures of you, and whether you answered a pulse."),
            _("You and administrators; what you answered is kept of nobody."),
            _("A year; that you answered until the pulse closes."),
        ),
    }


def _access(seen_by: str) -> Kept:
    """Everything about signing in."""
    return Kept(
        _("Signing in"),
        _(
            "Which browsers are signed in, invitations, links, your second step (its secrets are never shown), and "
            "the audit log of what you signed in to, changed for others and took along: for everybody's safety."
        ),
        seen_by,
        _(
            "A session %(days)s; a link until it ends; a second step until it is removed or you leave; log %(log)s.",
            days=_days(session.LONGEST),
            log=_days(audit.KEPT),
        ),
    )


def _of_work() -> dict[str, Kept]:
    running = _("While the program runs.")
    return {
        "work": Kept(
            _("What you logged"),
            _("Kind, outcome, channel and moment of each action: for the candidate's history and for your points."),
            _("Whoever may see the candidate; those who run the program also as a file."),
            _("As long as the candidate's data; what you did stays as a figure without the candidate."),
        ),
        "points": Kept(
            _("Points and coins"),
            _("Every point with why and when, adjustments with their reason, your totals, and your coins."),
            _("The rows: you, your team lead, the sponsor and administrators. Others see the fair score only."),
            running,
        ),
        "lists": Kept(
            _("Lists that you were shown"),
            _("Whom you were advised to contact and why, your blocks, and filters that you saved."),
            _("You and administrators."),
            _("Lists %(days)s; filters until you remove them.", days=_days(list_log.KEPT)),
        ),
        "agreed": Kept(
            _("What you agreed on"),
            _("Promises to candidates, times you proposed and what has to be put right: so that it happens."),
            _("Whoever may see the candidate."),
            _("As long as the candidate's data."),
        ),
        "feed": Kept(
            _("Good news"),
            _("What went well, and signs that you gave: to celebrate together."),
            _("Every colleague; your name only if you appear on the leaderboard."),
            running,
        ),
    }


def _of_winning() -> dict[str, Kept]:
    running = _("While the program runs.")
    return {
        "contests": Kept(
            _("Competitions"),
            _("To which you were invited, whether you took part, your tickets, and objections with their answer."),
            _("That you take part: who takes part too. Objections: you and those who run competitions."),
            _("While the program runs; a final result holds numbers, and no names."),
        ),
        "rewards": Kept(
            _("Rewards and prizes"),
            _("What you asked for, won or were given, with its value: so that it is handed over once and taxed right."),
            _("You, the sponsor and administrators. What was handed over goes to payroll with your name."),
            running,
        ),
        "praise": Kept(
            _("Kudos and badges"),
            _("Words of colleagues to each other, and what you have shown to be good at: to celebrate together."),
            _("Every colleague; your name only if you appear on the leaderboard."),
            running,
        ),
    }


def _days(span: timedelta) -> str:
    return ngettext("%(num)d day", "%(num)d days", span.days)
