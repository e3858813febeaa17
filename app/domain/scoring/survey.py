"""A survey of a whole pool: of everybody only what tells whether they may be contacted, and how high they could come.

The database says in one number per candidate what is the case. What needs the working calendar, the touchpoints or the
counts of reach is asked later, of the few who could be shown.
"""

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    extract,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import cast as in_sql

from app import clock
from app.db import UtcDateTime, is_sqlite
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import TABLE as STATE
from app.domain.scoring import coming_back, driven
from app.domain.scoring.gate import FATIGUE_WINDOW, REST
from app.domain.scoring.priority import CONSENT_DAYS, PATIENT, lag
from app.domain.scoring.situation import DAY, Cadence, Model
from app.domain.scoring.working_time import WorkingCalendar
from app.prepared import Prepared

REFUSED, SHUT, TRIED, RESTS, WORD, TRIGGER, BACK, NEVER, ENDS = (1 << bit for bit in range(9))
FATIGUE = 1 << 9
"""Times the number of attempts in the last fortnight that went unanswered."""
OWED_FOR = timedelta(days=45)
"""Longer than anybody waits for an answer, weekends included."""

PEOPLE, S = cast("Table", Candidate.__table__).c, STATE.c
NOW, TOMORROW, RESTED, FORTNIGHT, OWED, LATELY, SOON = (
    bindparam(name, type_=UtcDateTime())
    for name in ("now", "tomorrow", "rested", "fortnight", "owed", "lately", "soon")
)
ME: ColumnElement[int] = bindparam("me", type_=Integer())


def _flag(bit: int, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """The bit when any of the conditions is true."""
    return case((or_(*conditions), literal_column(str(bit), Integer)), else_=literal_column("0", Integer))


UNTRIED = or_(S.last_attempt_at.is_(None), S.last_attempt_at < S.last_inbound_at)
UNSPOKEN = or_(S.last_two_way_at.is_(None), S.last_two_way_at < S.last_inbound_at)
MINE = or_(S.last_attempt_by_id == ME, S.last_attempt_answered)
QUIET = or_(S.last_inbound_at.is_(None), S.last_inbound_at <= S.last_attempt_at)
FLAGS = (
    _flag(REFUSED, S.do_not_contact_at.is_not(None), PEOPLE.keep_until <= NOW)
    + _flag(SHUT, S.paused_until > NOW, and_(S.claimed_until > NOW, S.claimed_by_id != ME), S.unanswered_3 > FORTNIGHT)
    + _flag(TRIED, and_(S.last_attempt_at > RESTED, MINE, QUIET))
    + _flag(RESTS, S.rest_days.is_not(None))
    + _flag(
        WORD,
        S.promise_due_at < TOMORROW,
        S.recovery_due_at.is_not(None),
        S.application_owed_at.between(OWED, NOW),
        and_(S.last_inbound_at > OWED, UNTRIED, UNSPOKEN),
    )
    + _flag(
        TRIGGER, and_(S.trigger_at.is_not(None), or_(S.last_attempt_at.is_(None), S.last_attempt_at < S.trigger_at))
    )
    + _flag(BACK, S.coming_back_at > LATELY)
    + _flag(NEVER, S.last_attempt_at.is_(None))
    + _flag(ENDS, PEOPLE.keep_until < SOON)
    + _flag(FATIGUE, S.unanswered_1 > FORTNIGHT)
    + _flag(FATIGUE, S.unanswered_2 > FORTNIGHT)
)


def _raw(column: ColumnElement[Any], *, sqlite: bool) -> ColumnElement[Any]:
    """A moment as cheaply as an engine gives it: as it is written, or in seconds."""
    return type_coerce(column, String) if sqlite else in_sql(extract("epoch", column), Double)


def _states(*, sqlite: bool) -> Select[Any]:
    since = _raw(func.coalesce(S.last_attempt_at, PEOPLE.registered_at), sqlite=sqlite)
    counts = (FLAGS.label("flags"), S.answers, S.attempts)
    query = select(S.candidate_id, S.tau, since, PEOPLE.stage, S.application_state, S.cadence_days, *counts)
    return query.join(Candidate, PEOPLE.id == S.candidate_id).where(S.owner_id == bindparam("owner"))


STATES = {sqlite: Prepared(_states(sqlite=sqlite)) for sqlite in (True, False)}


Surveyed = tuple[int, float | None, float, float, int]
"""A candidate's id, their tau, since when they wait in epoch seconds, how long in cadences, and the flags: a plain
tuple, because a pool has up to a hundred thousand of them.
"""


class Survey(NamedTuple):
    """Everybody of a pool; `lags` sorted; `answers` of all `attempts`."""

    rows: list[Surveyed]
    lags: list[float]
    answers: int
    attempts: int

    @property
    def patient(self) -> float:
        """Four fifths of the pool wait no longer, in cadences."""
        return self.lags[int(PATIENT * (len(self.lags) - 1))] if self.lags else 0.0

    def lower(self, lag: float) -> int:
        """How many wait strictly less."""
        return bisect_left(self.lags, lag)


def of(owner_id: int, person_id: int, at: datetime, calendar: WorkingCalendar, model: Model) -> Survey:
    """The pool of an owner as it is for a person at a moment."""
    found = STATES[is_sqlite()].raw(_given(owner_id, person_id, at, calendar))
    rows = _surveyed(found, Waits(at.timestamp(), calendar, model))
    return Survey(
        rows,
        sorted([row[3] for row in rows]),
        sum([row[7] for row in found]),
        sum([row[8] for row in found]),
    )


def _given(owner_id: int, person_id: int, at: datetime, calendar: WorkingCalendar) -> dict[str, Any]:
    return {
        "owner": owner_id,
        "me": person_id,
        "now": at,
        "tomorrow": clock.midnight(clock.local_day(at, calendar.zone) + clock.DAY, calendar.zone),
        "rested": at - timedelta(seconds=REST),
        "fortnight": at - timedelta(seconds=FATIGUE_WINDOW),
        "owed": at - OWED_FOR,
        "lately": at - coming_back.LATELY,
        "soon": at + timedelta(days=CONSENT_DAYS),
    }


class Waits(NamedTuple):
    """By what it is told how long somebody waits."""

    now: float
    calendar: WorkingCalendar
    model: Model


def _surveyed(found: list[tuple[Any, ...]], waits: Waits) -> list[Surveyed]:
    now, model, calendar = waits.now, waits.model, waits.calendar
    usual: dict[tuple[str, str | None], Cadence] = {}
    rows: list[Surveyed] = []
    sinces = driven.in_seconds([row[2] for row in found])
    for (who, tau, _since, stage, state, own, flags, _answers, _attempts), since in zip(found, sinces, strict=True):
        cadence = usual.get((stage, state)) if own is None else Cadence(own)
        if cadence is None:
            cadence = usual[stage, state] = model.usual_cadence(stage, state)
        waited = lag(since, now, cadence, calendar) if cadence.working else (now - since) / DAY / cadence.days
        rows.append((who, tau, since, waited, flags))
    return rows
