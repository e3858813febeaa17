"""What the demo's people say of each other: the values of the program, kudos of these weeks, and badges as earned."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Person, Role
from app.domain.game.recognition import awarding, giving, value
from app.domain.game.recognition.giving import Praise

FIRST_KEY = 90_000
HONEST, TOGETHER, KEEPS_WORD = range(3)


class Said(NamedTuple):
    """So many hours ago, by and to whom of the team (0 is the star, 1 to 6 are colleagues, 7 is the lead)."""

    hours: int
    by: int
    to: int
    of: int
    text: str


SAID = (
    Said(24 * 17, 3, 5, TOGETHER, "Dank dat je mijn opvolgmoment overnam toen ik bij de tandarts zat."),
    Said(24 * 12, 0, 4, HONEST, "Netjes hoe je Mehmet uitlegde waarom het deze keer niets werd."),
    Said(24 * 8, 2, 0, KEEPS_WORD, "Je had Willem beloofd te bellen, en je belde. Op de dag zelf."),
    Said(24 * 5, 7, 1, TOGETHER, "Je hebt de nieuwe collega de hele week op sleeptouw genomen."),
    Said(30, 0, 2, TOGETHER, "Fijn dat je meedacht over dat rooster in Zwolle."),
    Said(6, 7, 0, HONEST, "Je zei gewoon dat we te laat waren, en bood sorry aan. Zo houden we kandidaten."),
)


def fill(people: Cast, setting: Setting) -> None:
    """The values, what was said, and the badges that everybody earned; only the star's are news."""
    program, by = setting.program, people.part(Role.SPONSOR)
    value.start(program.id, by=by)
    values, team = value.standing(program.id), _team(people)
    for number, said in enumerate(SAID, FIRST_KEY):
        praise = Praise(team[said.to].id, values[said.of].id, said.text)
        at, key = setting.now - timedelta(hours=said.hours), UUID(int=number).bytes
        giving.give(program, praise, by=team[said.by], key=key, now=at, zone=setting.zone)
    program.levels = True
    everybody = [each.id for each in (*people.recruiters[1:], *people.leads)]
    awarding.give(program.id, everybody, setting.now, setting.zone, silent=True)
    awarding.give(program.id, [people.star.id], setting.now, setting.zone)


def _team(people: Cast) -> Sequence[Person]:
    """The star first, then the colleagues of the team, and last who leads it."""
    mine = [each for each in people.recruiters if each.team_id == people.star.team_id]
    lead = next(each for each in people.leads if each.team_id == people.star.team_id)
    return [*mine, lead]
