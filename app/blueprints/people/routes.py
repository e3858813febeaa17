"""Who works here: inviting people, their roles and teams, and who left; for administrators."""

from flask import Blueprint, Response, make_response, render_template, request, session, url_for

from app import clock
from app.blueprints.people import provisioning, safety, teams
from app.blueprints.people.forms import PersonForm
from app.db import db, write
from app.domain.agency import person as people
from app.domain.agency import provisioning_token, staff
from app.domain.agency import session as sign_in_session
from app.domain.agency.agency import the_agency
from app.domain.agency.audit import About
from app.domain.agency.factors import MANAGE
from app.domain.agency.person import EmailTaken, Person, Role
from app.domain.agency.staff import LastAdmin, Oneself, Status
from app.domain.notices import invitation_mail
from app.language import gettext as _
from app.web import auditing, auth, invitations, toast
from app.web.errors import found
from app.web.htmx import go, wants_part
from app.words import role_label
from app.words.people import email_taken, must_remain, status_label

bp = Blueprint("people", __name__, url_prefix="/people")
LINK = "invitation_link"
bp.add_app_template_filter(role_label)
bp.add_app_template_filter(status_label)


@bp.get("")
@auth.only(Role.ADMIN)
def index() -> str:
    text, asked = request.args.get("q", "").strip(), request.args.get("status", "")
    status = Status(asked) if asked in set(Status) else None
    page = staff.page(text, status, request.args.get("page", 1, int), clock.now())
    template = "people/_list.html" if wants_part() else "people/page.html"
    return render_template(template, page=page, text=text, status=status, counts=staff.counts(clock.now()))


@bp.get("/new")
@auth.only(Role.ADMIN)
def new() -> Response:
    return _new_page(_form(PersonForm()))


@bp.post("")
@auth.only(Role.ADMIN)
def invite() -> Response:
    form, at = _form(PersonForm(request.form)), clock.now()
    if stopped := _stopped(form):
        return stopped
    today = clock.local_day(at, found(the_agency()).zone)
    write()
    try:
        newcomer = people.add(**form.facts(), today=today, at=at)
        auditing.tell(About("person", newcomer.id), role_after=str(newcomer.role))
    except EmailTaken as taken:
        return _new_page(_refused(form, "email", email_taken(taken)), 422)
    _send_link(newcomer)
    db.session.commit()
    return go(url_for("people.person", person_id=newcomer.id))


@bp.get("/<int:person_id>")
@auth.only(Role.ADMIN)
def person(person_id: int) -> Response:
    one = _managed(person_id)
    return _person_page(one, _form(PersonForm(obj=one)))


@bp.post("/<int:person_id>")
@auth.only(Role.ADMIN)
def edit(person_id: int) -> Response:
    one = _managed(person_id)
    form = _form(PersonForm(request.form))
    form.needs_email = one.password_hash is not None
    if not form.validate():
        return _person_page(one, form, 422)
    if form.opens_to_others(one) and not auth.proved_lately():
        return _prove_first()
    write()
    refusal = _edit(one, form)
    if refusal:
        return _person_page(one, _refused(form, *refusal), 422)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("people.index"))


@bp.post("/<int:person_id>/deactivation")
@auth.only(Role.ADMIN)
def deactivate(person_id: int) -> Response:
    one = _managed(person_id)
    write()
    auditing.done(one.is_active)
    try:
        staff.deactivate(one, auth.person(), clock.now())
    except (Oneself, LastAdmin) as reason:
        db.session.rollback()
        return _person_page(one, _form(PersonForm(obj=one)), 422, must_remain(reason))
    invitation_mail.forget_ended(one, clock.now())
    provisioning.end_tokens_as_asked(one)
    db.session.commit()
    undo = url_for("people.reactivate", person_id=one.id)
    toast.say(_("%(name)s has no access any more.", name=one.name), undo)
    return go(url_for("people.index"))


