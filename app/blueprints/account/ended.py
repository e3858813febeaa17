"""The answer to whoever comes with a link that does not work any more: why, and where there is a new one."""

from flask import Response, make_response, render_template, url_for

from app.db import db
from app.domain.agency.sign_in_link import LASTS, Purpose
from app.language import gettext as _

ASKED_AT = {Purpose.SIGN_IN: "account.ask_link", Purpose.PASSWORD: "account.ask_password"}


def invitation() -> Response:
    """Only who administers can send another one."""
    return _ended(
        _(
            "It was used before, it is older than a week, or a newer one was sent. Ask an administrator of your agency"
            " for a new link."
        )
    )


def link(purpose: Purpose, then: str | None) -> Response:
    """Another one can be asked for; `then` is the page to which it led."""
    why = _(
        "It was used before, it is older than %(minutes)s minutes, another one was used, or you asked for it in another"
        " browser. Ask for a new one here: it is there within a minute.",
        minutes=minutes(purpose),
    )
    return _ended(why, then, again=url_for(ASKED_AT[purpose], next=then))


def minutes(purpose: Purpose) -> int:
    """For how many a link works."""
    return int(LASTS[purpose].total_seconds() // 60)


def _ended(why: str, then: str | None = None, again: str = "") -> Response:
    db.session.rollback()
    return make_response(render_template("account/link_ended.html", why=why, again=again, then=then), 404)
