"""Words of the sponsor's mails: one thing to praise and one to do, and a month's figures with their change."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from flask_babel import format_date, format_decimal

from app import clock
from app.clock import Period
from app.domain.oversight.adoption import Share
from app.domain.oversight.coverage import Coverage
from app.domain.oversight.sponsor_month import TOP, MonthFigures, SponsorMonth
from app.domain.oversight.sponsor_week import NextStep, Praise, SponsorWeek
from app.language import gettext as _
from app.language import ngettext
from app.words.waiting import for_word, quiet

NOT_TOLD = "\N{EN DASH}"


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
    now, before = facts.figures, facts.before
    told = before if facts.told and facts.told_before else None
    yield _part(now.part, told.part if told else None, told=facts.told)
    yield _in_time(now.covered, before.covered if before else None)
    answered = _("Contacts with an answer")
    if facts.told:
        yield _counted(answered, now.answered, told.answered if told else None)
        yield _counted(_("All actions"), now.actions, told.actions if told else None)
    else:
        yield Figure(answered, NOT_TOLD, _("shown from five people on"), None)
    yield _counted(_("Waiting too long at the end"), now.covered.late, _late(before), good_if_more=False)


def _late(before: MonthFigures | None) -> int | None:
    return before.covered.late if before else None


def _part(now: Share, before: Share | None, *, told: bool) -> Figure:
    label = _("Took part")
    if not told:
        return Figure(label, NOT_TOLD, _("shown from five people on"), None)
    value = _("%(active)s of %(expected)s", active=format_decimal(now.active), expected=format_decimal(now.expected))
    return Figure(label, value, *_change(now.active - before.active if before else None))


def _in_time(now: Coverage, before: Coverage | None) -> Figure:
    label = _("In contact in time at the end")
    if now.percent is None:
        return Figure(label, NOT_TOLD, _("nobody's turn has come yet"), None)
    value = f"{now.percent}%"
    if before is None or before.percent is None:
        return Figure(label, value, "", None)
    change = now.percent - before.percent
    points = ngettext(
        "%(sign)s%(num)d percentage point", "%(sign)s%(num)d percentage points", abs(change), sign=_sign(change)
    )
    return Figure(label, value, points if change else _("the same"), change > 0 if change else None)


def _counted(label: str, now: int, before: int | None, *, good_if_more: bool = True) -> Figure:
    said, good = _change(None if before is None else now - before)
    return Figure(label, str(format_decimal(now)), said, good if good is None else good == good_if_more)


def _change(change: int | None) -> tuple[str, bool | None]:
    if change is None:
        return "", None
    return (f"{_sign(change)}{format_decimal(abs(change))}", change > 0) if change else (_("the same"), None)


def waiting(facts: SponsorMonth, now: datetime) -> list[tuple[str, str]]:
    """The first who wait for our word."""
    return [(one.name, for_word(one, now)) for one in facts.page.waiting[:TOP]]


def gone_quiet(facts: SponsorMonth, now: datetime) -> list[tuple[str, str]]:
    """The first with whom nobody was in contact in time."""
    return [(one.name, quiet(one, now)) for one in facts.page.quiet[:TOP]]


def _sign(change: int) -> str:
    return "+" if change > 0 else "-"


def since(facts: SponsorMonth) -> str:
    """Beside what the changes stand."""
    if facts.before is None:
        return _("Next month you see what changed.")
    earlier = clock.month_of(facts.month.start - clock.DAY)
    return _("The change is that since %(month)s.", month=str(format_date(earlier.start, "LLLL")))