@bp.post("/<int:person_id>/reactivation")
@auth.only(Role.ADMIN)
def reactivate(person_id: int) -> Response:
    one = _managed(person_id)
    write()
    auditing.done(not one.is_active)
    staff.reactivate(one)
    db.session.commit()
    toast.say(_("%(name)s works here again.", name=one.name))
    return go(url_for("people.person", person_id=one.id))


@bp.post("/<int:person_id>/invitation")
@auth.only(Role.ADMIN)
@auth.proved
def send_invitation(person_id: int) -> Response:
    one = _managed(person_id)
    found(one.is_active or None)
    write()
    _send_link(one)
    db.session.commit()
    return go(url_for("people.person", person_id=one.id))


@bp.post("/<int:person_id>/invitation/withdrawal")
@auth.only(Role.ADMIN)
def withdraw_invitation(person_id: int) -> Response:
    one = _managed(person_id)
    write()
    invitation_mail.withdraw(one)
    db.session.commit()
    toast.say(_("The link of %(name)s works no more.", name=one.name))
    return go(url_for("people.person", person_id=one.id))


bp.add_url_rule("/teams", "teams", teams.page)
bp.add_url_rule("/branches", view_func=teams.add_branch, methods=["POST"])
bp.add_url_rule("/branches/<int:branch_id>", view_func=teams.branch)
bp.add_url_rule("/branches/<int:branch_id>", view_func=teams.rename_branch, methods=["POST"])
bp.add_url_rule("/branches/<int:branch_id>/teams", view_func=teams.add_team, methods=["POST"])
bp.add_url_rule("/teams/<int:team_id>", view_func=teams.team)
bp.add_url_rule("/teams/<int:team_id>", view_func=teams.rename_team, methods=["POST"])
safety.add_to(bp)
provisioning.add_to(bp)


def _managed(person_id: int) -> Person:
    return found(people.managed_by(auth.person(), person_id))


def _form(form: PersonForm) -> PersonForm:
    form.offer_choices()
    return form


def _refused(form: PersonForm, field: str, sentence: str) -> PersonForm:
    """The form with what the command answered; nothing is written."""
    db.session.rollback()
    form[field].errors = [sentence]
    return form


def _edit(one: Person, form: PersonForm) -> tuple[str, str] | None:
    """Change the person, or say at which field it cannot be."""
    try:
        staff.edit(one, auth.person(), **form.facts())
    except EmailTaken as taken:
        return "email", email_taken(taken)
    except (Oneself, LastAdmin) as reason:
        return "role", must_remain(reason)
    invitation_mail.forget_ended(one, clock.now())
    return None


def _stopped(form: PersonForm) -> Response | None:
    """Why somebody is not invited yet, if there is a reason."""
    if not form.validate():
        return _new_page(form, 422)
    return _prove_first() if form.facts()["role"] in MANAGE and not auth.proved_lately() else None


def _prove_first() -> Response:
    """Whoever gets an address, or a role that manages, gets in: a session that lies open is not enough for that."""
    toast.say(_("Nothing is saved yet. Show who you are, and then do it once more."), category="hot")
    return auth.ask_proof()


def _send_link(one: Person) -> None:
    """Send a link; whoever sent it sees it once, for agencies whose mail does not arrive."""
    session[LINK] = [one.id, invitation_mail.send(one, invitations.sender(), clock.now())]
    if one.email:
        toast.say(_("%(name)s gets a mail with a link.", name=one.name))


def _new_page(form: PersonForm, status: int = 200) -> Response:
    return make_response(render_template("people/new.html", form=form), status)


def _person_page(one: Person, form: PersonForm, status: int = 200, refusal: str = "") -> Response:
    person_id, link = session.pop(LINK, (None, None))
    facts = {
        "member": staff.member(one, clock.now()),
        "form": form,
        "refusal": refusal,
        "link": link if person_id == one.id else None,
        "browsers": len(sign_in_session.open_of(one.id, clock.now())),
        "oneself": one.id == auth.person().id,
        "tokens": provisioning_token.made_by(one.id, clock.now()),
    }
    return make_response(render_template("people/person.html", **facts), status)
