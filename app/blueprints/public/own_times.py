"""The times that were proposed to a candidate: choosing one, none of them, and taking it along in a calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, current_app, make_response, request

from app import clock
from app.blueprints.public.own import Visit, act, page, show
from app.blueprints.public.own_forms import CallForm
from app.config import Settings
from app.db import db
from app.domain.actions import choosing_time, own_act, promise
from app.domain.actions.call_back import Part
from app.domain.actions.choosing_time import TimeTaken
from app.domain.candidates.address import Channel
from app.domain.candidates.link import LinkPurpose
from app.language import gettext as _
from app.web.filters import long_day
from app.web.htmx import go
from app.web.language import zone_name
from app.web.toast import say
from app.words import calendar
from app.words import times as words
from app.words.own import pronouns


@page(LinkPurpose.TIMES)
def times(visit: Visit) -> Response:
    """What can be chosen, or what was agreed; looking changes nothing."""
    return _shown(visit)


@page(LinkPurpose.TIMES)
def choose_time(visit: Visit) -> Response:
    """This one it is; pressed twice it counts once."""
    try:
        start = _moment(request.form.get("start", ""))
        act(visit, lambda link, now: choosing_time.choose(link, start, now, _host()))
    except TimeTaken:
        db.session.rollback()
        say(_("That time is not free any more."), category="error")
        return _shown(visit, status=422)
    return go(visit.url)


@page(LinkPurpose.TIMES)
def no_time(visit: Visit) -> Response:
    """None of them suits: then they say when it does."""
    act(visit, choosing_time.decline)
    return go(visit.url)


@page(LinkPurpose.TIMES)
def call_instead(visit: Visit) -> Response:
    """Call me on another day, in a part of it."""
    form = CallForm(request.form).offer(clock.now(), ZoneInfo(zone_name()))
    if not form.validate():
        return _shown(visit, form, 422)
    day, part = form.chosen, Part(form.part.data)
    done = _("We will call %(to_you)s on %(day)s.", day=long_day(day), **pronouns())
    act(visit, lambda link, now: own_act.ask_call(link, day, part, now), done)
    return go(visit.url)


@page(LinkPurpose.TIMES)
def times_file(visit: Visit) -> Response:
    """The appointment for the candidate's own calendar."""
    standing = choosing_time.standing(visit.link, clock.now())
    if standing.agreed is None:
        abort(404)
    response = make_response(calendar.for_candidate(standing, _host()))
    response.content_type = "text/calendar; charset=utf-8; method=PUBLISH"
    response.headers["Content-Disposition"] = "attachment; filename=afspraak.ics"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown(visit: Visit, call: CallForm | None = None, status: int = 200) -> Response:
    now = clock.now()
    return show(
        "times",
        visit,
        status,
        standing=choosing_time.standing(visit.link, now),
        forms={"call": call or CallForm().offer(now, ZoneInfo(zone_name()))},
        calls=promise.asked_by_them(visit.candidate.id),
        may_call=Channel.PHONE in visit.ways,
        when=words.when,
        how_long=words.how_long,
        agreed_sentence=words.agreed_sentence,
    )


def _host() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_host


def _moment(text: str) -> datetime:
    """What a button sends; a text that is no moment was never offered."""
    try:
        return clock.parse(text)
    except ValueError:
        raise TimeTaken from None


def add_to(bp: Blueprint) -> None:
    """Where the page is, and where its forms go."""
    bp.get("/me/times/<token>")(times)
    bp.post("/me/times/<token>")(choose_time)
    bp.post("/me/times/<token>/none")(no_time)
    bp.post("/me/times/<token>/call")(call_instead)
    bp.get("/me/times/<token>/calendar.ics")(times_file)
