"""The words of budgets: where the money is, for what, and how it moved."""

from app.domain.game.purposes import Purpose
from app.domain.game.rewarding.budget import BudgetEntry, Pot
from app.language import gettext as _
from app.words import reward


def pot_label(pot: str) -> str:
    """Where money is, in a word."""
    return {
        Pot.AVAILABLE: _("Available"),
        Pot.RESERVED: _("Reserved"),
        Pot.COMMITTED: _("Committed"),
        Pot.SPENT: _("Spent"),
    }[Pot(pot)]


def pot_meaning(pot: str) -> str:
    """What it says of the money."""
    return {
        Pot.AVAILABLE: _("free for something new"),
        Pot.RESERVED: _("for what may still be won or granted"),
        Pot.COMMITTED: _("won or granted, and not handed over yet"),
        Pot.SPENT: _("handed over"),
    }[Pot(pot)]


def purpose_sentence(of: Purpose) -> str:
    """For what money is held: the competition, or what it is and for whom."""
    if of.competition is not None:
        return of.competition
    who = of.person or _("A colleague")
    return f"{reward.title(of.reward)}, {who}" if of.reward else _("A surprise for %(name)s", name=who)


def purpose_kind(of: Purpose) -> str:
    """What sort of thing it is, in a word."""
    if of.competition is not None:
        return _("Competition")
    return _("Reward") if of.reward else _("Surprise")


def movement_label(row: BudgetEntry) -> str:
    """What happened with the money."""
    moves = {
        (Pot.OUTSIDE, Pot.AVAILABLE): _("Given to the budget"),
        (Pot.AVAILABLE, Pot.OUTSIDE): _("Taken back from the budget"),
        (Pot.AVAILABLE, Pot.RESERVED): _("Reserved"),
        (Pot.RESERVED, Pot.COMMITTED): _("Committed"),
        (Pot.COMMITTED, Pot.SPENT): _("Handed over"),
    }
    return moves.get((Pot(row.from_pot), Pot(row.to_pot))) or _("Available again")
