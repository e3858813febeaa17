"""How often candidates hear from us, in words: by stage, by what their application waits for, or as agreed."""

from collections.abc import Mapping

from app.domain.candidates.candidate import Stage
from app.domain.scoring.situation import Cadence
from app.language import gettext as _
from app.language import ngettext
from app.words.applications import state_label
from app.words.candidates import stage_label


def situation_label(situation: str) -> str:
    """A stage, or how far an application came."""
    return stage_label(situation) if situation in set(Stage) else state_label(situation)


def days_unit(cadence: Cadence) -> str:
    """In what the number counts."""
    return _("working days") if cadence.working else _("days")


def every(cadence: Cadence) -> str:
    """As "elke 14 dagen"."""
    days = round(cadence.days)
    if cadence.working:
        return ngettext("every working day", "every %(num)d working days", days)
    return ngettext("every day", "every %(num)d days", days)


def usually(usual: Cadence, own: Mapping[str, int], situation: str) -> str:
    """Beside a number that was changed: what it was."""
    return _("usually %(days)d", days=usual.days) if situation in own else ""
