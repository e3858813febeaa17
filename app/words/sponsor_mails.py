"""Words of the sponsor's mails: one thing to praise and one to do, and a month's figures with their change."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from flask_babel import format_date

from app import clock
from app.clock import Period
from app.domain.oversight.sponsor_figures import Figure as Measured
from app.domain.oversight.sponsor_month import TOP, SponsorMonth
from app.domain.oversight.sponsor_week import NextStep, Praise, SponsorWeek
from app.language import gettext as _
from app.language import ngettext
from app.words import measures
from app.words.waiting import for_word, quiet

NOT_TOLD = "\N{EN DASH}"
TOLD = ("adoption", "coverage", "late", "two_way", "first_response", "placements")


class Figure(NamedTuple):
    """A row of the table: what, how much, how it changed, and whether that is good; None: it did not."""

    label: str
    value: str
    change: str
    good: bool | None


def praise(facts: SponsorWeek) -> str:
    """What went well."""
    if facts.share:
        return _(
            "Of team %(team)s, %(kept)s of %(expected)s kept their follow-up block last week. Say that you saw it.",
            **facts.share._asdict(),
        )
    return {
        Praise.COVERAGE: ngettext(
            "More candidates hear from us in time: up %(num)d percentage point in a week. Say that you saw it.",
            "More candidates hear from us in time: up %(num)d percentage points in a week. Say that you saw it.",
            facts.number,
        ),
        Praise.ANSWERED: ngettext(
            "Last week %(num)d contact had an answer: a real conversation. Thank whoever made it.",
            "Last week %(num)d contacts had an answer: real conversations. Thank whoever made them.",
            facts.number,
        ),
    }.get(facts.praise, _("The figures do not say it yet: ask a team lead who deserves a compliment."))


def week_subject(verdict: str) -> str:
    """The verdict, as a subject."""
    return verdict.removesuffix(".")


def next_step(facts: SponsorWeek) -> str:
    """What presses most."""
    number = facts.next_number
    return {
        NextStep.WORD: ngettext(
            "%(num)d candidate waits for our word. Ask who gives it today.",
            "%(num)d candidates wait for our word. Ask who gives it today.",
            number,
        ),
        NextStep.LATE: ngettext(
            "%(num)d candidate waits too long for a contact. Ask the owner what it takes.",
            "%(num)d candidates wait too long for a contact. Ask the leads what it takes.",
            number,
        ),
        NextStep.UNOWNED: ngettext(
            "%(num)d candidate has no owner. Let somebody take over.",
            "%(num)d candidates have no owner. Let somebody take over.",
            number,
        ),
        NextStep.CANDIDATES: _("Bring the first candidates in: from a file, or by hand."),
        NextStep.NOTHING: _("Nothing presses. Take part in a follow-up block yourself: it is seen."),
    }[facts.next_step]


def month_subject(facts: SponsorMonth) -> str:
    """Of which month it is."""
    return _("%(program)s in %(month)s", program=facts.program.name, month=month_name(facts.month))


def month_name(month: Period) -> str:
    """As oktober 2026."""
    return str(format_date(month.start, "LLLL y"))


def figures(facts: SponsorMonth) -> Iterator[Figure]:
    """The page's figures over the month, each with the change to the month before."""
    return (_figure(facts.figures[code]) for code in TOLD)


def _figure(of: Measured) -> Figure:
    label = measures.name(of.code)
    if of.hidden:
        return Figure(label, NOT_TOLD, _("shown from five people on"), None)
    if of.value is None:
        return Figure(label, NOT_TOLD, _("nothing to count yet"), None)
    changed = measures.change(of.code, of.change) if of.change else _("the same") if of.change == 0 else ""
    return Figure(label, measures.value(of.code, of.value), changed, of.is_welcome)


def waiting(facts: SponsorMonth, now: datetime) -> list[tuple[str, str]]:
    """The first who wait for our word."""
    return [(one.name, for_word(one, now)) for one in facts.waiting[:TOP]]


def gone_quiet(facts: SponsorMonth, now: datetime) -> list[tuple[str, str]]:
    """The first with whom nobody was in contact in time."""
    return [(one.name, quiet(one, now)) for one in facts.quiet[:TOP]]


def since(facts: SponsorMonth) -> str:
    """Beside what the changes stand."""
    if not facts.compared:
        return _("Next month you see what changed.")
    earlier = clock.month_of(facts.month.start - clock.DAY)
    return _("The change is that since %(month)s.", month=str(format_date(earlier.start, "LLLL")))
