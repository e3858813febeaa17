"""How a competition stands for one person: place, side, tickets, whom they meet, or how far all are together."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import Side
from app.domain.game.competing.life import IN_PAIRS
from app.domain.game.competing.meeting import Rounds
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.fairness import HUNDREDTHS

FULL = 100


@dataclass(frozen=True, slots=True)
class OwnPart:
    """`score` is the fair one in whole points, that of the own side where sides compete; no `place` is no score yet.

    In pairs `round` is the last one that they are in, of `rounds`, from 1; nought without a seat. `ahead` is 1 where
    they are ahead of `other_id`, or won when it is `over`, -1 where the other is, 0 at a tie.
    """

    format: str
    metric: str
    goal: int | None
    together: int
    side: str = ""
    place: int | None = None
    shared: bool = False
    score: int = 0
    tickets: int = 0
    round: int = 0
    rounds: int = 0
    other_id: int | None = None
    ahead: int = 0
    over: bool = False

    @property
    def percent(self) -> int:
        """How much of the goal is there: 100 only when all of it is."""
        return min(FULL, FULL * self.together // self.goal) if self.goal else 0


def own_parts(
    competition: Competition,
    stands: Ranking,
    sides: Collection[Side],
    people: Collection[int],
    rounds: Rounds = (),
    *,
    over: bool = False,
) -> Mapping[int, OwnPart]:
    """The parts of these people, by who they are; in pairs by their rounds, the last of which may be `over`."""
    common = OwnPart(competition.format, competition.metric, competition.goal, stands.together)
    if competition.format in IN_PAIRS:
        own = _paired(common, rounds, over=over)
        return {each: own.get(each, common) for each in people}
    if competition.format != Format.TEAMS:
        own = _placed(common, stands.people)
        return {each: own.get(each, common) for each in people}
    own = _placed(common, stands.sides)
    of_side = {side.id: replace(own.get(side.id, common), side=side.name) for side in sides}
    side_of = {each.person_id: each.side_id for each in stands.entrants}
    return {each: of_side.get(side_of.get(each) or 0, common) for each in people}


def _paired(common: OwnPart, rounds: Rounds, *, over: bool) -> dict[int, OwnPart]:
    """Of each the last round: in those before it they won."""
    found = {}
    in_all = len(rounds[0]).bit_length() if rounds else 0
    for at, pairs in enumerate(rounds, 1):
        for met in pairs:
            for me, other in ((met.first, met.second), (met.second, met.first)):
                if me is not None:
                    ahead = 0 if met.ahead is None else 1 if met.ahead == me else -1
                    mine = replace(common, round=at, rounds=in_all, over=over or at < len(rounds))
                    found[me] = replace(mine, other_id=other, ahead=ahead)
    return found


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
