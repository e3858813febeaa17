"""Who an invitation comes from, and how its token becomes an address of ours."""

from flask import current_app, url_for

from app.config import Settings
from app.domain.agency.person import Person
from app.domain.notices.invitation_mail import Sender
from app.domain.program.program import program_name
from app.web import auth


def sender() -> Sender:
    """The signed-in person, for this program."""
    return sender_for(auth.person())


def sender_for(by: Person | None) -> Sender:
    """Somebody, or nobody in particular, for this program."""
    settings: Settings = current_app.config["SETTINGS"]
    return Sender(
        program=program_name(),
        host=settings.public_host,
        link=lambda token: settings.public_url + url_for("account.accept_page", token=token),
        by=by,
    )
