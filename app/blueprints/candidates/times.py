"""Three times for a candidate to choose from: proposed, passed on by a link, and withdrawn again."""

from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.links import MESSAGES, message_with, ways_of
from app.blueprints.candidates.reach import asked_for, held
from app.blueprints.candidates.times_form import PAIRS, TimesForm
from app.db import db
from app.domain.actions import proposing, sharing, time_offer
from app.domain.agency.agency import the_zone
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.handing import NotMailed
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import Purpose
from app.domain.scoring import contact_next
from app.language import gettext as _
from app.mail import candidate_sender
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words import times as time_words
from app.words.links import refusal_sentence
from app.words.reasons import given_name

TALKS = (Channel.PHONE, Channel.WHATSAPP)


@auth.signed_in
def times(candidate_id: int) -> Response:
    """Three moments that could suit both, to be changed at will; nothing is offered yet."""
    row, now = asked_for(candidate_id), clock.now()
    return _shown(row, _form(row, now).suggest(proposing.free_for(auth.person(), row.id, now)))


@auth.signed_in
def propose_times(candidate_id: int) -> Response:
    """Offer them: by a mail of ours, or by a link that is shown this once."""
    now = clock.now()
    form = _form(asked_for(candidate_id), now)
    if not form.validate():
        return _shown(asked_for(candidate_id), form, 422)
    row = held(candidate_id)
    if _is_closed(row, now):
        return _shown(row, form, 422, closed=True)
    return _handed(row, form, now)


def _handed(row: Candidate, form: TimesForm, now: datetime) -> Response:
    """The link to pass on, or that it was mailed; a mail that may not go leaves the form as it was."""
    person, by_mail = auth.person(), form.how.data == "mail"
    try:
        url = time_offer.hand(row, person, form.proposed, now, candidate_sender(), by_mail=by_mail)
    except NotMailed as reason:
        db.session.rollback()
        form.how.errors = [refusal_sentence(reason.refusal)]
        return _shown(row, form, 422)
    db.session.commit()
    if url:
        return _shown(row, form, url=url)
    say(_("The times are on their way to %(name)s.", name=row.name))
    return go(url_for("candidates.times", candidate_id=row.id))


@auth.signed_in
def withdraw_times(candidate_id: int, offer_id: int) -> Response:
    """Nobody can choose one of them any more."""
    asked_for(candidate_id)
    row, now = held(candidate_id), clock.now()
    mine = time_offer.withdrawable_by(auth.person(), time_offer.latest_of(row.id), now)
    time_offer.withdraw(found(next((offer for offer in mine if offer.id == offer_id), None)), now)
    db.session.commit()
    say(_("The times are withdrawn; their link works no more."))
    return go(url_for("candidates.times", candidate_id=candidate_id))


def _form(row: Candidate, now: datetime) -> TimesForm:
    return TimesForm(request.form).offer(_channels(row), now, the_zone())


def _channels(row: Candidate) -> list[Channel]:
    """On which one can speak with them, what they like first; the phone when nothing is known."""
    ways = identity.ways(identity.identities_of(row.id))
    wish = preference.wanted(preference.current(row.id), Purpose.PLANNING)
    liked = wish.channel if wish else None
    return sorted((each for each in TALKS if each in ways), key=lambda each: each != liked) or [Channel.PHONE]


def _is_closed(row: Candidate, now: datetime) -> bool:
    """Whether nothing may be sent to them at all; that another moment would be better is no reason not to ask when."""
    gate = contact_next.gate_now(auth.person(), row.id, now)
    return gate is not None and gate.reason in sharing.CLOSED


def _shown(row: Candidate, form: TimesForm, status: int = 200, *, url: str = "", closed: bool = False) -> Response:
    now, offers = clock.now(), time_offer.latest_of(row.id)
    html = render_template(
        "candidates/times.html",
        candidate=row,
        given_name=given_name(row),
        form=form,
        pairs=[(form[day], form[time]) for day, time in PAIRS],
        closed=closed or db.session.get_one(ContactState, row.id).do_not_contact_at is not None,
        offers=offers,
        mine=time_offer.withdrawable_by(auth.person(), offers, now),
        url=url,
        message=message_with(row, LinkPurpose.TIMES, url) if url else "",
        ways=ways_of(row) if url else {},
        messages=MESSAGES,
        quote=quote,
        words=time_words,
        now=now,
    )
    return make_response(html, status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/<int:candidate_id>/times")(times)
    bp.post("/<int:candidate_id>/times")(propose_times)
    bp.post("/<int:candidate_id>/times/<int:offer_id>/withdrawal")(withdraw_times)
