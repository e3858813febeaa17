"""Who an invitation comes from, and how its token becomes an address of ours."""

from urllib.parse import urlsplit

from flask import current_app, url_for

from app.config import Settings
from app.domain.notices.invitation_mail import Sender
from app.domain.program.program import the_program
from app.web import auth


def sender() -> Sender:
    """The signed-in person, for this program."""
    settings: Settings = current_app.config["SETTINGS"]
    program = the_program()
    return Sender(
        program=program.name if program else "Fanfare",
        host=urlsplit(settings.public_url).hostname or "localhost",
        link=lambda token: settings.public_url + url_for("account.accept_page", token=token),
        by=auth.person(),
    )
