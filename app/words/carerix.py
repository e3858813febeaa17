"""What is said of Carerix: why a score could not be written there."""

from app.language import gettext as _
from app.words import bullhorn

DECLINED = "declined: "


def fault_sentence(fault: str) -> str:
    """Why it does not take scores, and what one can do."""
    if fault.startswith(DECLINED):
        code = fault.removeprefix(DECLINED)
        return _("It answered “%(code)s” to a score. It is tried again by itself.", code=code)
    return bullhorn.fault_sentence(fault)
