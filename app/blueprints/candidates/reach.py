"""How a candidate is reached: their addresses, what is known of each, and who looks after them."""

from types import SimpleNamespace

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.forms import AddressForm, CrmIdForm
from app.blueprints.candidates.showing import Shown, show, shown_of
from app.db import db, write
from app.domain.actions import asking
from app.domain.actions.channel_choice import choices
from app.domain.agency.person import Person
from app.domain.candidates import contact_state, crm_id, identity, ownership, preference, question
from app.domain.candidates.address import Channel, href, readable
from app.domain.candidates.candidate import LARGEST_ID, Candidate, visible_to
from app.domain.candidates.identity import Full, IdentityState
from app.domain.candidates.preference import PURPOSES, wish_of
from app.domain.candidates.standing import Seen, standing_of
from app.domain.scoring.contact_next import NextUp
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import candidates as candidate_words
from app.words import reach as reach_words
from app.words import ways
from app.words.reasons import given_name
from app.words.ways import Ready

words = SimpleNamespace(
    **vars(candidate_words) | vars(reach_words), readable=readable, href=href, given_name=given_name, wish_of=wish_of
)


def asked_for(candidate_id: int) -> Candidate:
    """The candidate of the address, when whoever is signed in may see them."""
    return found(visible_to(auth.person(), candidate_id))


def held(candidate_id: int) -> Candidate:
    """The same in a write transaction, held: whoever waited for it may find that they were forgotten or merged."""
    write()
    contact_state.hold(found(candidate_id if candidate_id <= LARGEST_ID else None))
    return asked_for(candidate_id)


def back(candidate_id: int, card: str | None = None) -> Response:
    """To where a form stood: the page of all channels and its card, else the candidate's own."""
    endpoint = "candidates.reach" if request.form.get("from") == "reach" else "candidates.page"
    return go(url_for(endpoint, candidate_id=candidate_id, _anchor=card))


@auth.signed_in
def reach(candidate_id: int) -> Response:
    """Every address with what is known of it, and every wish with its history."""
    return reach_page(asked_for(candidate_id))


def reach_page(
    row: Candidate, address: AddressForm | None = None, status: int = 200, *, numbers: CrmIdForm | None = None
) -> Response:
    """That page, with a form that was filled in wrongly when there is one."""
    identities, history = identity.identities_of(row.id), preference.history_of(row.id)
    html = render_template(
        "candidates/reach/page.html",
        candidate=row,
        identities=identities,
        ways=identity.ways(identities),
        forbidden=[one.channel for one in choices(row, clock.now()) if one.is_forbidden],
        states=[IdentityState.VERIFIED, IdentityState.INVALID, IdentityState.OPTED_OUT],
        current=preference.current(row.id),
        purposes=PURPOSES,
        history=history,
        names=preference.recorders(history),
        question=question.open_question(row.id, clock.now()),
        address=address or AddressForm().offer(),
        crm_ids=crm_id.ids_of(row.id),
        numbers=numbers or CrmIdForm().offer(),
        words=words,
    )
    return make_response(html, status)


@auth.signed_in
def add_address(candidate_id: int) -> Response:
    """Keep one more way to reach a candidate."""
    row, form = asked_for(candidate_id), AddressForm(request.form).offer()
    if not form.validate():
        return _again(row, form)
    row = held(candidate_id)
    try:
        identity.add(row, Channel(form.channel.data), form.address.data or "", clock.now(), "page")
    except Full:
        db.session.rollback()
        form.address.errors = [_("This candidate has many addresses already; remove one first.")]
        return _again(row, form)
    db.session.commit()
    return back(candidate_id)


def _again(row: Candidate, form: AddressForm) -> Response:
    if request.form.get("from") == "reach":
        return reach_page(row, form, 422)
    now = clock.now()
    return show(shown_of(Seen(row, standing_of(row.id, now)), auth.person(), now), address=form, status=422)


@auth.signed_in
def mark_address(candidate_id: int, identity_id: int) -> Response:
    """Say that an address works, does not work, or is to be left alone."""
    asked_for(candidate_id)
    state = found(request.form.get("state") if request.form.get("state") in set(IdentityState) else None)
    address = found(identity.one_of(held(candidate_id).id, identity_id))
    identity.mark(address, IdentityState(state), origin="recruiter", now=clock.now())
    db.session.commit()
    say(_("Noted: %(address)s, %(state)s.", address=_readable(address), state=words.state_label(state)))
    return back(candidate_id)


def _readable(row: identity.Identity) -> str:
    return readable(Channel(row.channel), row.address)


@auth.signed_in
def opt_out(candidate_id: int, channel: str) -> Response:
    """The candidate wants nothing more on a channel, whichever address it goes to."""
    row = asked_for(candidate_id)
    closed = Channel(found(channel if channel in set(Channel) else None))
    identity.opt_out(held(row.id).id, closed, origin="recruiter", now=clock.now())
    db.session.commit()
    say(_("Noted: nothing more by %(channel)s.", channel=words.channel_name(closed)))
    return back(candidate_id)


@auth.signed_in
def remove_address(candidate_id: int, identity_id: int) -> Response:
    """Forget an address that is not theirs."""
    asked_for(candidate_id)
    identity.remove(found(identity.one_of(held(candidate_id).id, identity_id)), clock.now())
    db.session.commit()
    say(_("The address is removed."))
    return back(candidate_id)


@auth.signed_in
def take_over(candidate_id: int) -> Response:
    """Become the owner of a candidate whom nobody looks after."""
    asked_for(candidate_id)
    row, person = held(candidate_id), auth.person()
    mine = ownership.take_over(person, candidate_id, clock.now())
    db.session.commit()
    if mine:
        undo = url_for("candidates.give_back", candidate_id=candidate_id)
        say(_("You look after %(name)s now.", name=row.name), undo)
    return back(candidate_id)


@auth.signed_in
def give_back(candidate_id: int) -> Response:
    """It was a slip: nobody looks after the candidate, as before."""
    asked_for(candidate_id)
    row, person = held(candidate_id), auth.person()
    given = ownership.give_back(person, candidate_id, clock.now())
    db.session.commit()
    if given:
        say(_("%(name)s has no owner again.", name=row.name))
    return back(candidate_id)


def _ways_of(person: Person, next_up: NextUp, shown: Shown | None = None) -> tuple[Ready, ...]:
    """The ways to somebody, with what their page knows already when they are on it."""
    return ways.ways_of(person, next_up, shown.choices if shown else None)


def add_to(bp: Blueprint) -> None:
    """Where these pages stand, and what the parts on the candidate's page need."""
    bp.context_processor(lambda: {"reach_words": words, "why_ask": asking.why_ask})
    bp.app_context_processor(lambda: {"ways_of": _ways_of, "aligned": ways.aligned})
    bp.get("/<int:candidate_id>/reach")(reach)
    bp.post("/<int:candidate_id>/addresses")(add_address)
    bp.post("/<int:candidate_id>/addresses/<int:identity_id>/removal")(remove_address)
    bp.post("/<int:candidate_id>/addresses/<int:identity_id>/state")(mark_address)
    bp.post("/<int:candidate_id>/channels/<channel>/closing")(opt_out)
    bp.post("/<int:candidate_id>/ownership")(take_over)
    bp.post("/<int:candidate_id>/ownership/return")(give_back)
