"""The demo's surprises: one of words, one with flowers that were handed over, and one with a voucher that waits."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from app import clock
from app.demo import money
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Role
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Gift
from app.domain.game.rewarding.reward import RewardKind

FIRST_KEY = 7900


class Given(NamedTuple):
    """To which recruiter, so long ago; and whether what came with it was handed over."""

    at: int
    ago: timedelta
    gift: Gift
    handed: bool = False


GIVEN = (
    Given(3, timedelta(days=24), Gift("Je bleef bellen tot Willem zijn diploma had. Dat vergeet hij nooit meer.")),
    Given(
        1,
        timedelta(days=12),
        Gift("Drie mensen weer aan het werk die niemand meer sprak: bloemen!", 35_00, RewardKind.GOODS),
        handed=True,
    ),
    Given(
        2,
        timedelta(days=1),
        Gift("Je nam een week lang de kandidaten van een zieke collega erbij. Dank je wel.", 25_00, RewardKind.VOUCHER),
    ),
)


def fill(people: Cast, setting: Setting) -> None:
    """From the sponsor, paid from the demo's budget."""
    program = setting.program
    money.reward_budget(people, setting)
    sponsor, admin = people.part(Role.SPONSOR), people.part(Role.ADMIN)
    for number, each in enumerate(GIVEN, FIRST_KEY):
        at, to = setting.now - each.ago, people.recruiters[each.at]
        key, today = UUID(int=number).bytes, clock.local_day(at, setting.zone)
        row = surprise.give(program, to, each.gift, by=sponsor, today=today, now=at, key=key)
        if each.handed:
            surprise.hand_over(row, by=admin, now=at + clock.DAY)
