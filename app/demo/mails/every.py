"""All mails to look at, in the order in which people meet them."""

from app.demo.mails import candidates, entering, game, pools, reminders, running
from app.demo.mails.invented import Sample


def samples() -> list[Sample]:
    """Every kind in every variant."""
    parts = (entering, reminders, pools, running, game, candidates)
    return [sample for part in parts for sample in part.samples()]
