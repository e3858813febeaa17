"""What somebody opened of a colleague, in words."""

from app.language import gettext as _


def looked_at(what: str) -> str:
    """What was opened."""
    return {"unusual": _("What stood out"), "team": _("The week of the team"), "sponsor": _("Rows behind a figure")}[
        what
    ]
