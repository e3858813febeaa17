"""Three short questions to a candidate: whether we may keep in touch, whom they refer, and whether we stop."""

import uuid

from flask import Blueprint, Response, request

from app.blueprints.public.own import Visit, act, page, show
from app.blueprints.public.own_forms import ReferForm, StopForm
from app.db import db
from app.domain.actions import own_act, referral
from app.domain.actions.referral import TooManyFriends
from app.domain.agency.agency import the_agency
from app.domain.candidates import consent, identity, privacy_terms
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import LinkPurpose
from app.language import current
from app.language import gettext as _
from app.web import form_guard
from app.web.htmx import go
from app.words.own import pronouns
from app.words.privacy import consent_text


@page(LinkPurpose.RENEW)
def renew(visit: Visit) -> Response:
    """What they would consent to, and until when we keep their data otherwise."""
    terms, agency = privacy_terms.in_force(), the_agency()
    return show(
        "renew",
        visit,
        text=consent_text(terms, current(), agency.address_form if agency else "je"),
        terms=terms,
        said=consent.current(visit.candidate.id).get((ConsentPurpose.POOL, None)),
    )


@page(LinkPurpose.RENEW)
def stay(visit: Visit) -> Response:
    """Keep me in the pool."""
    act(visit, lambda link, now: own_act.renew(link, now, stays=True), _("Thank you, we gladly keep in touch."))
    return go(visit.url)


@page(LinkPurpose.RENEW)
def leave(visit: Visit) -> Response:
    """Do not keep me in the pool."""
    done = _("Thank you for saying so. We delete %(your)s details when the time comes.", **pronouns())
    act(visit, lambda link, now: own_act.renew(link, now, stays=False), done)
    return go(visit.url)


@page(LinkPurpose.REFER)
def refer(visit: Visit) -> Response:
    """A name, and how to reach them."""
    return show("refer", visit, form=ReferForm(data={"key": str(uuid.uuid4())}))


@page(LinkPurpose.REFER)
def add_friend(visit: Visit) -> Response:
    """Take a friend in; whether we knew them already is nobody else's business, so the answer is always the same."""
    form = ReferForm(request.form)
    if form.validate() and _taken_in(visit, form):
        return go(visit.url)
    return show("refer", visit, 422, form=form)


def _taken_in(visit: Visit, form: ReferForm) -> bool:
    """Whether it could be done; if not, the form says why."""
    friend, key = form.friend, form.key.data or ""
    done = _("Thank you! We will be in touch with them.")
    try:
        act(visit, lambda link, now: referral.refer(link, friend, key, now), done)
    except TooManyFriends:
        db.session.rollback()
        sentence = _("That is a lot of friends. Tell %(your)s contact about the others.", **pronouns())
        form.name.errors = [sentence]
        return False
    return True


@page(LinkPurpose.STOP)
def stop(visit: Visit) -> Response:
    """Only asks: mail scanners open every link."""
    return _stop_page(visit)


@page(LinkPurpose.STOP)
def stop_mail(visit: Visit) -> Response:
    """No more mail, by one click in a mail program."""
    act(visit, lambda link, now: own_act.stop(link, [Channel.EMAIL], now))
    return _stop_page(visit)


# Mail programs post here by one click (RFC 8058) and have no form of ours; the token in the address is the proof.
form_guard.csrf.exempt(stop_mail)


@page(LinkPurpose.STOP)
def stop_choice(visit: Visit) -> Response:
    """No contact, on one channel or at all."""
    form = StopForm(request.form).offer(visit.ways)
    if not form.validate():
        return _stop_page(visit, form)
    channels = form.channels
    act(visit, lambda link, now: own_act.stop(link, channels, now), _("It is done: we keep to it from now on."))
    return go(visit.url)


@page(LinkPurpose.STOP)
def resume(visit: Visit) -> Response:
    """We may be in touch after all."""
    act(visit, own_act.resume, _("Good to hear. We may be in touch again."))
    return go(visit.url)


def _stop_page(visit: Visit, sent: StopForm | None = None) -> Response:
    state, rows = db.session.get_one(ContactState, visit.candidate.id), identity.identities_of(visit.candidate.id)
    return show(
        "stop",
        visit,
        422 if sent else 200,
        form=sent or StopForm().offer(list(identity.ways(rows))),
        stopped=state.do_not_contact_at,
        closed=list(dict.fromkeys(row.channel for row in rows if row.state == identity.IdentityState.OPTED_OUT)),
    )


def add_to(bp: Blueprint) -> None:
    """Where the pages are, and where their forms go."""
    bp.get("/me/renew/<token>")(renew)
    bp.post("/me/renew/<token>")(stay)
    bp.post("/me/renew/<token>/end")(leave)
    bp.get("/me/refer/<token>")(refer)
    bp.post("/me/refer/<token>")(add_friend)
    bp.get("/me/stop/<token>")(stop)
    bp.post("/me/stop/<token>")(stop_mail)
    bp.post("/me/stop/<token>/choice")(stop_choice)
    bp.post("/me/stop/<token>/resume")(resume)
