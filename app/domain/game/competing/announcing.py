"""What people hear of a competition by mail: that it starts, is halfway, has its last day, and how it ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.game.competing import announcing_in_chat, bracket, meeting, scoreboard
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import ACTIVE, Entrant, sides_of
from app.domain.game.competing.finalising import TO_OBJECT
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.own_part import own_parts
from app.domain.game.competing.prize import Prize, PrizeAward
from app.domain.notices import notice, outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person
from app.domain.program import absence

KIND = "competition"
NINE = 9 * 60
FRIDAY = 4
WITH_HALFWAY = 5
"""One of fewer days has no half: its start was yesterday, or its end is tomorrow."""
STILL_NEWS = timedelta(days=7)
MOST = 500


class Moment(StrEnum):
    """When something is told, in this order; never how anybody is overtaken."""

    START = "start"
    HALFWAY = "halfway"
    LAST_DAY = "last_day"
    PROVISIONAL = "provisional"
    FINAL = "final"


class Due(NamedTuple):
    """What is to be told from a moment on, and until when it is worth telling."""

    moment: Moment
    at: datetime
    not_after: datetime


def due(competition: Competition, now: datetime, zone: ZoneInfo) -> Due | None:
    """What is to be told now; what has been overtaken by the next is not told any more."""
    return next((each for each in _all(competition, zone) if each.at <= now < each.not_after), None)


def _all(competition: Competition, zone: ZoneInfo) -> list[Due]:
    if competition.final_at:
        return [Due(Moment.FINAL, competition.final_at, competition.final_at + STILL_NEWS)]
    if competition.reviewed_at:
        return [Due(Moment.PROVISIONAL, competition.reviewed_at, competition.reviewed_at + TO_OBJECT)]
    mornings = [(moment, clock.wall(day, NINE, zone)) for moment, day in _mornings(competition)]
    ends = [at for _, at in mornings[1:]] + [clock.midnight(dates_of(competition).end, zone)]
    return [Due(moment, at, until) for (moment, at), until in zip(mornings, ends, strict=True)]


def _mornings(competition: Competition) -> list[tuple[Moment, date]]:
    """On working days, each after the one before it; one that fits into a weekend has its start alone, on its day."""
    days = [competition.first + number * clock.DAY for number in range((competition.last - competition.first).days + 1)]
    closed = absence.closed_days(competition.first, competition.last)
    work = [day for day in days if day.weekday() <= FRIDAY and day not in closed] or days[:1]
    half = next((day for day in work if day >= days[len(days) // 2]), work[-1])
    found = [(Moment.START, work[0])]
    if len(days) >= WITH_HALFWAY and work[0] < half < work[-1]:
        found.append((Moment.HALFWAY, half))
    return [*found, (Moment.LAST_DAY, work[-1])] if work[-1] > work[0] else found


def plan_due(now: datetime, host: str) -> int:
    """Plan what is to be told now to everybody who takes part; returns how many mails are new."""
    zone = the_zone()
    moments = [(row, due(row, now, zone)) for row in _told_of(clock.local_day(now, zone), now)]
    return sum(_plan(row, tell, now, host) for row, tell in moments if tell)


def _told_of(today: date, now: datetime) -> Sequence[Competition]:
    recent = or_(Competition.final_at.is_(None), Competition.final_at > now - STILL_NEWS)
    begun = Competition.published_at.is_not(None), Competition.first <= today, Competition.cancelled_at.is_(None)
    return db.session.scalars(select(Competition).where(*begun, recent).order_by(Competition.id).limit(MOST)).all()


def _plan(competition: Competition, tell: Due, now: datetime, host: str) -> int:
    people = hearers(competition.id, tell.moment)
    period = f"{competition.id} {tell.moment}"
    if not people or _is_planned(period):
        return 0
    facts = _facts(competition, tell.moment, people, clock.local_day(now, the_zone()))
    common = {"competition_id": competition.id, "moment": tell.moment.value}
    _ring(period, common, facts, now)
    when = {"due_at": tell.at, "not_after": tell.not_after, "now": now}
    mails: dict[str, Mapping[str, Any]] = {name_person(each): common | facts[each] for each in people}
    told = mails | announcing_in_chat.payloads(competition, KIND, facts, common)
    return sum(
        outbox.plan(kind=KIND, recipient=each, period=period, payload=payload, host=host, **when)
        for each, payload in told.items()
    )


def _ring(period: str, common: Mapping[str, Any], facts: Mapping[int, Mapping[str, Any]], now: datetime) -> None:
    """The same under the bell; whoever won reads what."""
    winners = [each for each, own in facts.items() if own.get("won")]
    others = [name_person(each) for each in facts if each not in winners]
    notice.tell(KIND, others, period=period, facts=common, now=now)
    for each in winners:
        own = {**common, "won": facts[each]["won"]}
        notice.tell(KIND, [name_person(each)], period=period, facts=own, now=now)


def _is_planned(period: str) -> bool:
    """All mails of a moment are planned in one transaction, so that one stands for all."""
    planned = select(OutboxRow.id).where(OutboxRow.kind == KIND, OutboxRow.period == period)
    return db.session.scalar(planned.limit(1)) is not None


def hearers(competition_id: int, moment: Moment) -> Sequence[int]:
    """Who takes part; that it starts also hears who was invited and said nothing yet."""
    wanted = (Entrant.declined_at.is_(None),) if moment is Moment.START else ACTIVE
    rows = select(Entrant.person_id).where(Entrant.competition_id == competition_id, *wanted)
    return db.session.scalars(rows.order_by(Entrant.person_id)).all()


def _facts(
    competition: Competition, moment: Moment, people: Collection[int], today: date
) -> Mapping[int, dict[str, Any]]:
    """How it stands for each of them, counted once for all; at the start nobody has anything yet."""
    if moment is Moment.START:
        return {each: {} for each in people}
    result = scoreboard.result_of(competition)
    stands = scoreboard.stand(competition, result)
    week = bracket.week_of(dates_of(competition), today)
    rounds = meeting.rounds_kept(result) if result else meeting.rounds_now(competition, stands.entrants, week)
    parts = own_parts(competition, stands, sides_of(competition.id), people, rounds, over=result is not None)
    won = won_by(competition.id, {each.person_id: each.side_id for each in stands.entrants})
    return {each: {"part": asdict(parts[each]), "won": won.get(each, [])} for each in people}


def won_by(competition_id: int, side_of: Mapping[int, int | None]) -> Mapping[int, list[str]]:
    """What everybody won, alone, with their side, or with all who took part; nothing before it is final."""
    rows = db.session.execute(
        select(PrizeAward.person_id, PrizeAward.side_id, Prize.title)
        .join(Prize, Prize.id == PrizeAward.prize_id)
        .where(PrizeAward.competition_id == competition_id)
        .order_by(PrizeAward.prize_id, PrizeAward.nth)
    ).all()
    return {
        person: [title for who, which, title in rows if who == person or (who is None and which in (None, side))]
        for person, side in side_of.items()
    }
