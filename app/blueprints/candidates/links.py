"""Links with which a candidate answers for themselves: mailed, or shown once to be passed on in a message."""

from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request, url_for
from wtforms import RadioField

from app import clock
from app.blueprints.candidates.reach import held
from app.db import db, write
from app.domain.actions import asking_feedback, time_offer
from app.domain.actions.asking_feedback import AskedLately
from app.domain.candidates import candidate_mail, handing, identity, link, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.candidates.handing import HANDED, NotMailed
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.question import AlreadyAsked
from app.language import gettext as _
from app.language import in_language
from app.language import lazy_gettext as _l
from app.mail import candidate_sender
from app.web import auth
from app.web.errors import found
from app.web.forms import Form
from app.web.htmx import go
from app.web.toast import say
from app.words import links as words
from app.words.own import invitation, language_of

MESSAGES = {Channel.WHATSAPP: "?text=", Channel.SMS: "?body="}


class LinkForm(Form):
    """What the candidate is asked, and how the link gets to them."""

    purpose = RadioField(_l("What is it for?"), default=str(LinkPurpose.REACH))
    how = RadioField(_l("How does it get there?"), default="mail")

    def offer(self) -> "LinkForm":
        self.purpose.choices = [(str(purpose), words.link_label(purpose)) for purpose in HANDED]
        self.how.choices = [("mail", _("We mail it")), ("show", _("I pass it on myself"))]
        return self


@auth.signed_in
def links(candidate_id: int) -> Response:
    """What may be asked by a link, and what became of the links before."""
    row = found(visible_to(auth.person(), candidate_id))
    form = LinkForm(request.args if "purpose" in request.args else None, how="mail").offer()
    return _shown(row, form)


@auth.signed_in
def make_link(candidate_id: int) -> Response:
    """Mail a link, or show it this once."""
    row, form = found(visible_to(auth.person(), candidate_id)), LinkForm(request.form).offer()
    if not form.validate():
        return _shown(row, form, 422)
    try:
        url = _handed(row, LinkPurpose(form.purpose.data), by_mail=form.how.data == "mail")
    except (AlreadyAsked, AskedLately, NotMailed) as reason:
        db.session.rollback()
        form.how.errors = [_why_not(reason)]
        return _shown(row, form, 422)
    if url:
        return _shown(row, form, url=url)
    say(_("The link is on its way to %(name)s.", name=row.name))
    return go(url_for("candidates.links", candidate_id=candidate_id))


@auth.signed_in
def end_link(candidate_id: int, link_id: int) -> Response:
    """The link opens nothing any more."""
    row = found(visible_to(auth.person(), candidate_id))
    one = found(link.one_of(row.id, link_id))
    write()
    handing.end(one, clock.now())
    time_offer.link_ended(one.id, clock.now())
    db.session.commit()
    say(_("The link works no more."))
    return go(url_for("candidates.links", candidate_id=candidate_id))


def _handed(row: Candidate, purpose: LinkPurpose, *, by_mail: bool) -> str:
    """The link's address where it is to be passed on; nothing when it was mailed."""
    person, sender, url = auth.person(), candidate_sender(), ""
    held(row.id)
    if purpose == LinkPurpose.FEEDBACK:
        url = asking_feedback.hand(row, person, clock.now(), sender, by_mail=by_mail)
    elif by_mail:
        handing.mail(row, purpose, person, clock.now(), sender)
    else:
        url = handing.show(row, purpose, person, clock.now(), sender).url
    db.session.commit()
    return url


def _why_not(reason: Exception) -> str:
    if isinstance(reason, NotMailed):
        return words.refusal_sentence(reason.refusal)
    if isinstance(reason, AskedLately):
        return _("They were asked in the last sixty days; more often would be a burden.")
    return _("This candidate still has a question of ours to answer; one at a time is enough.")


def _shown(row: Candidate, form: LinkForm, status: int = 200, url: str = "") -> Response:
    now = clock.now()
    html = render_template(
        "candidates/links.html",
        candidate=row,
        form=form,
        url=url,
        message=message_with(row, LinkPurpose(form.purpose.data), url) if url else "",
        ways=ways_of(row),
        listed=link.links_of(row.id),
        asked=question.open_question(row.id, now),
        refusal=candidate_mail.refusal(row.id, LinkPurpose.REACH),
        words=words,
        now=now,
        messages=MESSAGES,
        quote=quote,
    )
    return make_response(html, status)


def message_with(row: Candidate, purpose: LinkPurpose, url: str) -> str:
    """What is sent along with a link, in the candidate's language."""
    with in_language(language_of(row)):
        return f"{invitation(purpose, row.given_name or row.name)} {url}"


def ways_of(row: Candidate) -> dict[Channel, str]:
    """Where a prepared message can be opened."""
    ways = identity.ways(identity.identities_of(row.id))
    return {channel: way.href for channel, way in ways.items() if channel in MESSAGES and way.href}


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/<int:candidate_id>/links")(links)
    bp.post("/<int:candidate_id>/links")(make_link)
    bp.post("/<int:candidate_id>/links/<int:link_id>/end")(end_link)
