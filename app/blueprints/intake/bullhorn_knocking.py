"""A password that Bullhorn refused: when it is tried again, and whoever administers has it tried now."""

from datetime import datetime

from flask import Response, current_app, url_for

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import account
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.agency.person import Role
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say

only = auth.only(Role.ADMIN)


def again_at(row: BullhornAccount | None, settings: Settings) -> datetime | None:
    """When the password is tried again; None when none was refused, or it may be at any minute."""
    return account.knocks_again_at(account.keys_of(row, settings.key), clock.now()) if row else None


@only
def knock_bullhorn() -> Response:
    """The password that was refused is tried once more, without waiting until it is due."""
    settings: Settings = current_app.config["SETTINGS"]
    write()
    row = found(account.hold(settings.bullhorn_username) if settings.asks_bullhorn else None)
    account.knock_now(row, settings.key, clock.now())
    db.session.commit()
    say(_("The password is tried within a minute."))
    return go(url_for("intake.bullhorn"))
