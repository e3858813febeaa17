"""Turns names, reasons and facts into words, in nl and en, for pages, mails, commands and answers alike."""

from app.domain.agency.person import Role
from app.language import gettext as _


def role_label(role: Role) -> str:
    """What a role is called."""
    return {
        Role.RECRUITER: _("recruiter"),
        Role.MEMBER: _("team member"),
        Role.LEAD: _("team lead"),
        Role.SPONSOR: _("executive sponsor"),
        Role.ADMIN: _("administrator"),
    }[Role(role)]
