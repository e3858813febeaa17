"""Who wins which prize: places with their ties, sides, and the raffle; nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import availability
from app.domain.game.competing import drawing
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.drawing import Drawn
from app.domain.game.competing.drum import drum_of
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.prize import Prize, PrizeKind
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.competing.splitting import places, pooled
from app.domain.game.competing.tally import LEAST_DAYS


class Won(NamedTuple):
    """A prize and who gets it: a person, a side as a whole, or (neither) everybody together."""

    prize_id: int
    cents: int
    person_id: int | None = None
    side_id: int | None = None


class Tied(NamedTuple):
    """Those who share a place, from which on so many prizes are theirs."""

    place: int
    people: Sequence[int]


def staying(ranking: Ranking) -> Ranking:
    """Without those who left the agency: what they brought still counts for their side, but they win nothing."""
    people = [each.person_id for each in ranking.entrants]
    left = select(Person.id).where(Person.id.in_(people), Person.deactivated_at.is_not(None))
    gone = set(db.session.scalars(left))
    return ranking._replace(
        people=[line for line in ranking.people if line.subject_id not in gone],
        entrants=[each for each in ranking.entrants if each.person_id not in gone],
    )


def won(competition: Competition, ranking: Ranking, prizes: Sequence[Prize]) -> list[Won]:
    """Every prize that is won, in a fixed order; the same facts always give the same winners."""
    draws = [Won(prize.id, prize.cents, drawn.person_id) for prize, drawn in raffled(competition, ranking, prizes)]
    return won_without_draw(competition, ranking, prizes) + draws


def won_without_draw(competition: Competition, ranking: Ranking, prizes: Sequence[Prize]) -> list[Won]:
    """The prizes of places and teams."""
    of_kind = {kind: [each for each in prizes if each.kind == kind] for kind in PrizeKind}
    found = list(_for_places(competition, ranking.people, of_kind[PrizeKind.PLACE]))
    return found + _for_teams(competition, ranking, of_kind[PrizeKind.TEAM])


def tickets_of(ranking: Ranking) -> dict[int, int]:
    """The list of the raffle: how many tickets everybody has."""
    return {line.subject_id: line.tickets for line in ranking.people if line.tickets}


def raffled(competition: Competition, ranking: Ranking, prizes: Sequence[Prize]) -> list[tuple[Prize, Drawn]]:
    """The draws of the raffle, one for each number of each of its prizes, as long as there is somebody to win."""
    wanted = [prize for prize in prizes if prize.kind == PrizeKind.RAFFLE for _ in range(prize.number)]
    return list(zip(wanted, drum_of(competition, tickets_of(ranking)).draw(len(wanted)), strict=False))


def least_days(competition: Competition) -> int:
    """On so many days must who wins a place have been able to work; fewer where there are not so many."""
    return min(LEAST_DAYS, availability.standard_days(dates_of(competition)))


def _for_places(competition: Competition, lines: Sequence[Line], prizes: Sequence[Prize]) -> Iterator[Won]:
    by_place = {prize.place: prize for prize in prizes if prize.place is not None}
    least = least_days(competition)
    could = [line for line in lines if line.available_days >= least]
    placed = zip(places([(line.score, line.tie) for line in could]), could, strict=True)
    for place, group in groupby(placed, key=lambda pair: pair[0]):
        tied = Tied(place, [line.subject_id for _, line in group])
        theirs = {at: by_place[at] for at in range(place, place + len(tied.people)) if at in by_place}
        if _can_share(tied, theirs):
            yield from _shared(tied, theirs)
        else:
            yield from _in_drawn_order(competition, tied, theirs)


def _can_share(tied: Tied, theirs: Mapping[int, Prize]) -> bool:
    """Money of which everybody gets a cent at least, or what has no price."""
    cents = sum(prize.cents for prize in theirs.values())
    divisible = all(prize.divisible for prize in theirs.values()) and not 0 < cents < len(tied.people)
    return divisible or len(tied.people) == 1


def _shared(tied: Tied, theirs: Mapping[int, Prize]) -> Iterator[Won]:
    """One after another for the prize of the best place among them, each with the same part of all of them."""
    if theirs:
        each, _left = pooled({at: prize.cents for at, prize in theirs.items()}, tied.place, len(tied.people))
        first = theirs[min(theirs)]
        yield from (Won(first.id, each, person_id) for person_id in sorted(tied.people))


def _in_drawn_order(competition: Competition, tied: Tied, theirs: Mapping[int, Prize]) -> Iterator[Won]:
    """What cannot be shared goes round by a draw under the competition's seed, the best prize first."""
    order = drawing.order(competition.seed or b"", "places", tied.people)
    for at, person_id in zip(sorted(theirs), order, strict=False):
        yield Won(theirs[at].id, theirs[at].cents, person_id)


def _for_teams(competition: Competition, ranking: Ranking, prizes: Sequence[Prize]) -> list[Won]:
    if competition.format == Format.TEAM_GOAL:
        if not ranking.reached(competition):
            return []
        everybody = [each.person_id for each in ranking.entrants]
        return [row for prize in prizes for row in _for_all(prize, None, everybody)]
    first = [line.subject_id for line in ranking.sides if line.place == 1]
    return [row for prize in prizes for row in _for_sides(competition, ranking, prize, first)]


def _for_sides(competition: Competition, ranking: Ranking, prize: Prize, first: Sequence[int]) -> list[Won]:
    """Sides that share the first place share what can be shared; of the rest a draw decides."""
    if not first:
        return []
    shares = prize.divisible and len(first) > 1
    sides = first if shares else drawing.order(competition.seed or b"", f"prize {prize.id}", first)[:1]
    cents = prize.cents // len(sides)
    found: list[Won] = []
    for side_id in sides:
        people = [each.person_id for each in ranking.entrants if each.side_id == side_id]
        found += [row._replace(cents=cents) for row in _for_all(prize, side_id, people)]
    return found


def _for_all(prize: Prize, side_id: int | None, people: Sequence[int]) -> list[Won]:
    if prize.per_person:
        return [Won(prize.id, prize.cents, person_id, side_id) for person_id in sorted(people)]
    return [Won(prize.id, prize.cents, None, side_id)]
