"""The words of the file for payroll: its columns, and what kinds of rewards there are."""

from app.domain.game.payroll import Origin, Wording
from app.domain.game.rewarding.reward import RewardKind
from app.language import current
from app.language import gettext as _

DAYS = {"nl": "%d-%m-%Y", "en": "%Y-%m-%d"}
DECIMALS = {"nl": ",", "en": "."}


def wording() -> Wording:
    """How the file is written in the language of the moment."""
    return Wording(
        header=(_("Name"), _("Date"), _("Kind"), _("Description"), _("Value including VAT")),
        kinds={str(kind): kind_label(kind) for kind in RewardKind},
        origins={str(origin): origin_label(origin) for origin in Origin},
        day=DAYS[current()],
        decimal=DECIMALS[current()],
    )


def kind_label(kind: str) -> str:
    """What sort of reward it is, in a word."""
    return {
        RewardKind.TIME_OFF: _("Time off"),
        RewardKind.VOUCHER: _("Voucher"),
        RewardKind.GOODS: _("Goods"),
        RewardKind.EXPERIENCE: _("Outing"),
        RewardKind.DONATION: _("Donation"),
        RewardKind.SYMBOLIC: _("Symbolic gift"),
    }[RewardKind(kind)]


def origin_label(origin: str) -> str:
    """Why somebody got it, in a word."""
    return {
        Origin.REDEMPTION: _("Reward"),
        Origin.COMPETITION: _("Prize"),
        Origin.SURPRISE: _("Surprise"),
    }[Origin(origin)]
