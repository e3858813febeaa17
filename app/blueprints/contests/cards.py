"""All competitions that somebody may see, each as a card: those that run, come and were, and drafts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.competing import scoreboard
from app.domain.game.competing.competition import Competition, Format, State
from app.domain.game.competing.draft import may_run
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.life import state_of
from app.domain.game.competing.ranking import Ranking
from app.domain.game.competing.seeing import all_for
from app.domain.program.program import Program
from app.words import competition as words

RUNNING = frozenset({State.LIVE, State.GRACE, State.REVIEW})
BY_PLACE = frozenset({Format.MOST, Format.FIRST, Format.IMPROVEMENT, Format.BRACKET})
A_PAGE = 12


class Card(NamedTuple):
    """`outcome` is how it ended, `mine` where somebody came."""

    competition: Competition
    state: State
    entrant: Entrant | None
    outcome: str = ""
    mine: str = ""

    @property
    def takes_part(self) -> bool:
        return self.entrant is not None and self.entrant.takes_part


class Names(NamedTuple):
    """Of sides and of people, by their ids."""

    sides: Mapping[int, str]
    people: Mapping[int, str]


class Moment(NamedTuple):
    """When somebody looks, and in which zone that is a day."""

    now: datetime
    zone: ZoneInfo


class Cards(NamedTuple):
    """`past` is a page of those that were, of which there are `pages`."""

    running: Sequence[Card]
    coming: Sequence[Card]
    past: Sequence[Card]
    drafts: Sequence[Card]
    pages: int


def cards(program: Program, viewer: Person, asked: Moment, page: int) -> Cards:
    """What soonest ends or begins stands first, what was latest first among the past."""
    seen = all_for(viewer)
    entries = scoreboard.entries_of(viewer.id, [each.id for each in seen])
    found = [Card(each, state_of(each, asked.now, asked.zone), entries.get(each.id)) for each in seen]
    over = [card for card in found if card.state in words.OVER]
    begin = (min(max(page, 1), -(-len(over) // A_PAGE) or 1) - 1) * A_PAGE
    return Cards(
        sorted((card for card in found if card.state in RUNNING), key=lambda card: card.competition.last),
        [card for card in reversed(found) if card.state == State.PUBLISHED],
        _ended(program, viewer, over[begin : begin + A_PAGE]),
        [card for card in found if card.state == State.DRAFT and may_run(viewer, card.competition)],
        -(-len(over) // A_PAGE),
    )


def _ended(program: Program, viewer: Person, past: Sequence[Card]) -> list[Card]:
    """With how each ended; asked for all of them at once."""
    results = scoreboard.final_results([card.competition.id for card in past])
    told = {each: scoreboard.told(result) for each, result in results.items()}
    sides = scoreboard.side_names(results.keys()) if _between_sides(told.values()) else {}
    people = appearance.names_for(program, viewer, _firsts(told.values()))
    names = Names(sides, {each: name or "" for each, name in people.items()})
    return [_told(card, told.get(card.competition.id), names, viewer) for card in past]


def _between_sides(told: Iterable[Ranking]) -> bool:
    return any(each.sides for each in told)


def _firsts(told: Iterable[Ranking]) -> set[int]:
    """Who was first in those between people."""
    return {line.subject_id for each in told if not each.sides for line in each.people if line.place == 1}


def _told(card: Card, told: Ranking | None, names: Names, viewer: Person) -> Card:
    """What is said of one that was called off is that."""
    if told is None:
        return card
    line = scoreboard.line_of(told, viewer.id)
    by_place = line and card.competition.format in BY_PLACE
    outcome = words.outcome(card.competition, told, names.sides if told.sides else names.people)
    return card._replace(outcome=outcome, mine=words.mine(line.place) if line and by_place else "")
