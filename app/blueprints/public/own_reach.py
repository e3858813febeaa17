"""How and when a candidate wants to be reached, said on a page of their own."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from app import clock
from app.blueprints.public.own import Visit, act, page, show
from app.blueprints.public.own_forms import CallForm, PauseForm, ReachForm, RestForm, StopForm, said_before
from app.db import db
from app.domain.actions import own_act, own_data, promise
from app.domain.actions.call_back import Part
from app.domain.candidates import candidate_mail, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import LinkPurpose
from app.language import gettext as _
from app.mail import candidate_sender
from app.web.filters import long_day
from app.web.forms import Form
from app.web.htmx import go
from app.web.language import zone_name
from app.words.own import pronouns

USUAL = (Channel.PHONE, Channel.WHATSAPP, Channel.EMAIL, Channel.SMS)


@page(LinkPurpose.REACH)
def reach(visit: Visit) -> Response:
    """What they said before, to be changed; looking changes nothing."""
    return _shown(visit)


@page(LinkPurpose.REACH)
def save_reach(visit: Visit) -> Response:
    """Channels, days and hours for each purpose."""
    form = ReachForm(request.form).offer(_channels(visit))
    if not form.validate():
        return _shown(visit, reach=form)
    wishes = form.wishes(preference.current(visit.candidate.id))
    act(visit, lambda link, now: own_act.prefer(link, wishes, now), _("Thank you, we will keep to it."))
    return go(visit.url)


@page(LinkPurpose.REACH)
def rest(visit: Visit) -> Response:
    """Less often, or as before."""
    form = RestForm(request.form).offer()
    if not form.validate():
        return _shown(visit, rest=form)
    days = int(form.rest.data) if form.rest.data else None
    act(visit, lambda link, now: own_act.slow_down(link, days, now), _("Thank you, we will keep to it."))
    return go(visit.url)


@page(LinkPurpose.REACH)
def pause(visit: Visit) -> Response:
    """Not before a day."""
    form = PauseForm(request.form).offer(_today())
    if not form.validate() or form.until.data is None:
        return _shown(visit, pause=form)
    until = clock.midnight(form.until.data, _zone())
    done = _("Until then we leave %(to_you)s in peace.", **pronouns())
    act(visit, lambda link, now: own_act.pause(link, until, now), done)
    return go(visit.url)


@page(LinkPurpose.REACH)
def end_pause(visit: Visit) -> Response:
    """We may be in touch again."""
    act(visit, lambda link, now: own_act.pause(link, None, now), _("The pause is over."))
    return go(visit.url)


@page(LinkPurpose.REACH)
def call_back(visit: Visit) -> Response:
    """Call me back on a day, in a part of it."""
    form = CallForm(request.form).offer(clock.now(), _zone())
    if not form.validate():
        return _shown(visit, call=form)
    day, part = form.chosen, Part(form.part.data)
    done = _("We will call %(to_you)s on %(day)s.", day=long_day(day), **pronouns())
    act(visit, lambda link, now: own_act.ask_call(link, day, part, now), done)
    return go(visit.url)


@page(LinkPurpose.REACH)
def ask_known(visit: Visit) -> Response:
    """Mail the link to what we know of them: whoever holds this one has not proven that the mail address is theirs."""
    sender = candidate_sender()
    done = _("If we have a mail address of %(to_you)s that works, the link is on its way.", **pronouns())
    act(visit, lambda link, now: own_data.ask_known(link, sender, now), done)
    return go(visit.url)


@page(LinkPurpose.REACH)
def stop_reach(visit: Visit) -> Response:
    """No contact, on one channel or at all."""
    form = StopForm(request.form).offer(visit.ways)
    if not form.validate():
        return _shown(visit, stop=form)
    channels = form.channels
    act(visit, lambda link, now: own_act.stop(link, channels, now), _("It is done: we keep to it from now on."))
    return go(visit.url)


@page(LinkPurpose.REACH)
def resume_reach(visit: Visit) -> Response:
    """We may be in touch after all."""
    act(visit, own_act.resume, _("Good to hear. We may be in touch again."))
    return go(visit.url)


def _shown(visit: Visit, **sent: Form) -> Response:
    """The page, with the form that was sent and could not be taken, if there is one."""
    now, state = clock.now(), db.session.get_one(ContactState, visit.candidate.id)
    ways, current = visit.ways, preference.current(visit.candidate.id)
    forms: dict[str, Form] = {
        "reach": ReachForm(data=said_before(current)).offer(ways or USUAL),
        "rest": RestForm(data={"rest": str(state.rest_days or "")}).offer(),
        "pause": PauseForm(),
        "call": CallForm().offer(now, _zone()),
        "stop": StopForm().offer(ways),
    }
    return show(
        "reach",
        visit,
        422 if sent else 200,
        forms=forms | sent,
        open=set(sent),
        state=state,
        paused=state.paused_until if state.paused_until and state.paused_until > now else None,
        may_call=Channel.PHONE in ways,
        calls=promise.asked_by_them(visit.candidate.id),
        may_mail=candidate_mail.address_of(visit.candidate.id) is not None,
        tomorrow=_today() + clock.DAY,
    )


def _channels(visit: Visit) -> list[Channel]:
    """Those that are open; without any, what people usually have."""
    return visit.ways or list(USUAL)


def _zone() -> ZoneInfo:
    return ZoneInfo(zone_name())


def _today() -> date:
    return clock.local_day(clock.now(), _zone())


def add_to(bp: Blueprint) -> None:
    """Where the page is, and where its forms go."""
    bp.get("/me/reach/<token>")(reach)
    bp.post("/me/reach/<token>")(save_reach)
    bp.post("/me/reach/<token>/rest")(rest)
    bp.post("/me/reach/<token>/pause")(pause)
    bp.post("/me/reach/<token>/pause/end")(end_pause)
    bp.post("/me/reach/<token>/call")(call_back)
    bp.post("/me/reach/<token>/known")(ask_known)
    bp.post("/me/reach/<token>/stop")(stop_reach)
    bp.post("/me/reach/<token>/resume")(resume_reach)
