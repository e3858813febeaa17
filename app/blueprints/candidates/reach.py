"""How a candidate is reached: their addresses, their preferred channel, and who looks after them."""

from flask import Blueprint, Response, request, url_for

from app import clock
from app.blueprints.candidates.forms import AddressForm, PreferenceForm
from app.blueprints.candidates.showing import show, shown_of
from app.db import db, write
from app.domain.candidates import candidate as candidates
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.candidates.identity import Full
from app.domain.candidates.preference import SaidBy, Wish
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say


def _asked_for(candidate_id: int) -> Candidate:
    return found(visible_to(auth.person(), candidate_id))


def _back(candidate_id: int) -> Response:
    return go(url_for("candidates.page", candidate_id=candidate_id))


@auth.signed_in
def add_address(candidate_id: int) -> Response:
    """Keep one more way to reach a candidate."""
    row, form = _asked_for(candidate_id), AddressForm(request.form).offer()
    if not form.validate():
        return show(shown_of(row, auth.person(), clock.now()), address=form, status=422)
    write()
    try:
        identity.add(row, Channel(form.channel.data), form.address.data or "", clock.now(), "page")
    except Full:
        db.session.rollback()
        form.address.errors = [_("This candidate has many addresses already; remove one first.")]
        return show(shown_of(row, auth.person(), clock.now()), address=form, status=422)
    db.session.commit()
    return _back(candidate_id)


@auth.signed_in
def remove_address(candidate_id: int, identity_id: int) -> Response:
    """Forget an address that is not theirs."""
    row = _asked_for(candidate_id)
    address = found(identity.one_of(row.id, identity_id))
    write()
    identity.remove(address)
    db.session.commit()
    say(_("The address is removed."))
    return _back(candidate_id)


@auth.signed_in
def prefer(candidate_id: int) -> Response:
    """Remember how a candidate likes to be reached."""
    row, person = _asked_for(candidate_id), auth.person()
    ways = identity.ways(identity.identities_of(row.id))
    form = PreferenceForm(request.form).offer(list(ways))
    if not form.validate():
        return show(shown_of(row, person, clock.now()), preferred=form, status=422)
    write()
    said_by = SaidBy(form.said_by.data)
    preference.prefer(row.id, Wish((Channel(form.channel.data),)), said_by=said_by, by_id=person.id, now=clock.now())
    db.session.commit()
    return _back(candidate_id)


@auth.signed_in
def take_over(candidate_id: int) -> Response:
    """Become the owner of a candidate whom nobody looks after."""
    row, person = _asked_for(candidate_id), auth.person()
    write()
    mine = candidates.take_over(person, candidate_id, clock.now())
    db.session.commit()
    if mine:
        say(_("You look after %(name)s now.", name=row.name))
    return _back(candidate_id)


def add_to(bp: Blueprint) -> None:
    """Where these forms go."""
    bp.post("/<int:candidate_id>/addresses")(add_address)
    bp.post("/<int:candidate_id>/addresses/<int:identity_id>/removal")(remove_address)
    bp.post("/<int:candidate_id>/preference")(prefer)
    bp.post("/<int:candidate_id>/ownership")(take_over)
