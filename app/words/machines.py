"""Words for what machines do in people's mail."""

from app.domain.journey.machine_share import Share
from app.language import gettext as _
from app.language import ngettext


def percentage(part: int, whole: int) -> str:
    """As 12 %."""
    return _("%(share)s%%", share=round(100 * part / whole)) if whole else ""


def verdict_sentence(total: Share) -> str:
    """What to make of it, in a sentence."""
    if not total.hits:
        return _("No opens or clicks in mail came in during the last ninety days.")
    return ngettext(
        "Of %(num)d open or click in mail in ninety days %(machine)s was a machine's and %(unknown)s may be.",
        "Of %(num)d opens and clicks in mail in ninety days %(machine)s were a machine's and %(unknown)s may be.",
        total.hits,
        machine=percentage(total.machine, total.hits),
        unknown=percentage(total.unknown, total.hits),
    )
