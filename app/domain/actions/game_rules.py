"""The rules of the game as they stand: every setting and every limit that the rules page speaks of, said once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import award, bonus, contact, reply, rescue, verification
from app.domain.agency.agency import the_zone
from app.domain.game import adjustment, fairness, standings
from app.domain.game.recognition import giving
from app.domain.program import rulebook, season
from app.domain.program.action_kind import ALWAYS, ActionKind, ActionRule
from app.domain.program.program import Program, works_council_ok
from app.domain.program.rulebook import RulesEdition

SEASONS = 2


def publish(program: Program, by_id: int | None, now: datetime) -> RulesEdition | None:
    """Make an edition when the rules are others than those of the last one; None when nothing changed."""
    said, today = content(program), clock.local_day(now, the_zone())
    last = rulebook.newest(program.id)
    valid_from = _valid_from(last.content, said, today) if last else min(program.started_on, today)
    return rulebook.publish(program.id, said, valid_from=valid_from, by_id=by_id, now=now)


def changed(program: Program) -> bool:
    """Whether the rules are others than those of the last edition, or there is none yet."""
    last = rulebook.newest(program.id)
    return last is None or last.content != content(program)


def content(program: Program) -> dict[str, Any]:
    """What the page says, as plain values; it changes only when somebody changes a setting, or a new release a limit.

    A kind's `worth` is what it was worth before and from when what it is worth now or from a coming Monday.
    """
    return {
        "kinds": _kinds(program.id),
        "bonuses": {**bonus.POINTS, "rescue": rescue.BONUS, "reply": reply.BONUS},
        "proof": {"from": award.PROOF_FROM, "at_once": award.AT_ONCE, "days": verification.WITHIN.days},
        "places": dict(award.WEEK_PLACES),
        "day": {"full": award.FULL_A_DAY, "half": award.HALF_A_DAY},
        "backdated": contact.LONGEST_AGO.days,
        "fair": {"padding": fairness.PADDING, "team": fairness.SMALLEST_TEAM},
        "board": {
            "mode": program.board_mode,
            "agreed": works_council_ok(program.id),
            "all_time": program.all_time_board,
            "top": standings.TOP,
            "near": standings.NEIGHBOURS,
        },
        "kudos": {"points": giving.POINTS, "a_week": giving.A_WEEK, "a_month": program.kudos_a_month},
        "adjustment": {"alone": adjustment.ALONE, "days": adjustment.ALONE_WITHIN.days},
        "seasons": [
            {"name": each.name, "first": each.first.isoformat(), "last": each.last.isoformat()}
            for each in season.all_of(program.id)[:SEASONS]
        ],
    }


def _kinds(program_id: int) -> list[dict[str, Any]]:
    """What can be logged and is worth something, or was until it is not."""
    rows = (
        select(ActionKind, ActionRule)
        .join(ActionRule, ActionRule.kind_id == ActionKind.id)
        .where(ActionKind.program_id == program_id, ActionKind.retired_at.is_(None), ActionKind.known)
        .order_by(ActionKind.position, ActionKind.id, ActionRule.version)
    )
    versions: dict[ActionKind, list[ActionRule]] = defaultdict(list)
    for kind, rule in db.session.execute(rows):
        versions[kind].append(rule)
    kinds = [_kind(kind, rules) for kind, rules in versions.items()]
    return [kind for kind in kinds if any(points for _, points in kind["worth"])]


def _kind(kind: ActionKind, rules: list[ActionRule]) -> dict[str, Any]:
    last = rules[-1]
    before = [rule for rule in rules if rule.valid_from < last.valid_from][-1:]
    return {
        "code": kind.code,
        "nl": kind.label_nl,
        "en": kind.label_en,
        "place": kind.place_class,
        "members": kind.for_members,
        "worth": [[_day(rule.valid_from), rule.points] for rule in (*before, last)],
    }


def _day(valid_from: date) -> str | None:
    return None if valid_from == ALWAYS else valid_from.isoformat()


def _valid_from(before: dict[str, Any], after: dict[str, Any], today: date) -> date:
    """A change of points counts from its Monday, everything else at once."""
    known = {kind["code"]: kind for kind in before["kinds"]}
    changed = [kind for kind in after["kinds"] if kind != known.get(kind["code"])]
    return max([today, *_coming(changed)])


def _coming(kinds: Iterable[dict[str, Any]]) -> list[date]:
    return [date.fromisoformat(kind["worth"][-1][0]) for kind in kinds if kind["worth"][-1][0]]
