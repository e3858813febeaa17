"""What is said of people and their access: roles, status, and why a password is refused."""

from app.domain.agency.password import LONGEST, SHORTEST, Weakness
from app.domain.agency.person import EmailTaken
from app.domain.agency.staff import Oneself, Status
from app.language import gettext as _
from app.language import ngettext


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


def email_taken(taken: EmailTaken) -> str:
    """Whose address it is, and what to do."""
    if taken.holder is None:
        return _("Somebody with this address was added just now.")
    if taken.holder.is_active:
        return _("This is the address of %(name)s, who is already in the list.", name=taken.holder.name)
    return _("This is the address of %(name)s, who left. Let them come back instead.", name=taken.holder.name)


def came_in(number: int) -> str:
    """That the identity provider added colleagues, or brought them back."""
    return ngettext(
        "%(num)d colleague came in by your identity provider",
        "%(num)d colleagues came in by your identity provider",
        number,
    )


def left_token(name: str) -> str:
    """That whoever made a token of the identity provider left, while it goes on working."""
    return _("%(name)s left, and the token that they made for the identity provider still works", name=name)


def must_remain(reason: Exception) -> str:
    """Why this access cannot be taken away."""
    if isinstance(reason, Oneself):
        return _("You cannot take away your own access; ask another administrator.")
    return _("This is the last administrator who can sign in. Make somebody else administrator first.")
