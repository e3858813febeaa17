"""What the raffle is drawn from: a list on which people stand by codes that only the seed leads to, and it is kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.game.competing import drawing
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.drawing import Drawn


class Line(NamedTuple):
    """A line of the list, and whose it is."""

    code: str
    tickets: int
    person_id: int


class Drum(NamedTuple):
    """`secret` is shown after the draw; nobody's code follows from it."""

    secret: bytes
    lines: Sequence[Line]

    @property
    def listing(self) -> str:
        """The list as it is hashed: a line a code, in the order of the codes, each with its tickets."""
        return "".join(f"{line.code}\t{line.tickets}\n" for line in self.lines)

    @property
    def list_hash(self) -> str:
        return drawing.digest(self.listing)

    def draw(self, number: int) -> list[Drawn]:
        """So many prizes one after another."""
        held = {at: line.tickets for at, line in enumerate(self.lines)}
        drawn = drawing.draw(self.secret, self.list_hash, held, number)
        return [Drawn(each.ticket, self.lines[each.person_id].person_id) for each in drawn]


def drum_of(competition: Competition, held: Mapping[int, int]) -> Drum:
    """The list of who holds how many tickets, by the competition's seed.

    What was published when the seed itself was shown afterwards stays as it was: a list by people's numbers.
    """
    seed = competition.seed or b""
    holders = sorted((person_id, tickets) for person_id, tickets in held.items() if tickets)
    if drawing.digest(seed) == competition.seed_hash:
        return Drum(seed, [Line(str(person_id), tickets, person_id) for person_id, tickets in holders])
    lines = [Line(drawing.code(seed, person_id), tickets, person_id) for person_id, tickets in holders]
    return Drum(drawing.secret(seed), sorted(lines))
