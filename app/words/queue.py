"""The words that the queue's screen needs, gathered for its templates."""

from types import SimpleNamespace

from app.language import gettext as _
from app.language import ngettext
from app.words import absence, actions, candidates, reasons


def capacity(asks: int, offers: int) -> str:
    """As "Je pool vraagt deze week 31 gesprekken, je blok biedt er 10."."""
    asked = ngettext(
        "Your pool asks for %(num)d conversation this week", "Your pool asks for %(num)d conversations this week", asks
    )
    return _("%(asks)s; your block has time for %(offers)s.", asks=asked, offers=offers)


WORDS = SimpleNamespace(
    **vars(reasons)
    | vars(candidates)
    | {
        "nothing_heard": absence.nothing_heard,
        "outcomes": actions.keyed_outcomes,
        "other_outcomes": actions.other_outcomes,
        "capacity": capacity,
        "outcome_label": actions.outcome_label,
    }
)
