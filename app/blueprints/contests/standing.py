"""How one competition stands, as its page shows it to somebody, with the tag that changes with any of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice

from app.blueprints.contests.duels import Duel, duels, names_seen
from app.domain.agency.naming import sort_name
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.competition import Format
from app.domain.game.competing.result import Result
from app.domain.game.competing.shown import Shown, shown
from app.language import current


@dataclass(frozen=True, slots=True)
class Stand(Shown):
    """With the people who meet, and `drawn`, those in the draw, by the names under which they appear.

    A name that is empty is a colleague's who does not appear by one.
    """

    pairs: Sequence[Duel] = ()
    rounds: Sequence[Sequence[Duel]] = ()
    drawn: Mapping[int, str] = field(default_factory=dict)

    @property
    def drawn_names(self) -> list[str]:
        """The names of who is in the draw and appears by one."""
        return sorted((name for name in self.drawn.values() if name), key=sort_name)

    @property
    def nameless(self) -> int:
        """How many are in the draw without a name."""
        return sum(not name for name in self.drawn.values())

    @property
    def pair(self) -> Duel | None:
        """One's own pair, or that of the last round in which one was."""
        return next((duel for pairs in (self.pairs, *reversed(self.rounds)) for duel in pairs if duel.mine), None)

    @property
    def my_round(self) -> int:
        """The last round in which one was, from 1; nought without a seat."""
        return max((at for at, pairs in enumerate(self.rounds, 1) if any(duel.mine for duel in pairs)), default=0)

    @property
    def pair_over(self) -> bool:
        """Whether one's own pair is: the competition is, or its round."""
        return self.ended or 0 < self.my_round < len(self.rounds)

    @property
    def rounds_in_all(self) -> int:
        """How many there will be: each has half of the pairs of the one before."""
        return len(self.rounds[0]).bit_length() if self.rounds else 0

    def tag(self, *also: object) -> str:
        """Changes with anything of it."""
        facts = (self.state, self.people, self.together, self.brought, self.line, self.rows, self.sides)
        told = f"{current()} {facts} {self.pairs} {self.rounds} {self.drawn} {also}"
        return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def stand(asked: Asked, result: Result | None) -> Stand:
    """As the result says once there is one, else as it is in the ledger; one's own pair in front."""
    found = shown(asked, result)
    facts = {each.name: getattr(found, each.name) for each in fields(found)}
    named = iter(duels(asked, [pair for pairs in found.met for pair in pairs]))
    rounds = [list(islice(named, len(pairs))) for pairs in found.met]
    if asked.competition.format == Format.BRACKET:
        return Stand(**facts, rounds=rounds)
    pairs = sorted((duel for pairs in rounds for duel in pairs), key=lambda duel: not duel.mine)
    return Stand(**facts, pairs=pairs, drawn=names_seen(asked, found.in_draw))
