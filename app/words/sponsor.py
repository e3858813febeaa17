"""Words of the sponsor's page: its periods, its journey, and the share of attention."""

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.oversight.attention import Attention
from app.domain.oversight.funnel import StageFigures
from app.domain.oversight.scope import Scope, Span
from app.domain.oversight.week import Week
from app.domain.oversight.window import Value, share
from app.domain.program.season import Pause
from app.language import day_and_month, decimal, ngettext
from app.language import gettext as _
from app.words.candidates import stage_label
from app.words.days import capital
from app.words.journey import duration


def span_label(span: Span | str) -> str:
    """A period, as it is chosen."""
    return {
        Span.MONTH: _("4 weeks"),
        Span.QUARTER: _("12 weeks"),
        Span.YEAR: _("A year"),
        Span.SEASON: _("This season"),
        Span.PROGRAM: _("Since the start"),
    }[Span(span)]


def closed_sentence() -> str:
    """Why nothing is told of a team, and what to do."""
    return _(
        "Here every figure would tell of the work of fewer than five recruiters. Choose a larger team or all of them,"
        " or have it recorded that the works council agrees, or that there is none."
    )


def pause_sentence(pause: Pause) -> str:
    """That no season runs, and until when."""
    since = day_and_month(pause.since)
    if pause.until is None:
        return _("The program pauses since %(since)s, and no next season is planned.", since=since)
    until = day_and_month(pause.until)
    return _("The program pauses since %(since)s; the next season begins on %(until)s.", since=since, until=until)


def week_label(monday: date) -> str:
    """As wk 47."""
    return _("wk %(number)s", number=monday.isocalendar().week)


def share_lines(weeks: Sequence[Week]) -> list[dict[str, object]]:
    """The lines of coverage and of taking part, in percent, as far as they are known and may be told."""
    lines: list[tuple[str, list[Value]]] = [
        (_("in time"), [week.coverage for week in weeks]),
        (_("taking part"), [week.taking_part for week in weeks]),
    ]
    return [{"label": label, "values": values} for label, values in lines if set(values) != {None}]


def pause_note(scope: Scope) -> str:
    """How much of the last year was a pause."""
    return ngettext(
        "Of the last year %(num)d day lay between seasons; what is counted there is told at the pace of the period.",
        "Of the last year %(num)d days lay between seasons; what is counted there is told at the pace of the period.",
        sum((each.end - each.start).days for each in scope.pauses),
    )


def stage_bar(of: StageFigures) -> dict[str, object]:
    """How many are in a stage, who waits there, and how many went on, with the period before."""
    told = [ngettext("%(num)d waits too long", "%(num)d wait too long", of.late)] if of.late else []
    if of.went_on is not None:
        told.append(_went_on(int(of.went_on), of.went_on_before))
    return {"label": capital(stage_label(of.stage)), "value": of.candidates, "detail": ", ".join(told)}


def _went_on(share: int, before: float | None) -> str:
    if before is None:
        return _("%(share)s%% went on", share=share)
    return _("%(share)s%% went on (it was %(before)s%%)", share=share, before=f"{before:g}")


def attention_sentence(of: Attention) -> str:
    """Who gets how much of it."""
    told = {"share": of.share, "without": decimal(of.without), "candidates": decimal(of.candidates)}
    return _(
        "The tenth of the candidates who got the most had %(share)s%% of the contacts of the last four weeks;"
        " %(without)s of %(candidates)s had none.",
        **told,
    )


def percent(part: int, whole: int) -> str:
    """As 83%; a dash where there is no whole."""
    found = share(part, whole)
    return "\N{EN DASH}" if found is None else f"{found:g}%"


def done_label(code: str) -> str:
    """What is counted of somebody."""
    return {
        "adoption": _("Weeks with something done"),
        "attendance": _("Blocks held"),
        "two_way": _("With an answer"),
    }[code]


def whole_label(code: str) -> str:
    """Of what it is a part."""
    return {
        "adoption": _("Weeks worked here"),
        "attendance": _("Blocks"),
        "two_way": _("Contacts and attempts"),
    }[code]


def behind_cell(code: str, at: datetime, since: datetime | None, to: str | None) -> str:
    """What a figure says of one candidate: how long it took, or the stage to which they went."""
    if code == "first_response":
        return duration((since - at).total_seconds() / 3600) if since else _("not yet")
    if code == "time_to_placement" and since:
        return ngettext("%(num)d day", "%(num)d days", max((at - since).days, 0))
    return capital(stage_label(to)) if to else ""


def behind_label(code: str) -> str:
    """The heading of it; nothing where there is nothing to say."""
    labels = {
        "first_response": _("Time to our first word"),
        "time_to_placement": _("Time to placement"),
        "late": _("Stage"),
        "coverage": _("Stage"),
        "conversion": _("Went to"),
    }
    return labels.get(code, "")
