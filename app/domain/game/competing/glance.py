"""Running competitions at a glance, for screens and first pages: counted anew at most three times a minute."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.team import Team
from app.domain.game.appearance import HIDDEN, Appearance
from app.domain.game.competing import bracket, meeting, ranking, scoreboard, tally
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.entrant import ACTIVE, Entrant, sides_of
from app.domain.game.competing.life import IN_PAIRS, dates_of
from app.domain.game.competing.own_part import OwnPart, own_parts
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.competing.scoreboard import SideRow
from app.domain.game.competing.taking_part import AT_ONCE

KEPT_SECONDS = 20
BEST = 5
MOST = 50
COMPARED = frozenset(Format) - {Format.TEAM_GOAL, Format.TEAMS, Format.THRESHOLD, *IN_PAIRS}
"""Formats in which the first few people are shown to everybody; nobody who chose not to be seen is among them."""


class Glance(NamedTuple):
    """`people` is how many take part, `in_draw` how many of them are in the raffle, `parts` how it stands for each.

    In pairs `ahead` are those who are ahead in the round that is played, the `round`th of `rounds`.
    """

    people: int
    together: int
    in_draw: int
    best: Sequence[Line]
    sides: Sequence[SideRow]
    parts: Mapping[int, OwnPart]
    ahead: Sequence[int] = ()
    round: int = 0
    rounds: int = 0


def running(program_id: int, team_id: int | None, today: date) -> Competition | None:
    """What a screen shows: of those for everybody, and for its team, the one that ends first."""
    rows = select(Competition).where(Competition.program_id == program_id, *_live(today))
    found = db.session.scalars(rows.order_by(Competition.last, Competition.id).limit(MOST)).all()
    return next((row for row in found if is_for(row, team_id)), None)


def is_for(competition: Competition, team_id: int | None) -> bool:
    """Whether a screen or a chat of a team may tell of it; without a team it is that of everybody."""
    match competition.audience:
        case Audience.PROGRAM:
            return True
        case Audience.TEAM if team_id:
            return team_id in competition.audience_ids
        case Audience.BRANCH if team_id:
            return db.session.get_one(Team, team_id).branch_id in competition.audience_ids
        case _:
            return False


def mine(person_id: int, today: date) -> Sequence[Competition]:
    """The running ones in which somebody takes part, which ends first in front."""
    return of_people([person_id], today)[person_id]


def of_people(ids: Collection[int], today: date) -> Mapping[int, Sequence[Competition]]:
    """The same of each of these."""
    rows = select(Entrant.person_id, Competition).join(Competition, Entrant.competition_id == Competition.id)
    rows = rows.where(Entrant.person_id.in_(ids), *ACTIVE, *_live(today))
    found = defaultdict[int, list[Competition]](list)
    for person_id, competition in db.session.execute(rows.order_by(Competition.last, Competition.id)):
        if len(found[person_id]) < AT_ONCE:
            found[person_id].append(competition)
    return found


def _live(today: date) -> tuple[ColumnElement[bool], ...]:
    begun = Competition.first <= today, Competition.last >= today
    return *begun, Competition.published_at.is_not(None), Competition.cancelled_at.is_(None)


def at_a_glance(competition: Competition, now: datetime) -> Glance:
    """How it stands, as it was within the last twenty seconds."""
    return counted(str(db.engine.engine.url), int(now.timestamp()) // KEPT_SECONDS, competition.id)


@lru_cache(maxsize=8)
def counted(_database: str, turn: int, competition_id: int) -> Glance:
    """How it stands now, in the turn of the clock that it is."""
    competition = db.session.get_one(Competition, competition_id)
    entrants, hidden = _entrants(competition_id)
    stands = _stands(competition, entrants)
    sides = sides_of(competition_id) if competition.format == Format.TEAMS else ()
    people = [each.person_id for each in entrants]
    shown = [line for line in stands.people if line.subject_id not in hidden]
    rounds = meeting.rounds_now(competition, entrants, _week(competition, turn))
    met = rounds[-1] if rounds else ()
    return Glance(
        people=len(people),
        together=stands.together,
        in_draw=sum(line.tickets > 0 for line in stands.people),
        best=shown[:BEST] if competition.format in COMPARED else (),
        sides=scoreboard.sides_shown(stands, sides, None),
        parts=own_parts(competition, stands, sides, people, rounds),
        ahead=[each.ahead for each in met if each.ahead and each.ahead not in hidden],
        round=len(rounds),
        rounds=len(rounds[0]).bit_length() if rounds else 0,
    )


def _week(competition: Competition, turn: int) -> int:
    moment = datetime.fromtimestamp(turn * KEPT_SECONDS, UTC)
    return bracket.week_of(dates_of(competition), clock.local_day(moment, the_zone()))


def _entrants(competition_id: int) -> tuple[list[Entrant], set[int]]:
    """Who takes part, and who of them is on no board."""
    rows = db.session.execute(
        select(Entrant, Appearance.choice)
        .outerjoin(Appearance, Appearance.person_id == Entrant.person_id)
        .where(Entrant.competition_id == competition_id, *ACTIVE)
        .order_by(Entrant.person_id)
    ).all()
    return [each for each, _ in rows], {each.person_id for each, choice in rows if choice == HIDDEN}


def _stands(competition: Competition, entrants: Sequence[Entrant]) -> Ranking:
    """Towards a common goal nobody is weighed: what everybody has is one sum. In pairs nobody is ordered."""
    people = [each.person_id for each in entrants]
    match competition.format:
        case Format.TEAM_GOAL:
            had = tally.plain(competition, people, dates_of(competition))
            return Ranking([], [], sum(had.values()), entrants)
        case Format.TEAMS:
            return ranking.between_sides(competition, entrants)
        case Format.HEAD_TO_HEAD | Format.BRACKET:
            return Ranking([], [], 0, entrants)
        case _:
            return ranking.ranked(competition, entrants)
