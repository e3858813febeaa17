"""Publishing a competition: its rules are locked, its prizes paid for, and everybody for whom it is takes part."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import appearance, board_start, fairness
from app.domain.game.competing import drawing, life, prize_money
from app.domain.game.competing.audience import invited
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import TEAM_FORMATS, NotADraft, cost, may_run
from app.domain.game.competing.entrant import Entrant, Side, sides_of
from app.domain.game.competing.mixing import kinds_for
from app.domain.game.competing.planned import fingerprint
from app.domain.game.competing.prize import PrizeKind, prizes_of
from app.domain.game.competing.taking_part import TooMany, enter, hold_people, too_many
from app.domain.game.rewarding import budget, holding
from app.domain.game.running import RUNS, NotAllowed
from app.domain.program import season
from app.domain.program.program import the_program, works_council_ok

SEED_BYTES = 32
LEAST_SIDES = 2
LONGEST_NAME = 60


class NotPublished(Exception):  # noqa: N818 - it says which rule stands in the way
    """Nobody was told of it yet: a draft is changed, or dropped."""


class NotYet(Exception):  # noqa: N818 - it says which rule stands in the way
    """Something is still in the way: `why` is past, nobody, names, few, sides, prizes, budget or changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_published(competition: Competition, by: Person) -> None:
    """That its rules are locked, and that somebody runs it.

    Raises:
        NotAllowed: somebody else must.
        NotPublished: it is a draft.
    """
    if not may_run(by, competition):
        raise NotAllowed
    if competition.published_at is None:
        raise NotPublished


def publish(competition: Competition, *, by: Person, now: datetime, zone: ZoneInfo, seen: str = "") -> None:
    """Lock the rules, hold the prize money, and let everybody know; `seen` is the fingerprint of what was looked at.

    Raises:
        NotADraft: it was published, or cancelled.
        NotAllowed: somebody else must.
        NotYet: something is still in the way.
        TooMany: some of these people are in two others already in these days.
        TooLittle: the budget has too little available.
    """
    if not life.hold(competition) or competition.published_at or competition.cancelled_at:
        raise NotADraft
    if seen and seen != fingerprint(competition):
        raise NotYet("changed")
    price, people = cost(competition), invited(competition)
    shy = _shy(competition)
    _check(competition, people, price, by, clock.local_day(now, zone))
    _check_room(competition, {person.id for person in people} - shy)
    seed = secrets.token_bytes(SEED_BYTES)
    facts = {
        "published_at": now,
        "published_by_id": by.id,
        "closes_at": season.grace_ends(competition.last, zone),
        "seed": seed,
        "seed_hash": drawing.digest(drawing.secret(seed)),
        "average": board_start.average_before(competition.program_id, competition.first),
    }
    db.session.execute(update(Competition).where(Competition.id == competition.id).values(**facts))
    db.session.refresh(competition)
    if price and competition.budget_id:
        holding.reserve(competition.budget_id, prize_money.SOURCE, competition.id, price, now=now, actor_id=by.id)
    enter(competition, people, _sides(competition, people, Random(seed)), now, shy=shy)  # noqa: S311 - who is on which side is no secret


def _check(competition: Competition, people: Sequence[Person], price: int, by: Person, today: date) -> None:
    if not may_run(by, competition) or (price and by.role not in RUNS):
        raise NotAllowed
    program, kinds = the_program(), {prize.kind for prize in prizes_of(competition.id)}
    compares = competition.format not in TEAM_FORMATS or PrizeKind.PLACE in kinds
    in_the_way = {
        "past": competition.first < today,
        "nobody": not people,
        "names": compares and not (program and appearance.person_boards(program)),
        "few": len(people) < fairness.SMALLEST_TEAM and not works_council_ok(competition.program_id),
        "sides": competition.format == Format.TEAMS and _sides_to_be(competition, people) < LEAST_SIDES,
        "prizes": not kinds <= set(kinds_for(Format(competition.format))),
        "budget": price > 0 and not _pays(competition),
    }
    why = next((name for name, stands in in_the_way.items() if stands), None)
    if why:
        raise NotYet(why)


def _pays(competition: Competition) -> bool:
    """A budget of this program that pays on some of its days, though it may end, or begin, during them."""
    row = budget.find(competition.program_id, competition.budget_id or 0)
    return row is not None and row.first <= competition.last and row.last >= competition.first


def _check_room(competition: Competition, people: Collection[int]) -> None:
    """They are held until the end: whoever else joins or publishes at the same moment comes after it.

    Raises:
        TooMany: some of them are in two others already.
    """
    if competition.by_choice:
        return
    hold_people(people)
    busy = too_many(competition, people)
    if busy:
        raise TooMany(busy)


def _shy(competition: Competition) -> set[int]:
    """Who chose to be on no board takes part in what compares people only after having said so."""
    return set() if competition.format in TEAM_FORMATS else appearance.hidden()


def _sides_to_be(competition: Competition, people: Sequence[Person]) -> int:
    return len(sides_of(competition.id)) if competition.own_teams else len(_teams(people))


def _teams(people: Sequence[Person]) -> set[int]:
    return {person.team_id for person in people if person.team_id is not None}


def _sides(competition: Competition, people: Sequence[Person], chance: Random) -> dict[int, int]:
    """Everybody's side: each team is one, and over sides made for the competition people are divided evenly."""
    if competition.own_teams:
        order = [person.id for person in people]
        chance.shuffle(order)
        sides = [side.id for side in sides_of(competition.id)]
        return {each: sides[at % len(sides)] for at, each in enumerate(order)}
    by_team = _team_sides(competition, _teams(people)) if competition.format == Format.TEAMS else {}
    return {each.id: by_team[each.team_id] for each in people if each.team_id in by_team}


def _team_sides(competition: Competition, teams: Collection[int]) -> dict[int, int]:
    """The sides of a competition between teams of the agency, by team."""
    rows = db.session.scalars(select(Team).where(Team.id.in_(teams)).order_by(func.lower(Team.name), Team.id)).all()
    sides = [
        Side(competition_id=competition.id, position=at, name=team.name[:LONGEST_NAME], team_id=team.id)
        for at, team in enumerate(rows)
    ]
    db.session.add_all(sides)
    db.session.flush()
    return {side.team_id: side.id for side in sides if side.team_id is not None}


def put_on(
    competition: Competition, person_id: int, side_id: int, *, by: Person, now: datetime, zone: ZoneInfo
) -> bool:
    """Put somebody on another side made for the competition, as long as it has not begun; False when it has.

    Raises:
        NotAllowed: somebody else must.
    """
    if not may_run(by, competition):
        raise NotAllowed
    if not competition.own_teams or now >= clock.midnight(competition.first, zone):
        return False
    theirs = Entrant.competition_id == competition.id, Entrant.person_id == person_id
    made_for_it = select(Side.id).where(Side.competition_id == competition.id, Side.id == side_id).exists()
    moved = update(Entrant).where(*theirs, made_for_it).values(side_id=side_id)
    return db.session.scalar(moved.returning(Entrant.person_id)) is not None
