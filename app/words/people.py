"""What is said of people and their access: roles, status, and why a password is refused."""

from app.domain.agency.password import LONGEST, SHORTEST, Weakness
from app.domain.agency.staff import Status
from app.language import gettext as _


def status_label(status: Status) -> str:
    """How far somebody's access is."""
    return {
        Status.ACTIVE: _("active"),
        Status.INVITED: _("invited"),
        Status.WAITING: _("no access yet"),
        Status.LEFT: _("left"),
    }[status]


def weakness_sentence(weakness: Weakness) -> str:
    """Why a password is refused, and what would be better."""
    return {
        Weakness.SHORT: _("Use at least %(count)s characters; a short sentence is easy to remember.", count=SHORTEST),
        Weakness.LONG: _("Use at most %(count)s characters.", count=LONGEST),
        Weakness.COMMON: _("This password is in lists that are tried first. Take words that nobody expects together."),
        Weakness.CONTEXT: _(
            "This is mostly your own name, or that of the agency or the program: others would guess that. "
            "Add words that have nothing to do with them."
        ),
    }[weakness]
