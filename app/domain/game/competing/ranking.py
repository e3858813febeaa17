"""Who stands where in a competition, by the rule of its format."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.domain.game import availability
from app.domain.game.competing import drawing, duelling, racing, tally
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.counting import counted
from app.domain.game.competing.entrant import Entrant, active
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.splitting import places
from app.domain.game.competing.tally import Facts, Score
from app.domain.game.fairness import HUNDREDTHS


class Line(NamedTuple):
    """A person or a side with their place; equals share one. `tickets` are those in the raffle."""

    subject_id: int
    place: int
    counts: int
    score: int
    tie: int
    available_days: int
    tickets: int = 0


class Ranking(NamedTuple):
    """`together` is what everybody has, towards the goal of a team; `sides` are there in a competition of teams."""

    people: Sequence[Line]
    sides: Sequence[Line]
    together: int
    entrants: Sequence[Entrant]

    def reached(self, competition: Competition) -> bool:
        """Whether the goal of a team was reached."""
        return competition.goal is not None and self.together >= competition.goal


def ranked(competition: Competition, entrants: Sequence[Entrant] | None = None, facts: Facts | None = None) -> Ranking:
    """How a competition stands now, with who takes part, or with these; `facts` are those of the ledger."""
    entrants = active(competition.id) if entrants is None else entrants
    facts = facts or tally.facts_of(competition, [each.person_id for each in entrants])
    scores = BY_RULE.get(Format(competition.format), tally.scored)(competition, facts)
    of_teams = competition.format == Format.TEAMS
    sides = tally.side_scores(competition, entrants, facts.had, facts.days) if of_teams else []
    together = sum(each.counts for each in scores) if competition.format == Format.TEAM_GOAL else 0
    return Ranking(lines(competition, scores), lines(competition, sides), together, entrants)


BY_RULE: Mapping[Format, Callable[[Competition, Facts], list[Score]]] = {
    Format.FIRST: racing.first_to_target,
    Format.IMPROVEMENT: racing.most_improved,
    Format.HEAD_TO_HEAD: duelling.head_to_head,
    Format.BRACKET: duelling.knock_out,
}
"""The formats in which people are not ordered by their score."""


def between_sides(competition: Competition, entrants: Sequence[Entrant]) -> Ranking:
    """How the sides stand, without the people on them."""
    people, dates = [each.person_id for each in entrants], dates_of(competition)
    had, days = counted(competition, people, dates), availability.contract_days(people, dates)
    return Ranking([], lines(competition, tally.side_scores(competition, entrants, had, days)), 0, entrants)


def lines(competition: Competition, scores: Sequence[Score]) -> list[Line]:
    """Scores that are in their order, with their places."""
    placed = places([each.key for each in scores])
    return [
        Line(
            each.subject_id, place, each.counts, each.score, each.tie, each.available_days, _tickets(competition, each)
        )
        for each, place in zip(scores, placed, strict=True)
    ]


def _tickets(competition: Competition, score: Score) -> int:
    if competition.format != Format.THRESHOLD or competition.goal is None or competition.step is None:
        return 0
    return drawing.tickets(score.score, competition.goal * HUNDREDTHS, competition.step * HUNDREDTHS)
