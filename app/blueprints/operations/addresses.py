"""Addresses that refuse our mail: whose they are, why, and a button that lets us write to them again."""

from collections.abc import Collection

from flask import abort, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.operations.addressee import Addressee, addressees
from app.blueprints.operations.forms import LiftForm
from app.db import db, page_of, write
from app.domain.agency.person import Person, Role
from app.domain.candidates import refused_address
from app.domain.notices.recipient import name_candidate, name_person
from app.language import gettext as _
from app.web import auditing, auth, toast
from app.web.htmx import go

allowed = auth.only(Role.ADMIN)


@allowed
def index() -> str:
    page = page_of(refused_address.listed(), request.args.get("page", 1, int), 25)
    whose = _whose([row.address for row in page.rows])
    return render_template("operations/addresses.html", page=page, whose=whose)


@allowed
def lift() -> Answer:
    """What waits or comes goes to it again."""
    form = LiftForm(request.form)
    if not form.validate():
        abort(400)
    write()
    done = refused_address.lift(form.address.data or "", clock.now())
    auditing.done(done)
    db.session.commit()
    said = _("We write to it again. What failed before can be tried again.") if done else _("Somebody did so already.")
    toast.say(said, category="ok" if done else "error")
    return go(url_for("operations.addresses"))


def _whose(addresses: Collection[str]) -> dict[str, Addressee]:
    """Colleagues and candidates who have one of these addresses."""
    rows = db.session.execute(select(Person.email, Person.id).where(Person.email.in_(addresses)))
    owners = {address: name_candidate(number) for address, number in refused_address.candidates_of(addresses).items()}
    owners |= {row.email: name_person(row.id) for row in rows if row.email}
    shown = addressees(set(owners.values()), auth.person())
    return {address: shown[owner] for address, owner in owners.items()}
