"""The demo's budget for rewards and prizes: EUR 2,500, from the program's start until after its present season."""

from datetime import timedelta
from uuid import UUID

from app import clock
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Role
from app.domain.game.rewarding import budget, funding
from app.domain.game.rewarding.budget import Budget

CENTS = 2_500_00
NAME = "Beloningen en prijzen"
AHEAD = timedelta(weeks=16)
KEY = UUID(int=2500).bytes


def reward_budget(people: Cast, setting: Setting) -> Budget:
    """The budget of the demo, made by whoever needs it first."""
    today, program = clock.local_day(setting.now, setting.zone), setting.program
    if found := budget.current(setting.program_id, today):
        return found
    sponsor, at = people.part(Role.SPONSOR), clock.midnight(program.started_on, setting.zone)
    made = budget.make(setting.program_id, NAME, program.started_on, today + AHEAD, by=sponsor, now=at)
    funding.allot(made.id, CENTS, by=sponsor, now=at, key=KEY)
    return made
