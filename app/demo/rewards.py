"""The demo's catalogue, requests in every state, and coins of past seasons that will lapse."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app import clock
from app.demo import money
from app.demo.cast import Cast
from app.demo.comparing import SEASONS
from app.demo.past import Setting
from app.demo.reward_pictures import pictures
from app.domain.agency.person import Person, Role
from app.domain.game.coins import balance_of
from app.domain.game.rewarding import deciding, lapse, requesting, reward
from app.domain.game.rewarding.redemption import Redemption, RedemptionState
from app.domain.game.rewarding.requesting import UNDECIDED
from app.domain.game.rewarding.reward import Reward, RewardKind

SPENT_BY = timedelta(days=75)
BEGAN = timedelta(weeks=10)
FIRST_KEY = 7000
USUAL: dict[str, Any] = {"per_person": None, "level": 0, "approval": True, "first": None, "last": None, "stock": None}


class Item(NamedTuple):
    """A reward of the catalogue with its picture; `more` is what is not usual of it."""

    picture: str
    kind: RewardKind
    title_nl: str
    title_en: str
    text_nl: str
    text_en: str
    price: int
    cents: int
    more: Mapping[str, Any] = {}


ITEMS = (
    Item("clock", RewardKind.TIME_OFF, "Een uur eerder naar huis", "Home an hour early",
         "Een betaald uur vrij, op een dag die je met je teamleider afspreekt.",
         "A paid hour off, on a day that you agree with your lead.", 2000, 0),
    Item("tickets", RewardKind.EXPERIENCE, "Twee bioscoopkaartjes", "Two cinema tickets",
         "Voor elke film, elke dag, bij de bioscoop in jouw stad.",
         "For any film on any day at the cinema in your town.", 2400, 24_00, {"stock": 12}),
    Item("heart", RewardKind.DONATION, "Gift aan de voedselbank", "Donation to the food bank",
         "Wij geven namens jou aan de voedselbank bij jou in de buurt.",
         "We give in your name to the food bank in your neighbourhood.", 2500, 25_00, {"approval": False}),
    Item("plate", RewardKind.VOUCHER, "Lunch voor twee", "Lunch for two",
         "Bij de zaak om de hoek. Neem een collega mee die je wilt bedanken.",
         "At the place around the corner. Take a colleague whom you want to thank.", 3000, 30_00),
    Item("headphones", RewardKind.GOODS, "Koptelefoon", "Headphones",
         "Draadloos, met een goede microfoon voor als je belt.",
         "Wireless, with a good microphone for your calls.", 4500, 95_00, {"stock": 1, "per_person": 1}),
    Item("hills", RewardKind.EXPERIENCE, "Wandeldag in de heuvels", "A day in the hills",
         "Een vrije dag met lunch onderweg, voor jou en iemand die je meeneemt.",
         "A day off with lunch on the way, for you and whoever you take along.", 7000, 80_00, {"stock": 6}),
    Item("feather", RewardKind.SYMBOLIC, "De vrijdagmuziek kiezen", "Choose the Friday music",
         "Een hele vrijdag bepaal jij wat er op de vestiging klinkt.",
         "For a whole Friday you say what plays at the branch.", 500, 0, {"per_person": 4}),
)  # fmt: skip
RETIRED = 5
"""The walk was for the autumn."""


class Wish(NamedTuple):
    """Who asked for which reward, how many days ago, and what became of it after so many days.

    0 is the star, the others count from whoever has the most coins.
    """

    who: int
    item: int
    ago: int
    became: RedemptionState = RedemptionState.REQUESTED
    after: int = 1
    said: str = ""


WISHES = (
    Wish(9, 3, 41, RedemptionState.EXPIRED),
    Wish(0, 1, 20, RedemptionState.FULFILLED, 3, "Veel plezier vanavond!"),
    Wish(4, 2, 16, RedemptionState.APPROVED),
    Wish(0, 4, 12, RedemptionState.DECLINED, 2, "Helaas net vergeven. Volgende keer beter!"),
    Wish(2, 4, 9, RedemptionState.APPROVED, 2, "Hij ligt klaar bij Ada."),
    Wish(7, 1, 8, RedemptionState.FULFILLED, 2),
    Wish(12, 0, 6, RedemptionState.CANCELLED, 2),
    Wish(0, 3, 5, RedemptionState.APPROVED, 1, "Haal de bon op bij de receptie."),
    Wish(3, 3, 3),
    Wish(0, 6, 2),
    Wish(6, 1, 1),
)


def fill(people: Cast, setting: Setting) -> None:
    """The budget, the catalogue, what was asked for since, and what lapses."""
    money.reward_budget(people, setting)
    sponsor, drawn = people.part(Role.SPONSOR), pictures()
    items = [_add(each, drawn[each.picture], sponsor, setting) for each in ITEMS]
    asking = _richest_first(people)
    for number, wish in enumerate(WISHES):
        at, key = setting.now - timedelta(days=wish.ago), UUID(int=FIRST_KEY + number).bytes
        day, asker = clock.local_day(at, setting.zone), asking[wish.who]
        row = requesting.request(items[wish.item], asker, key=key, now=at, today=day, level=None)
        _become(wish, row, asker, sponsor)
    reward.retire(items[RETIRED], by=sponsor, now=setting.now - timedelta(days=4))
    today = clock.local_day(setting.now, setting.zone)
    season_began = clock.week_of(today).start + clock.WEEK * SEASONS[-1][1]
    lapse.announce(
        setting.program_id, season_began, today + SPENT_BY, by=sponsor, today=today, now=setting.now - clock.DAY
    )


def _add(item: Item, picture: bytes, sponsor: Person, setting: Setting) -> Reward:
    said = {name: value for name, value in item._asdict().items() if name not in {"picture", "more"}}
    began = setting.now - BEGAN
    made = reward.add(setting.program_id, by=sponsor, now=began, **(USUAL | said | dict(item.more)))
    reward.illustrate(made, picture, by=sponsor, now=began)
    return made


def _richest_first(people: Cast) -> list[Person]:
    others = sorted(people.recruiters[1:], key=lambda one: (-balance_of(one.id).balance, one.id))
    return [people.star, *others]


def _become(wish: Wish, row: Redemption, asker: Person, sponsor: Person) -> None:
    """Whoever runs it decides, and hands it over a day later."""
    then, wanted = row.requested_at + timedelta(days=wish.after), wish.became
    if wanted == RedemptionState.APPROVED:
        deciding.approve(row, by=sponsor, now=then, said=wish.said)
    elif wanted == RedemptionState.FULFILLED:
        deciding.approve(row, by=sponsor, now=then)
        deciding.fulfil(row, by=sponsor, now=then + clock.DAY, said=wish.said)
    elif wanted == RedemptionState.DECLINED:
        deciding.decline(row, by=sponsor, now=then, said=wish.said)
    elif wanted == RedemptionState.CANCELLED:
        deciding.cancel(row, by=asker, now=then)
    elif wanted == RedemptionState.EXPIRED:
        deciding.expire(row, row.requested_at + UNDECIDED)
