"""What the sponsor's page says as plain values, for programs: the command line and the page's own JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.clock import DAY, Period
from app.domain.game.rewarding.budget import Budget
from app.domain.oversight.attention import Attention
from app.domain.oversight.heat import heat
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.sponsor_figures import Figure, SponsorFigures
from app.domain.oversight.sponsor_page import Asked, SponsorPage
from app.domain.oversight.team_blocks import Kept
from app.domain.oversight.verdict import TOLD, Verdict
from app.domain.oversight.waiting_for_word import Waiting
from app.domain.oversight.week import Week
from app.words.sponsor import closed_sentence
from app.words.verdict import verdict_sentence

Facts = dict[str, Any]


def facts(page: SponsorPage) -> Facts:
    """All of it, naming nobody; null is what has no value, or would tell of fewer than five people."""
    found = page.figures
    return {
        "at": found.scope.now.isoformat(),
        "scope": _scope(page.asked, told=found.told),
        "closed": None,
        "verdict": _verdict(page.verdict),
        "figures": {code: _figure(figure) for code, figure in found.figures.items()},
        "weeks": [_week(each, told=found.tells_weeks) for each in found.weeks],
        "funnel": [stage._asdict() for stage in found.stages],
        "waiting_for_word": _waiting(page.waiting),
        "gone_quiet": {"candidates": found.standing("late"), "longest": [_quiet(each) for each in page.quiet]},
        "blocks": _blocks(found),
        "attention": _attention(page.attention),
        "budget": _budget(page.asked.budget),
    }


def closed_facts(asked: Asked) -> Facts:
    """The same shape without a figure, and why there is none."""
    parts = ("verdict", "figures", "weeks", "funnel", "waiting_for_word", "gone_quiet", "blocks", "attention", "budget")
    told = {"at": asked.scope.now.isoformat(), "scope": _scope(asked, told=False), "closed": closed_sentence()}
    return told | dict.fromkeys(parts)


def _scope(asked: Asked, *, told: bool) -> Facts:
    scope = asked.scope
    question = scope.question
    return {
        "period": str(question.span),
        "team": question.team_id,
        "branch": question.branch_id,
        "segment": question.segment or None,
        "days": _days(scope.days),
        "before": _days(scope.before) if scope.before else None,
        "pauses": [_days(each) for each in scope.pauses],
        "people_named": asked.named,
        "people_counted": told,
    }


def _days(period: Period) -> Facts:
    return {"first": _day(period.start), "last": _day(period.end - DAY)}


def _verdict(verdict: Verdict) -> Facts:
    people = {"active": verdict.active, "expected": verdict.expected} if verdict.use in TOLD else {}
    return {
        "sentence": verdict_sentence(verdict),
        "use": verdict.use,
        "waiting": verdict.waiting,
        "of_last_week": verdict.last_week,
        "active": people.get("active"),
        "expected": people.get("expected"),
        "late": verdict.late,
    }


def _figure(figure: Figure) -> Facts:
    measure = MEASURES[figure.code]
    return {
        "value": figure.value,
        "before": figure.before,
        "pause": figure.pause,
        "unit": measure.unit,
        "good_if_more": measure.good_if_more,
        "hidden": figure.hidden,
    }


def _week(week: Week, *, told: bool) -> Facts:
    return {
        "monday": _day(week.done.monday),
        "answered": week.answered if told else None,
        "other": week.other if told else None,
        "taking_part": week.taking_part,
        "coverage": week.coverage,
    }


def _waiting(waiting: Sequence[Waiting]) -> Facts:
    return {"candidates": len(waiting), "since": waiting[0].since.isoformat() if waiting else None}


def _quiet(one: Quiet) -> Facts:
    contact_at = one.contact_at.isoformat() if one.contact_at else None
    return {"candidate": one.candidate_id, "stage": one.stage, "contact_at": contact_at}


def _blocks(found: SponsorFigures) -> list[Facts]:
    mondays = [week.done.monday for week in found.weeks]
    return [
        {"team": team, "weeks": [_kept(monday, each) for monday, each in zip(mondays, cells, strict=True)]}
        for team, cells in heat(found)
    ]


def _kept(monday: date, cell: Kept | None) -> Facts:
    return {
        "monday": _day(monday),
        "kept": cell.kept if cell else None,
        "blocks": cell.blocks if cell else None,
    }


def _attention(of: Attention | None) -> Facts | None:
    if of is None or of.share is None:
        return None
    told = {"candidates": of.candidates, "contacts": of.contacts, "without": of.without}
    return {**told, "percent_with_the_first_tenth": of.share}


def _budget(budget: Budget | None) -> Facts | None:
    if budget is None:
        return None
    cents = {name: getattr(budget, name) for name in ("budgeted", "available", "reserved", "committed", "spent")}
    return {"name": budget.name, "first": _day(budget.first), "last": _day(budget.last), "cents": cents}


def _day(day: date) -> str:
    return day.isoformat()
