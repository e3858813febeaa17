"""The second step of signing in, for whoever has a second factor: a code of the app, a passkey, or a code on paper."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from app import clock
from app.blueprints.account import party, passkeys
from app.blueprints.account.forms import CodeForm, PaperForm
from app.blueprints.account.letting_in import admit
from app.blueprints.account.waiting import slow_down, too_many_codes
from app.db import db, write
from app.domain.agency import authenticator, passkey, recovery_code, second_step, sign_in, sign_in_step
from app.domain.agency.person import Person
from app.domain.agency.second_factor import SignInStep, StepKind
from app.domain.agency.second_step import Second
from app.domain.notices import safety
from app.domain.notices.safety import Change
from app.language import gettext as _
from app.web import auth, known, steps, toast


def second() -> Response:
    """Asks for the second factor, as long as the step lasts."""
    step = _step()
    return _page(step, CodeForm()) if step else _over()


def prove_second() -> Response:
    """A code of the app, or one on paper; each works once."""
    step = _step()
    form = PaperForm(request.form) if "paper" in request.form else CodeForm(request.form)
    if step is None:
        return _over()
    if not form.validate():
        return _page(step, form, 422)
    [field] = form
    try:
        return _by_code(field.data) or _wrong(form)
    except sign_in.TooMany as limit:
        db.session.rollback()
        field.errors = [too_many_codes(limit.wait)]
        return slow_down(limit.wait, _page(step, form).get_data(as_text=True))


def prove_by_passkey() -> Response:
    """The passkey must be of whoever gave the first proof."""
    write()
    step, used = _step(), passkeys.used()
    if step is None or used is None or used.id != step.person_id:
        db.session.commit()
        return _page(step, CodeForm(), 422, passkeys.refusal()) if step else _over()
    return _admit(step, used, Second.PASSKEY)


def _by_code(typed: str) -> Response | None:
    """Let in whoever's code it is; None for a wrong one, which is counted.

    Raises:
        TooMany: too many wrong ones.
    """
    write()
    step, at, key = _step(), clock.now(), current_app.config["SETTINGS"].key
    person = db.session.get(Person, step.person_id) if step else None
    if step is None or person is None or not person.is_active:
        return _over()
    who = second_step.attempt(person.id, request.remote_addr or "", key, known.browser(person.email or ""))
    right = second_step.prove(person.id, typed, who, key, at)
    if right is None:
        safety.refuse_code(person, who, _host(), at)
        db.session.commit()
        return None
    if right is Second.RECOVERY:
        safety.tell(person, Change.CODE_USED, _host(), at)
    answer = _admit(step, person, right)
    _say_what_is_left(person if right is Second.RECOVERY else None)
    return answer


def _host() -> str:
    return str(current_app.config["SETTINGS"].public_host)


def _admit(step: SignInStep, person: Person, second: Second) -> Response:
    """Both proofs are there: the step is used up for the first who comes with them."""
    how, mine = step.payload["how"], sign_in_step.use_up(steps.token(StepKind.SECOND), StepKind.SECOND, clock.now())
    if mine is None:
        db.session.rollback()
        return _over()
    return admit(person, request.args.get("next"), how=how, second=second)


def _say_what_is_left(person: Person | None) -> None:
    """After a code on paper; a new session knows nothing that was said before it."""
    if person and recovery_code.left(person.id) <= recovery_code.FEW:
        label = _("Make new ones")
        toast.say(
            _("Few codes on paper are left."), category="hot", link={"href": url_for("account.safety"), "label": label}
        )


def _wrong(form: CodeForm | PaperForm) -> Response:
    step, [field] = _step(), form
    field.errors = [_not_right(form)]
    return _page(step, form, 422) if step else _over()


def _not_right(form: CodeForm | PaperForm) -> str:
    if isinstance(form, PaperForm):
        return _("This code is not right, or it was used before. Take another one of your list.")
    return _("This code is not right, or it was used before. The app shows a new one every half minute.")


def _step() -> SignInStep | None:
    return sign_in_step.find(steps.token(StepKind.SECOND), StepKind.SECOND, clock.now())


def _over() -> Response:
    """The step ended, or another window is through it."""
    db.session.rollback()
    then = request.args.get("next")
    if auth.person_or_none():
        return make_response(redirect(auth.local(then, url_for("today.today")), 303))
    toast.say(_("That took longer than ten minutes. Sign in once more."), category="hot")
    return make_response(redirect(url_for("account.sign_in", next=auth.local(then, "") or None), 303))


def _page(step: SignInStep, form: CodeForm | PaperForm, status: int = 200, refusal: str = "") -> Response:
    facts = {
        "app": form if isinstance(form, CodeForm) else CodeForm(),
        "paper": form if isinstance(form, PaperForm) else PaperForm(),
        "has_app": authenticator.of(step.person_id or 0) is not None,
        "has_passkey": party.possible() and bool(passkey.of(step.person_id or 0)),
        "then": auth.local(request.args.get("next"), "") or None,
    }
    return make_response(render_template("account/second.html", refusal=refusal, **facts), status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/second")(second)
    bp.post("/second")(prove_second)
    bp.post("/second/passkey")(prove_by_passkey)
