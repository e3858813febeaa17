"""The words of rewards: what they are, why one cannot be asked for, what becomes of a request, and of one's coins."""

from datetime import date
from typing import Protocol

from app.domain.game.coins import CoinEntry
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.rewarding.catalogue import Hindrance, Why
from app.domain.game.rewarding.redemption import Redemption, RedemptionState
from app.domain.game.rewarding.reward import Reward, RewardKind
from app.language import current, day_and_month, decimal, ngettext
from app.language import gettext as _
from app.words.explained import why
from app.words.money import euros
from app.words.payroll import kind_label
from app.words.program import Labelled

__all__ = ["kind_label"]

ICONS = {
    RewardKind.TIME_OFF: "clock",
    RewardKind.VOUCHER: "shopping-cart",
    RewardKind.GOODS: "gift",
    RewardKind.EXPERIENCE: "star",
    RewardKind.DONATION: "hand-heart",
    RewardKind.SYMBOLIC: "medal",
}
TONES = {
    RedemptionState.REQUESTED: "info",
    RedemptionState.APPROVED: "ok",
    RedemptionState.FULFILLED: "brand",
}


class Titled(Protocol):
    """What has a title and a text in both languages."""

    title_nl: str
    title_en: str
    text_nl: str
    text_en: str


def title(reward: Titled) -> str:
    """Its name in the reader's language, else in the other one."""
    return _either(reward.title_nl, reward.title_en)


def text(reward: Titled) -> str:
    """What there is to know of it, likewise."""
    return _either(reward.text_nl, reward.text_en)


def _either(nl: str, en: str) -> str:
    return (nl or en) if current() == "nl" else (en or nl)


def icon(kind: str) -> str:
    """What stands for a kind where there is no picture."""
    return ICONS[RewardKind(kind)]


def coins(number: int) -> str:
    """As 60 punten tegoed."""
    return ngettext("%(num)d coin", "%(num)d coins", number)


def facts(reward: Reward, *, levels: bool = False) -> list[str]:
    """What else there is to say: the value, how many there are, how many one may have, from which level, until when."""
    said = (
        _("worth %(euros)s", euros=euros(reward.cents)) if reward.cents else "",
        stock(reward.stock),
        ngettext("%(num)d for each", "%(num)d for each", reward.per_person) if reward.per_person else "",
        _("from level %(level)s", level=reward.level) if levels and reward.level > 1 else "",
        _("until the end of %(day)s", day=day_and_month(reward.last))
        if reward.last and reward.last != date.max
        else "",
    )
    return [each for each in said if each]


def from_day(reward: Reward) -> list[str]:
    """From when it can be asked for, where that is said."""
    return [_("from %(day)s", day=day_and_month(reward.first))] if reward.first else []


def how_granted(reward: Reward) -> str:
    """What happens when one asks for it."""
    return _("Somebody agrees first.") if reward.approval else _("It is yours at once.")


def you_have(number: int) -> str:
    """What there is to spend."""
    return ngettext("you have %(num)d coin", "you have %(num)d coins", number)


def owing(number: int) -> str:
    """What comes off the next earnings."""
    return ngettext(
        "%(num)d coin that you had spent was taken back with its point. It comes off what you earn next.",
        "%(num)d coins that you had spent were taken back with their points. They come off what you earn next.",
        number,
    )


def signed(number: int) -> str:
    """As +10 or -1.250."""
    return f"+{decimal(number)}" if number > 0 else decimal(number)


def stock(left: int | None) -> str:
    """How many there are still; nothing when there is no end to it."""
    if left is None:
        return ""
    return ngettext("%(num)d left", "%(num)d left", left) if left else _("none left")


def hindered(reward: Reward, by: Hindrance) -> str:
    """Why it cannot be asked for, and where there is something to do about it, what."""
    day_first, day_last = reward.first or date.min, reward.last or date.max
    return {
        Why.RETIRED: lambda: _("This is not offered any more."),
        Why.NOT_YET: lambda: _("You can ask for this from %(day)s.", day=day_and_month(day_first)),
        Why.OVER: lambda: _("This could be asked for until %(day)s.", day=day_and_month(day_last)),
        Why.LEVEL: lambda: _("This is for whoever has reached level %(level)s.", level=by.number),
        Why.LIMIT: lambda: ngettext(
            "You have had this one, and everybody may have it once.",
            "You have had this %(num)d times, and nobody may have it more often.",
            by.number,
        ),
        Why.SOLD_OUT: lambda: _("There are none left."),
        Why.OWING: lambda: ngettext(
            "First %(num)d coin is made up for that was spent and then taken back.",
            "First %(num)d coins are made up for that were spent and then taken back.",
            by.number,
        ),
        Why.TOO_FEW: lambda: ngettext("You need %(num)d more coin.", "You need %(num)d more coins.", by.number),
        Why.BUDGET: lambda: _("The pot is empty: ask your sponsor."),
        Why.PRICE: lambda: _("The price changed meanwhile: it is %(coins)s now.", coins=coins(by.number)),
    }[by.why]()


def state_label(state: str) -> str:
    """Where a request is, in a word."""
    return {
        RedemptionState.REQUESTED: _("asked for"),
        RedemptionState.APPROVED: _("granted"),
        RedemptionState.FULFILLED: _("received"),
        RedemptionState.DECLINED: _("not granted"),
        RedemptionState.CANCELLED: _("cancelled"),
        RedemptionState.EXPIRED: _("lapsed"),
    }[RedemptionState(state)]


def state_tone(state: str) -> str:
    """The colour that goes with it; what came to nothing has none."""
    return TONES.get(RedemptionState(state), "")


def what_next(row: Redemption) -> str:
    """What happens now, or what became of it."""
    until = day_and_month(row.expires_at)
    return {
        RedemptionState.REQUESTED: lambda: _(
            "It waits for a decision. Without one by %(day)s your coins come back.", day=until
        ),
        RedemptionState.APPROVED: lambda: _("You will get it, by %(day)s at the latest.", day=until),
        RedemptionState.FULFILLED: lambda: _("You got it."),
        RedemptionState.DECLINED: lambda: _("Your coins came back."),
        RedemptionState.CANCELLED: lambda: _("You cancelled it; your coins came back."),
        RedemptionState.EXPIRED: lambda: _("It took too long; your coins came back."),
    }[RedemptionState(row.state)]()


def coin_row(row: CoinEntry, earned: LedgerEntry | None, kind: Labelled | None, reward: Reward | None) -> str:
    """Where coins came from, or went."""
    if row.kind == "expire":
        return _("Lapsed: announced, and not spent in time")
    what = title(reward) if reward else _("Reward")
    if row.kind == "release":
        return _("Given back: %(what)s", what=what)
    if row.kind == "spend":
        return _("Spent on: %(what)s", what=what)
    return why(earned, kind) if earned else _("Points")


def lapsing(number: int, on: date) -> str:
    """What goes on a day if it is not spent before."""
    return ngettext(
        "%(num)d coin lapses on %(day)s. Spend it before that day.",
        "%(num)d coins lapse on %(day)s. Spend them before that day.",
        number,
        day=day_and_month(on),
    )
