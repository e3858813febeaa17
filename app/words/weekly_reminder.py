"""Words of the weekly reminder: what waits, what the week before was, how the streak and the competitions stand."""

from collections.abc import Iterable
from datetime import date

from babel.lists import format_list

from app.domain.actions.attendance import Streak
from app.domain.actions.reminder import LastWeek, Reminder, Taking
from app.domain.game.competing.life import dates_of
from app.language import current, ngettext
from app.language import gettext as _
from app.words import actions
from app.words.board import days_left
from app.words.own_part import stands
from app.words.progress import streak_sentence


def subject(reminder: Reminder, time: str) -> str:
    """How many wait and when the block is; when nobody does, that it begins or has room for something else."""
    if not reminder.upcoming:
        return _("Nobody waits for you today: room for something else at %(time)s", time=time)
    if not reminder.waiting:
        return _("Your follow-up block begins today at %(time)s", time=time)
    return ngettext(
        "%(num)d candidate waits for you today at %(time)s",
        "%(num)d candidates wait for you today at %(time)s",
        reminder.waiting,
        time=time,
    )


def preheader(reminder: Reminder) -> str:
    """What a mail program shows beside the subject."""
    names = [each.candidate.name for each in reminder.first]
    if not names:
        return _("All your candidates heard from us in time.")
    return _("Start with %(names)s.", names=format_list(names, locale=current()))


def ideas() -> list[str]:
    """What a block is good for when nobody waits."""
    return [
        _("Share something useful with somebody whom you have not spoken for a while."),
        _("Add the people whom you met this week."),
        _("Thank a colleague with a kudo."),
    ]


def lines(reminder: Reminder, today: date) -> Iterable[str]:
    """What stands below the button."""
    yield last_week_sentence(reminder.last_week)
    if reminder.streak.weeks:
        yield _streak(reminder.streak)
    yield from (_contest(each, today) for each in reminder.contests)
    if reminder.cooled:
        yield _("No longer a fan since last week: %(names)s.", names=", ".join(reminder.cooled))


def last_week_sentence(last_week: LastWeek) -> str:
    """What the recipient did; a week without actions is no reproach."""
    if not last_week.actions:
        return _("Last week you logged nothing yet; one call today is a fine start.")
    return actions.last_week_sentence(last_week)


def _streak(streak: Streak) -> str:
    kept = ngettext(
        "You kept your follow-up block %(num)d week so far.",
        "You kept your follow-up block %(num)d weeks in a row.",
        streak.weeks,
    )
    return f"{kept} {streak_sentence(streak)}"


def _contest(taking: Taking, today: date) -> str:
    """As "Samen naar 200: samen 140 van 200 punten, nog 3 dagen."."""
    told = [stands(taking.part, taking.other) if taking.part else "", days_left(dates_of(taking.competition), today)]
    said = [part[:1].lower() + part[1:] for part in told if part]
    return f"{taking.competition.name}: {', '.join(said)}."
