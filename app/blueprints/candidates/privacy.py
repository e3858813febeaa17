"""A candidate's privacy: what they consented to, until when we keep what we know, objection, and being forgotten."""

from flask import Blueprint, Response, render_template, request, url_for

from app import clock
from app.blueprints.candidates.privacy_forms import YES, ConsentForm, ErasureForm
from app.blueprints.candidates.reach import held
from app.db import db
from app.domain.agency.person import Role
from app.domain.candidates import candidate as candidates
from app.domain.candidates import consent, consenting, erasure_wish
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.contact_state import ContactState
from app.domain.custody.erasure import Reason
from app.domain.scoring import objection
from app.language import gettext as _
from app.web import auth, custody
from app.web.errors import found
from app.web.htmx import go, part
from app.web.toast import say
from app.words import privacy as words

READS_ALL = frozenset({Role.LEAD, Role.ADMIN})


def _asked_for(candidate_id: int) -> Candidate:
    return found(candidates.visible_to(auth.person(), candidate_id))


@auth.signed_in
def privacy(candidate_id: int) -> Response:
    """What they allowed, and what happens with what we know."""
    return _show(_asked_for(candidate_id))


def _show(
    row: Candidate,
    *,
    consent_form: ConsentForm | None = None,
    erasure_form: ErasureForm | None = None,
    status: int = 200,
) -> Response:
    role = auth.person().role
    page = render_template(
        "candidates/privacy.html",
        candidate=row,
        current=[each for each in consent.current(row.id).values() if each.stands(clock.now()) or not each.given],
        ledger=consent.ledger_of(row.id),
        objected_at=db.session.get_one(ContactState, row.id).objected_at,
        wish=erasure_wish.asked_at(row.id),
        form=consent_form or ConsentForm().offer(),
        erasure=(erasure_form or ErasureForm().offer()) if role == Role.ADMIN else None,
        reads_all=role in READS_ALL,
        words=words,
    )
    return part(page, status=status)


@auth.signed_in
def record_consent(candidate_id: int) -> Response:
    """Write down what a candidate told us."""
    row, form = _asked_for(candidate_id), ConsentForm(request.form).offer()
    if not form.validate():
        return _show(row, consent_form=form, status=422)
    given, purpose, via = form.answer.data == YES, ConsentPurpose(form.purpose.data), Via(form.via.data)
    held(row.id)
    consenting.tell(row.id, purpose, form.of_channel, given=given, via=via, by_id=auth.person().id, now=clock.now())
    db.session.commit()
    say(_("Saved."))
    return _back(candidate_id)


@auth.signed_in
def objects(candidate_id: int) -> Response:
    """The candidate does not want to have a score, or takes that back."""
    row, so = _asked_for(candidate_id), request.form.get("objects") == YES
    held(row.id)
    objection.record(row.id, clock.now(), objects=so)
    db.session.commit()
    say(_("There is no score any more.") if so else _("What they do counts again."))
    return _back(candidate_id)


@auth.only(Role.ADMIN)
@auth.proved
def erase(candidate_id: int) -> Response:
    """Forget a candidate for good."""
    row, form = _asked_for(candidate_id), ErasureForm(request.form).offer()
    if not form.validate():
        return _show(row, erasure_form=form, status=422)
    held(row.id)
    custody.erase(row.id, by_id=auth.person().id, reason=Reason(form.reason.data), now=clock.now())
    say(_("Everything that was known of this candidate is erased."))
    return go(url_for("privacy.overview"))


def _back(candidate_id: int) -> Response:
    return go(url_for("candidates.privacy", candidate_id=candidate_id))


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/<int:candidate_id>/privacy")(privacy)
    bp.post("/<int:candidate_id>/consent")(record_consent)
    bp.post("/<int:candidate_id>/objection")(objects)
    bp.post("/<int:candidate_id>/erasure")(erase)
