"""Competitions in pairs: who sits where, drawn once at the start, and who meets whom."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import log2

from sqlalchemy import select, update

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.game.competing import bracket, drawing, life, tally
from app.domain.game.competing.bracket import Pair
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import Entrant, active
from app.domain.game.competing.life import IN_PAIRS, dates_of

LOOKED_BACK = timedelta(weeks=4)


def seat(competition: Competition) -> int:
    """Give everybody who takes part a seat, by what they did in the four weeks before; returns how many got one.

    Neighbours meet head to head, so that they are about as good; in a bracket the best two can meet in the final only.
    Who did nothing then is put behind the others in a drawn order. Seats that were given stay.
    """
    life.hold(competition)
    if competition.format not in IN_PAIRS or seated(competition.id):
        return 0
    people = [each.person_id for each in active(competition.id)]
    before = Period(competition.first - LOOKED_BACK, competition.first)
    order = [each.subject_id for each in tally.people_scores(competition, people, before)]
    order += drawing.order(competition.seed or b"", "seats", sorted(set(people) - set(order)))
    mine = {"competition_id": competition.id}
    seats = [mine | {"person_id": each, "seat": at} for at, each in enumerate(order[: _seats(competition, len(order))])]
    if seats:
        db.session.execute(update(Entrant), seats)
    return len(seats)


def _seats(competition: Competition, people: int) -> int:
    """A bracket has as many rounds as it has weeks."""
    if competition.format == Format.HEAD_TO_HEAD:
        return people
    rounds = len(bracket.weeks(dates_of(competition)))
    could = [size for size in bracket.SIZES if log2(size) <= rounds] or [bracket.SIZES[0]]
    return next((size for size in could if size >= people), could[-1])


def seated(competition_id: int) -> list[int]:
    """The people in the order of their seats; those who declined meanwhile keep theirs."""
    mine = Entrant.competition_id == competition_id, Entrant.seat.is_not(None)
    return list(db.session.scalars(select(Entrant.person_id).where(*mine).order_by(Entrant.seat)))


def declined(competition: Competition) -> Mapping[int, date]:
    """Who had a seat and declined, and on which day."""
    rows = select(Entrant.person_id, Entrant.declined_at).where(
        Entrant.competition_id == competition.id, Entrant.seat.is_not(None), Entrant.declined_at.is_not(None)
    )
    zone = the_zone()
    return {person_id: clock.local_day(moment, zone) for person_id, moment in db.session.execute(rows) if moment}


def pairs_of(competition: Competition) -> list[Pair]:
    """Who meets whom, head to head; whoever would meet somebody who declined meets nobody."""
    return bracket.pairs(seated(competition.id), declined(competition))
