"""The words of what is handed over: what it is, and for whom."""

from app.domain.game.handing_out import ToHand
from app.domain.game.payroll import Origin
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
