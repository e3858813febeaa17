"""Branches and their teams: adding and renaming; routes.py says at which address."""

from collections.abc import Callable, Mapping

from flask import Response, make_response, render_template, request, url_for

from app.blueprints.people.forms import NameForm
from app.db import db, write
from app.domain.agency import team as places
from app.domain.agency.person import Role
from app.domain.agency.team import Branch, NameTaken, Team
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go

NEW_BRANCH = 0


@auth.only(Role.ADMIN)
def page() -> Response:
    return _page({})


@auth.only(Role.ADMIN)
def add_branch() -> Response:
    form = _typed(NEW_BRANCH)
    return _done(_("The branch is there.")) if _named(form, places.add_branch) else _page({NEW_BRANCH: form}, 422)


@auth.only(Role.ADMIN)
def add_team(branch_id: int) -> Response:
    within = found(places.branch(branch_id))
    form = _typed(branch_id)
    added = _named(form, lambda name: places.add_team(within, name))
    return _done(_("The team is there.")) if added else _page({branch_id: form}, 422)


@auth.only(Role.ADMIN)
def branch(branch_id: int) -> Response:
    one = found(places.branch(branch_id))
    return _rename_page(NameForm(obj=one), one)


@auth.only(Role.ADMIN)
def rename_branch(branch_id: int) -> Response:
    one, form = found(places.branch(branch_id)), NameForm(request.form)
    renamed = _named(form, lambda name: places.rename_branch(one, name))
    return _done(_("Saved.")) if renamed else _rename_page(form, one, 422)


@auth.only(Role.ADMIN)
def team(team_id: int) -> Response:
    one = found(places.team(team_id))
    return _rename_page(NameForm(obj=one), one)


@auth.only(Role.ADMIN)
def rename_team(team_id: int) -> Response:
    one, form = found(places.team(team_id)), NameForm(request.form)
    renamed = _named(form, lambda name: places.rename_team(one, name))
    return _done(_("Saved.")) if renamed else _rename_page(form, one, 422)


def _typed(branch_id: int) -> NameForm:
    return NameForm(request.form, prefix=f"in-{branch_id}")


def _named(form: NameForm, command: Callable[[str], object]) -> bool:
    """Whether the name was good and the command carried out; else the form says why not."""
    if not form.validate():
        return False
    write()
    try:
        command(form.name.data or "")
    except NameTaken:
        db.session.rollback()
        form.name.errors = [_("There is one of this name already.")]
        return False
    db.session.commit()
    return True


def _done(sentence: str) -> Response:
    toast.say(sentence)
    return go(url_for("people.teams"))


def _page(typed: Mapping[int, NameForm], status: int = 200) -> Response:
    branches = places.branches()
    forms = {number: NameForm(prefix=f"in-{number}") for number in (NEW_BRANCH, *(each.id for each in branches))}
    facts = {"branches": branches, "teams": places.teams(), "forms": forms | dict(typed), "new_branch": NEW_BRANCH}
    return make_response(render_template("people/teams.html", **facts), status)


def _rename_page(form: NameForm, one: Branch | Team, status: int = 200) -> Response:
    is_team = isinstance(one, Team)
    return make_response(render_template("people/name.html", form=form, one=one, is_team=is_team), status)
