"""Applications follow from what candidates do: begun, gone on with, completed; in whatever order we hear of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.db import db
from app.domain.actions import application_round, owed
from app.domain.actions.application_round import Round
from app.domain.candidates import contact_state
from app.domain.journey import application, vacancy
from app.domain.journey.application import Application, ApplicationState
from app.domain.journey.application_steps import APPLYING, Step
from app.domain.journey.touchpoint import Recorded, Touchpoint
from app.domain.journey.vacancy import LONGEST_REFERENCE, NO_REFERENCE, Seen, Vacancy

MACHINE = "machine"
Pair = tuple[int, str]


def follow(fresh: Sequence[Recorded], now: datetime, *, silent: bool = False) -> None:
    """Let applications follow what was just taken in; `silent`: it is the past, so nobody is nudged about it."""
    told = [each for each in fresh if each.hit.verdict != MACHINE]
    applying = {_pair(each): each for each in told if each.hit.kind in APPLYING}
    around = {_pair(each) for each in told if each.hit.vacancy and each.hit.kind not in APPLYING}
    touched = applying.keys() | (_begun(around) if around else set())
    if touched:
        _take(touched, vacancy.note([_seen(each) for each in applying.values()]), now, silent=silent)


def again(candidate_ids: Collection[int], now: datetime) -> None:
    """The touchpoints of these candidates changed: reversed, judged a machine's after all, or joined with others."""
    query = select(Touchpoint.candidate_id, Touchpoint.vacancy).where(
        Touchpoint.candidate_id.in_(candidate_ids), Touchpoint.kind.in_(APPLYING)
    )
    touched = {(candidate_id, reference or NO_REFERENCE) for candidate_id, reference in db.session.execute(query)}
    if touched:
        _take(touched, vacancy.note([Seen(reference) for _, reference in touched]), now, silent=True)


def _pair(each: Recorded) -> Pair:
    return each.hit.candidate_id, (each.hit.vacancy or NO_REFERENCE)[:LONGEST_REFERENCE]


def _seen(each: Recorded) -> Seen:
    payload = each.hit.payload or {}
    return Seen(_pair(each)[1], str(payload.get("job_title", "")), str(payload.get("url", "")))


def _begun(pairs: Collection[Pair]) -> set[Pair]:
    """Of these candidates and vacancies those with an application that was begun: looking on is part of it."""
    query = (
        select(Application.candidate_id, Vacancy.reference)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(
            Application.candidate_id.in_({candidate_id for candidate_id, _ in pairs}),
            Application.state == ApplicationState.STARTED,
        )
    )
    return {(candidate_id, reference) for candidate_id, reference in db.session.execute(query)} & set(pairs)


def _take(touched: Collection[Pair], known: dict[str, int], now: datetime, *, silent: bool) -> None:
    """Candidates are held by ascending id, as everywhere, so that no two writers cross."""
    ids = {candidate_id for candidate_id, _ in touched}
    contact_state.hold_many(ids)
    known = known | _missing({reference for _, reference in touched} - known.keys())
    present = application.of_many(ids, list(known.values()))
    turned_away = application.turned_away_at(row.id for row in present.values())
    steps = _steps(ids)
    for candidate_id, reference in sorted(touched):
        row = present.get((candidate_id, known[reference]))
        after = turned_away.get(row.id) if row else None
        mine = Round(candidate_id, known[reference], steps[candidate_id, reference], after)
        application_round.settle(mine, row, now, silent=silent)
    db.session.flush()
    for candidate_id in sorted(ids):
        owed.tell(candidate_id, now)


def _missing(references: Iterable[str]) -> dict[str, int]:
    query = select(Vacancy.reference, Vacancy.id).where(Vacancy.reference.in_(list(references)))
    return {row.reference: row.id for row in db.session.execute(query)}


def _steps(candidate_ids: Collection[int]) -> dict[Pair, list[Step]]:
    """Everything these candidates were seen to do around their applications, by vacancy."""
    seen = Touchpoint
    query = select(seen.candidate_id, seen.vacancy, seen.occurred_at, seen.kind, seen.payload).where(
        seen.candidate_id.in_(candidate_ids),
        or_(seen.kind.in_(APPLYING), seen.vacancy.is_not(None)),
        seen.verdict != MACHINE,
        seen.reversed_at.is_(None),
    )
    found: dict[Pair, list[Step]] = defaultdict(list)
    for candidate_id, reference, at, kind, payload in db.session.execute(query):
        where = str((payload or {}).get("step", ""))[:80]
        found[candidate_id, (reference or NO_REFERENCE)[:LONGEST_REFERENCE]].append(Step(at, kind, where))
    return found
