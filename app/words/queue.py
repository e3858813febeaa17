"""The words that the queue's screen needs, gathered for its templates."""

from types import SimpleNamespace

from app.domain.scoring.capacity import Capacity
from app.language import gettext as _
from app.language import ngettext
from app.words import actions, candidates, reasons


def capacity(found: Capacity) -> str:
    """As "Je pool vraagt deze week 31 gesprekken, je blok biedt er 10."."""
    asks = ngettext(
        "Your pool asks for %(num)d conversation this week",
        "Your pool asks for %(num)d conversations this week",
        found.asks,
    )
    return _("%(asks)s; your block has time for %(offers)s.", asks=asks, offers=found.offers)


WORDS = SimpleNamespace(
    **vars(reasons)
    | vars(candidates)
    | {
        "outcomes": actions.keyed_outcomes,
        "other_outcomes": actions.other_outcomes,
        "capacity": capacity,
        "outcome_label": actions.outcome_label,
    }
)
