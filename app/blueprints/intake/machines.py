"""How much of what seems to be interest is done by machines, per mail domain."""

from flask import render_template

from app import clock
from app.domain.agency.person import Role
from app.domain.journey import machine_share
from app.web import auth
from app.words import machines as words


@auth.only(Role.ADMIN)
def machines() -> str:
    """What was filtered in the last ninety days."""
    now = clock.now()
    total, shares = machine_share.of_all(now), machine_share.by_domain(now)
    return render_template("intake/machines.html", total=total, shares=shares, words=words)
