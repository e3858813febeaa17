"""Under which numbers other systems know a candidate: given and taken away by hand."""

from flask import Blueprint, Response, request

from app import clock
from app.blueprints.candidates.forms import CrmIdForm
from app.blueprints.candidates.reach import asked_for, back, held, reach_page
from app.db import db
from app.domain.candidates import crm_id, identity
from app.domain.candidates.crm_id import Crm, Full, Taken
from app.language import gettext as _
from app.language import ngettext
from app.web import auth
from app.web.errors import found
from app.web.toast import say
from app.words.vendors import crm_name, crm_refusal


@auth.signed_in
def give(candidate_id: int) -> Response:
    """One more number by which a system knows them."""
    row, form = asked_for(candidate_id), CrmIdForm(request.form).offer()
    if not form.validate():
        return reach_page(row, status=422, numbers=form)
    row = held(candidate_id)
    try:
        crm_id.give(row.id, Crm(form.crm.data), form.number.data or "", origin="page", now=clock.now())
    except (Taken, Full) as why:
        db.session.rollback()
        form.number.errors = [crm_refusal(why)]
        return reach_page(asked_for(candidate_id), status=422, numbers=form)
    db.session.commit()
    say(_("What %(crm)s told of this number counts within a minute.", crm=crm_name(form.crm.data)))
    return back(candidate_id, "numbers")


@auth.signed_in
def take_away(candidate_id: int, number_id: int) -> Response:
    """Forget a number that is not theirs."""
    asked_for(candidate_id)
    row = found(crm_id.one_of(held(candidate_id).id, number_id))
    system, comes_off = crm_name(row.crm), row.crm == Crm.BULLHORN
    crm_id.take_away(row, clock.now())
    db.session.commit()
    said = _("What Bullhorn told of this number comes off within a minute.") if comes_off else ""
    say(f"{_removed(candidate_id, system)} {said}".rstrip())
    return back(candidate_id, "numbers")


def _removed(candidate_id: int, system: str) -> str:
    """Addresses that the system told stand here still, and may be somebody else's."""
    told = sum(row.origin == system for row in identity.identities_of(candidate_id))
    if not told:
        return _("The number is removed.")
    return ngettext(
        "The number is removed. %(num)d address came from %(system)s: remove it too if it is not theirs.",
        "The number is removed. %(num)d addresses came from %(system)s: remove those too that are not theirs.",
        told,
        system=system,
    )


def add_to(bp: Blueprint) -> None:
    """Where these commands stand; the page that has their form belongs to reaching."""
    bp.app_context_processor(lambda: {"crm_name": crm_name})
    bp.post("/<int:candidate_id>/crm-ids", endpoint="give_crm_id")(give)
    bp.post("/<int:candidate_id>/crm-ids/<int:number_id>/removal", endpoint="remove_crm_id")(take_away)
