"""One ledger row moves the totals of its person and its team on every board that it counts on, in one statement."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, TextClause, bindparam, text
from sqlalchemy.types import TypeEngine

from app.clock import Period, month_of, week_of
from app.domain.game import formula, weighing
from app.domain.game.running_total import ALL_TIME, SUBJECTS
from app.domain.game.weighing import MOVED, Fresh
from app.domain.program import season
from app.prepared import Prepared

LASTING = ("week", "month", "all")
"""The boards that every row counts on; the fourth is there during a season."""


def move(
    *,
    entry_id: int,
    program_id: int,
    person_id: int | None,
    team_id: int | None,
    candidate_id: int | None,
    local_date: date,
    recorded_at: datetime,
    points: int,
    actions: int,
    verified: int = 0,
    reversal: bool = False,
) -> None:
    """Add one ledger row, already written, to every board that it counts on.

    Whether it changes who was helped depends on the candidate's other rows: the caller holds the candidate's lock. A
    season that is closed takes nothing more.
    """
    boards = {"week": week_of(local_date), "month": month_of(local_date), "all": ALL_TIME}
    span = season.span_of(program_id, local_date)
    if span and recorded_at < span.closes_at:
        boards["season"] = span.dates
    facts = {
        "entry": entry_id,
        "program": program_id,
        "person": person_id,
        "team": team_id,
        "candidate": candidate_id,
        "day": local_date,
        "points": points,
        "actions": actions,
        "verified": verified,
    }
    moved = STATEMENTS["season" in boards, reversal].run(facts | _edges(boards))
    if fresh := [row for row in map(Fresh._make, moved) if row.standard_days <= 0]:
        weighing.weigh(program_id, boards, fresh)


def _edges(boards: dict[str, Period]) -> dict[str, date]:
    starts = {name: period.start for name, period in boards.items()}
    return starts | {f"{name}_end": period.end for name, period in boards.items()}


def _statement(periods: tuple[str, ...], *, reversal: bool) -> TextClause:
    """One multi-row upsert in the order of `board_lock`.

    `net` holds the candidate's points with the person and the team in each period.

    A row of which the weight is not known, because it is new, its team is another one or more days were worked than
    it is weighed by, so that the best of them are to be found, comes back with 0 standard days.
    """
    boards = [(scope, period) for scope in ("team", "person") for period in periods]
    nets = ", ".join(
        f"sum(CASE WHEN {SUBJECTS[scope]} = :{scope} AND local_date >= :{period} AND local_date < :{period}_end"
        f" THEN points END) AS {scope}_{period}"
        for scope, period in boards
    )
    rows = " UNION ALL ".join(
        f"SELECT :program, '{scope}', '{period}', :{period}, :{scope}, :team, :points, :actions, :verified,"  # noqa: S608 - names are ours
        f" CASE WHEN {scope}_{period} > 0 THEN 1 ELSE 0 END"
        f" - CASE WHEN {scope}_{period} - :points > 0 THEN 1 ELSE 0 END,"
        f" {'new_day' if scope == 'person' and period != 'all' else '0'}, {', '.join(formula.UNKNOWN)}"
        f" FROM net, today WHERE :{scope} IS NOT NULL"
        for scope, period in boards
    )
    sums = ", ".join(f"{name} = standing.{name} + excluded.{name}" for name in formula.COUNTED)
    statement = text(
        f"WITH net AS (SELECT {nets} FROM ledger_entry WHERE candidate_id = :candidate AND program_id = :program),"  # noqa: S608 - names are ours
        f" today AS (SELECT {'0' if reversal else NEW_DAY} AS new_day)"
        " INSERT INTO standing (program_id, scope, period, period_start, subject_id, team_id,"
        f" points, actions, verified, helped, worked_days, {', '.join(formula.WEIGHED)})"
        f" {rows} ON CONFLICT (program_id, scope, period, period_start, subject_id) DO UPDATE SET {sums}"
        f"{'' if reversal else ', team_id = excluded.team_id'}"
        f", standard_days = {BEST_DAYS if reversal else STILL_KNOWN}"
        f", sort_key = {formula.score('standing.points + excluded.points')}"
        f", tie_key = {formula.tie(*_tied())}"
        " RETURNING scope, period, subject_id, standard_days"
    )
    return _typed(statement, periods)


def _typed(statement: TextClause, periods: tuple[str, ...]) -> TextClause:
    numbers = ("program", "person", "team", "candidate", "points", "actions", "verified", "entry")
    days = ("day", *periods, *(f"{name}_end" for name in periods))
    types: dict[str, type[TypeEngine[Any]]] = dict.fromkeys(numbers, Integer) | dict.fromkeys(days, Date)
    known = {name: kind for name, kind in types.items() if f":{name}" in statement.text}
    return statement.bindparams(*(bindparam(name, type_=kind) for name, kind in known.items()))


def _tied() -> tuple[str, str, str]:
    helped, verified, actions = (f"(standing.{name} + excluded.{name})" for name in ("helped", "verified", "actions"))
    return helped, verified, actions


NEW_DAY = (
    "CASE WHEN :actions > 0 AND NOT EXISTS (SELECT 1 FROM ledger_entry WHERE person_id = :person"
    " AND local_date = :day AND kind = 'earn' AND id <> :entry) THEN 1 ELSE 0 END"
)
STILL_KNOWN = (
    "CASE WHEN standing.scope = 'team' THEN standing.standard_days"
    f" WHEN coalesce(standing.team_id, 0) <> coalesce(excluded.team_id, 0) THEN {MOVED}"
    " WHEN standing.worked_days + excluded.worked_days > standing.available_days THEN 0"
    " ELSE standing.standard_days END"
)
BEST_DAYS = "CASE WHEN standing.worked_days > standing.available_days THEN 0 ELSE standing.standard_days END"
STATEMENTS = {
    (in_season, reversal): Prepared(_statement((*LASTING, "season") if in_season else LASTING, reversal=reversal))
    for in_season in (False, True)
    for reversal in (False, True)
}
