"""How a competition stands for one person: their place, their side, their tickets, or how far everybody is together."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import Side
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.fairness import HUNDREDTHS

FULL = 100


@dataclass(frozen=True, slots=True)
class OwnPart:
    """`score` is the fair one in whole points, that of the own side where sides compete; no `place` is no score yet."""

    format: str
    metric: str
    goal: int | None
    together: int
    side: str = ""
    place: int | None = None
    shared: bool = False
    score: int = 0
    tickets: int = 0

    @property
    def percent(self) -> int:
        """How much of the goal is there: 100 only when all of it is."""
        return min(FULL, FULL * self.together // self.goal) if self.goal else 0


def own_parts(
    competition: Competition, stands: Ranking, sides: Collection[Side], people: Collection[int]
) -> Mapping[int, OwnPart]:
    """The parts of these people, by who they are."""
    common = OwnPart(competition.format, competition.metric, competition.goal, stands.together)
    if competition.format != Format.TEAMS:
        own = _placed(common, stands.people)
        return {each: own.get(each, common) for each in people}
    own = _placed(common, stands.sides)
    of_side = {side.id: replace(own.get(side.id, common), side=side.name) for side in sides}
    side_of = {each.person_id: each.side_id for each in stands.entrants}
    return {each: of_side.get(side_of.get(each) or 0, common) for each in people}


def _placed(common: OwnPart, lines: Collection[Line]) -> dict[int, OwnPart]:
    sharing = Counter(line.place for line in lines)
    return {
        line.subject_id: replace(
            common,
            place=line.place,
            shared=sharing[line.place] > 1,
            score=line.score // HUNDREDTHS,
            tickets=line.tickets,
        )
        for line in lines
    }
