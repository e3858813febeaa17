"""Going on with an application that stopped half-way: by oneself, with the cv later, or by being called."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from app import clock
from app.blueprints.public.own import Visit, act, page, show
from app.blueprints.public.own_forms import CallForm
from app.domain.actions import nudge, promise
from app.domain.actions.call_back import Part
from app.domain.candidates.address import Channel
from app.domain.candidates.link import LinkPurpose
from app.language import gettext as _
from app.web.filters import long_day
from app.web.htmx import go
from app.web.language import zone_name
from app.words.applications import vacancy_title
from app.words.own import pronouns


@page(LinkPurpose.APPLY)
def apply(visit: Visit) -> Response:
    """Three ways on; looking changes nothing."""
    return _shown(visit, _call_form())


@page(LinkPurpose.APPLY)
def cv_later(visit: Visit) -> Response:
    """The cv comes later, or a photo of it."""
    act(visit, nudge.bring_later, _("Thank you, we look forward to it."))
    return go(visit.url)


@page(LinkPurpose.APPLY)
def rather_call(visit: Visit) -> Response:
    """Call me about it, on a day and in a part of it."""
    form = CallForm(request.form).offer(clock.now(), _zone())
    if not form.validate():
        return _shown(visit, form, 422)
    day, part = form.chosen, Part(form.part.data)
    done = _("We will call %(to_you)s on %(day)s.", day=long_day(day), **pronouns())
    act(visit, lambda link, now: nudge.ask_call(link, day, part, now), done)
    return go(visit.url)


def _shown(visit: Visit, form: CallForm, status: int = 200) -> Response:
    told = nudge.asked_about(visit.candidate.id)
    return show(
        "apply",
        visit,
        status,
        told=told,
        title=vacancy_title(told.vacancy) if told else "",
        owner=nudge.owner_of(visit.candidate.id),
        form=form,
        may_call=Channel.PHONE in visit.ways,
        calls=promise.asked_by_them(visit.candidate.id),
    )


def _call_form() -> CallForm:
    return CallForm().offer(clock.now(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(zone_name())


def add_to(bp: Blueprint) -> None:
    """Where the page is, and where its forms go."""
    bp.get("/me/apply/<token>")(apply)
    bp.post("/me/apply/<token>/later")(cv_later)
    bp.post("/me/apply/<token>/call")(rather_call)
