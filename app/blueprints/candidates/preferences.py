"""What a candidate wishes: one answer by one key, or everything for one purpose."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.forms import PreferenceForm
from app.blueprints.candidates.reach import asked_for, back, held, reach_page, words
from app.blueprints.candidates.wish_form import WishForm, filled_with
from app.db import db
from app.domain.candidates import identity, preference, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.preference import ChannelPreference, Purpose, SaidBy, Wish, wish_of
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say


@auth.signed_in
def prefer(candidate_id: int) -> Response:
    """Remember which channel comes first; the rest of what was said stays."""
    row = asked_for(candidate_id)
    said = preference.current(row.id).get(Purpose.CONTACT)
    form = PreferenceForm(request.form).offer(_channels(row, said))
    if not form.validate():
        return reach_page(row, status=422)
    _remember(row, Purpose.CONTACT, _first(Channel(form.channel.data), said), SaidBy(form.said_by.data))
    say(_("Noted: preferably by %(channel)s.", channel=words.channel_name(form.channel.data)))
    return back(candidate_id)


def _first(channel: Channel, said: ChannelPreference | None) -> Wish:
    if said is None:
        return Wish((channel,))
    wish = wish_of(said)
    return replace(wish, channels=(channel, *(other for other in wish.channels if other != channel)))


def _channels(row: Candidate, said: ChannelPreference | None) -> list[Channel]:
    """The ways that are open, and those that they named before."""
    named = wish_of(said).channels if said else ()
    return list(dict.fromkeys([*identity.ways(identity.identities_of(row.id)), *named]))


def _remember(row: Candidate, purpose: Purpose, wish: Wish, said_by: SaidBy) -> None:
    """Write it down and commit; whoever was asked this has answered now."""
    now, person_id = clock.now(), auth.person().id
    held(row.id)
    preference.prefer(row.id, wish, purpose=purpose, said_by=said_by, by_id=person_id, now=now)
    if said_by == SaidBy.CANDIDATE:
        question.close(row.id, "told", now, subject=question.PREFERENCE)
    db.session.commit()


@auth.signed_in
def edit_preference(candidate_id: int, purpose: str) -> Response:
    """What a candidate wishes for one purpose, to be written down."""
    row, asked = asked_for(candidate_id), _purpose(purpose)
    said = preference.current(row.id).get(asked)
    return _form_page(row, asked, WishForm(data=filled_with(said)).offer(_channels(row, said), asked))


@auth.signed_in
def save_preference(candidate_id: int, purpose: str) -> Response:
    """Remember everything that was said for one purpose."""
    row, asked = asked_for(candidate_id), _purpose(purpose)
    form = WishForm(request.form).offer(_channels(row, preference.current(row.id).get(asked)), asked)
    if not form.validate():
        return _form_page(row, asked, form, 422)
    _remember(row, asked, form.wish(), SaidBy(form.said_by.data))
    say(_("Saved."))
    return go(url_for("candidates.reach", candidate_id=candidate_id))


def _purpose(text: str) -> Purpose:
    return Purpose(found(text if text in set(Purpose) else None))


def _form_page(row: Candidate, purpose: Purpose, form: WishForm, status: int = 200) -> Response:
    html = render_template("candidates/reach/preference.html", candidate=row, purpose=purpose, form=form, words=words)
    return make_response(html, status)


def add_to(bp: Blueprint) -> None:
    """Where these forms stand and go."""
    bp.post("/<int:candidate_id>/preference")(prefer)
    bp.get("/<int:candidate_id>/preferences/<purpose>")(edit_preference)
    bp.post("/<int:candidate_id>/preferences/<purpose>")(save_preference)
