"""What is said of Carerix: why a score could not be written there, or not be taken back."""

from app.language import gettext as _
from app.words import bullhorn

DECLINED, STAYS = "declined: ", "STAYS"


def fault_sentence(fault: str) -> str:
    """Why it does not take scores, and what one can do."""
    if fault.startswith(DECLINED):
        code = fault.removeprefix(DECLINED)
        return _("It answered “%(code)s” to a score. It is tried again by itself.", code=code)
    return bullhorn.fault_sentence(fault)


def kept_sentence(fault: str) -> str:
    """Why a score that is of nobody here stands there still."""
    if fault == f"{DECLINED}{STAYS}":
        return _("Carerix keeps it although we emptied it.")
    if fault.startswith(DECLINED):
        return _("Carerix answered “%(code)s”, and keeps it.", code=fault.removeprefix(DECLINED))
    return _("It did not go through, and is tried again within the hour.") if fault else ""
