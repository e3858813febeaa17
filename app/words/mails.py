"""What mails are called."""

from app.language import gettext as _


def mail_name(kind: str) -> str:
    """A kind of mail within a sentence."""
    return {"weekly_reminder": _("the weekly reminder")}.get(kind, _("this mail"))
