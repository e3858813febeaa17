"""What the pages of rewards show to whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.agency.person import names_of
from app.domain.game.recognition import surprise
from app.domain.game.recognition.lifetime import level_of
from app.domain.game.rewarding import catalogue, lapsing, redemption
from app.domain.game.rewarding.catalogue import Means, Offered
from app.domain.game.rewarding.lapsing import Lapsing
from app.domain.game.rewarding.redemption import OPEN, Asked, RedemptionMove
from app.domain.game.rewarding.reward import of_program
from app.domain.program.program import Program, the_program
from app.web import auth
from app.web.errors import found

LATELY = 52 * clock.WEEK


@dataclass(frozen=True)
class Mine:
    """What somebody asked for: what is under way, and what came to an end, each with the last step."""

    asked: Sequence[Asked]
    steps: dict[int, RedemptionMove]

    @property
    def under_way(self) -> list[Asked]:
        return [each for each in self.asked if each.redemption.state in OPEN]

    @property
    def over(self) -> list[Asked]:
        return [each for each in self.asked if each.redemption.state not in OPEN]


def program() -> Program:
    """The program whose rewards these are."""
    return found(the_program())


def today() -> date:
    """The agency's day."""
    return clock.local_day(clock.now(), the_zone())


def level_of_viewer() -> int | None:
    """None: levels are not in use."""
    level = level_of(program(), auth.person().id)
    return level.number if level else None


def means() -> Means:
    """What whoever looks has to ask with."""
    return catalogue.means_of(auth.person(), today(), program_id=program().id, level=level_of_viewer())


def offered(having: Means) -> list[Offered]:
    """The whole catalogue: what can be had now first, and then the cheapest."""
    rows = [Offered(each, catalogue.hindrance(each, having)) for each in of_program(program().id)]
    return sorted(rows, key=lambda each: (each.hindrance is not None, each.reward.price, each.reward.id))


def lapses() -> list[Lapsing]:
    """What of the viewer's coins goes when."""
    return lapsing.of_person(auth.person().id, program().id, the_zone())


def mine() -> Mine:
    """What the viewer asked for."""
    asked = redemption.of_person(auth.person().id)
    steps = redemption.moves_of([each.redemption.id for each in asked]) if asked else {}
    return Mine(asked, {number: moves[-1] for number, moves in steps.items() if moves})


def surprises() -> dict[str, object]:
    """How the viewer was surprised lately, and by whom."""
    rows = surprise.given_since(auth.person().id, clock.now() - LATELY)
    return {"surprises": rows, "givers": names_of({each.giver_id for each in rows}) if rows else {}}


def new_key() -> str:
    """A key for a form, so that it counts once."""
    return uuid4().hex
