"""The words of what is handed over: what it is, and for whom."""

from app.domain.game.handing_out import ToHand
from app.domain.game.payroll import Origin
from app.domain.game.rewarding.redemption import RedemptionState
from app.domain.game.rewarding.reward import Reward
from app.language import gettext as _
from app.words import reward


def what(of: ToHand) -> str:
    """What is handed over."""
    if of.reward:
        return reward.title(of.reward)
    return of.what or _("What comes with a surprise")


def origin(of: ToHand) -> str:
    """Why somebody gets it."""
    return {
        Origin.REDEMPTION: _("Reward"),
        Origin.COMPETITION: _("Prize of %(competition)s", competition=of.about),
        Origin.SURPRISE: _("Surprise"),
    }[of.origin]


def whom(of: ToHand) -> str:
    """Who gets it: somebody, a team, or all who took part."""
    return of.person or _("Everybody who took part")


def waits(state: str, name: str, of: Reward) -> str:
    """What somebody asked for and does not have yet."""
    facts = {"name": name, "what": reward.title(of)}
    if state == RedemptionState.APPROVED:
        return _("%(name)s gets %(what)s: it waits to be handed over", **facts)
    return _("%(name)s asks for %(what)s", **facts)


def decided(state: str, of: Reward) -> str:
    """What became of what somebody asked for."""
    what = reward.title(of)
    return {
        RedemptionState.APPROVED: _("Granted: %(what)s", what=what),
        RedemptionState.DECLINED: _("Not granted: %(what)s", what=what),
        RedemptionState.EXPIRED: _("Lapsed: %(what)s", what=what),
    }[RedemptionState(state)]
