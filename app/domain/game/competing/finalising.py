"""How a result becomes final: provisional first, two days to object, then a snapshot that never changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from app.db import db
from app.domain.agency import audit
from app.domain.game import feed
from app.domain.game.competing import drawing, life, meeting, prize_money
from app.domain.game.competing.awarding import Won, raffled, staying, tickets_of, won, won_without_draw
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.drum import drum_of
from app.domain.game.competing.prize import Prize, PrizeAward, prizes_of
from app.domain.game.competing.raffle import Raffle, RaffleDraw, RaffleTicket
from app.domain.game.competing.ranking import Ranking, ranked
from app.domain.game.competing.result import Dispute, Result, canonical
from app.domain.game.feed import Told
from app.domain.notices import webhook_event
from app.domain.notices.webhook import Kind

TO_OBJECT = timedelta(hours=48)


def review(competition: Competition, now: datetime) -> Result | None:
    """Say provisionally how it ended; None when that was said before, or it is not over yet."""
    over = Competition.closes_at <= now, Competition.reviewed_at.is_(None), Competition.cancelled_at.is_(None)
    taken = update(Competition).where(Competition.id == competition.id, *over).values(reviewed_at=now)
    if db.session.scalar(taken.returning(Competition.id)) is None:
        return None
    db.session.refresh(competition)
    return again(competition, now)


def again(competition: Competition, now: datetime) -> Result:
    """Another edition of the provisional result, as the ledger is now.

    The raffle waits: whoever saw it lost could take something back, so that it is drawn from another list.
    """
    ranking = ranked(competition)
    winners = won_without_draw(competition, staying(ranking), prizes_of(competition.id))
    return _write(competition, _body(competition, ranking, winners), now)


def is_due(competition: Competition, now: datetime) -> bool:
    """Whether nobody objected in two days, or every objection was answered."""
    reviewed = competition.reviewed_at
    if reviewed is None or competition.final_at is not None or now < reviewed + TO_OBJECT:
        return False
    waiting = Dispute.competition_id == competition.id, Dispute.decided_at.is_(None)
    return db.session.scalar(select(Dispute.id).where(*waiting).limit(1)) is None


def finalise(competition: Competition, now: datetime) -> Result | None:
    """Make the result final and give the prizes, all or nothing; None when that was done, or it is not due."""
    if not life.hold(competition) or competition.cancelled_at or not is_due(competition, now):
        return None
    if not _claim(competition, now):
        return None
    db.session.refresh(competition)
    ranking, prizes = ranked(competition), prizes_of(competition.id)
    here = staying(ranking)
    winners = won(competition, here, prizes)
    _raffle(competition, here, prizes, now)
    _award(competition, winners, now)
    prize_money.settle(competition, sum(row.cents for row in winners), now)
    if not winners:
        competition.rewarded_at = now
    audit.record("competition.final", None, now, audit.About("competition", competition.id), count=len(winners))
    webhook_event.tell(Kind.COMPETITION_FINAL, competition.id, {"competition_id": competition.id}, now)
    feed.tell(competition.program_id, Told.RESULT, competition.id, person_id=None, team_id=None, now=now)
    return _write(competition, _body(competition, ranking, winners), now, final=True)


def _claim(competition: Competition, now: datetime) -> bool:
    """Of all who make it final at once the first one does."""
    open_still = Competition.id == competition.id, Competition.final_at.is_(None), Competition.cancelled_at.is_(None)
    taken = update(Competition).where(*open_still).values(final_at=now)
    return db.session.scalar(taken.returning(Competition.id)) is not None


def _body(competition: Competition, ranking: Ranking, winners: Sequence[Won]) -> dict[str, Any]:
    """Numbers only: a name that changes, or is hidden later, changes nothing in a result."""
    return {
        "competition": competition.id,
        "format": competition.format,
        "metric": competition.metric,
        "first": competition.first.isoformat(),
        "last": competition.last.isoformat(),
        "goal": competition.goal,
        "together": ranking.together,
        "people": [line._asdict() for line in ranking.people],
        "sides": [line._asdict() for line in ranking.sides],
        "prizes": [row._asdict() for row in winners],
        "met": meeting.rounds_over(competition, ranking.entrants),
        "seed_hash": competition.seed_hash,
    }


def _write(competition: Competition, body: dict[str, Any], now: datetime, *, final: bool = False) -> Result:
    edition = db.session.scalar(select(func.count()).where(Result.competition_id == competition.id)) or 0
    facts = {"competition_id": competition.id, "edition": edition + 1, "final": final}
    row = Result(**facts, body=body, digest=digest(body), made_at=now)  # type: ignore[arg-type] # each is of its own type
    db.session.add(row)
    db.session.flush()
    return row


def digest(body: dict[str, Any]) -> str:
    """The SHA-256 of a result as canonical JSON."""
    return drawing.digest(canonical(body))


def _raffle(competition: Competition, ranking: Ranking, prizes: Sequence[Prize], now: datetime) -> None:
    """Freeze the list, and then draw from it."""
    held = tickets_of(ranking)
    if not held:
        return
    mine = {"competition_id": competition.id}
    list_hash = drum_of(competition, held).list_hash
    db.session.execute(insert(Raffle), [mine | {"list_hash": list_hash, "frozen_at": now}])
    rows = [mine | {"person_id": person_id, "tickets": tickets} for person_id, tickets in sorted(held.items())]
    db.session.execute(insert(RaffleTicket), rows)
    draws = [
        mine | {"number": number, "prize_id": prize.id, "drawn_at": now} | drawn._asdict()
        for number, (prize, drawn) in enumerate(raffled(competition, ranking, prizes), 1)
    ]
    if draws:
        db.session.execute(insert(RaffleDraw), draws)


def _award(competition: Competition, winners: Sequence[Won], now: datetime) -> None:
    numbers: dict[int, int] = {}
    rows = []
    for row in winners:
        numbers[row.prize_id] = numbers.get(row.prize_id, 0) + 1
        rows.append(row._asdict() | {"competition_id": competition.id, "nth": numbers[row.prize_id], "won_at": now})
    if rows:
        db.session.execute(insert(PrizeAward), rows)
