"""The library of useful things: everybody sees it, leads and admins keep it."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.library.forms import ItemForm, form_of
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.journey import shared_item, tracked_link
from app.domain.journey.shared_item import Full, SharedItem
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.language import zone_name
from app.web.toast import say
from app.words import library as words

bp = Blueprint("library", __name__, url_prefix="/library")
KEEPERS = (Role.LEAD, Role.ADMIN)
keeper = auth.only(*KEEPERS)


@bp.get("")
@auth.signed_in
def index() -> str:
    """What there is to share, and how often it was."""
    keeps = auth.person().role in KEEPERS
    items = shared_item.listed() if keeps else shared_item.offered(clock.now())
    return render_template(
        "library/page.html",
        offered=[item for item in items if item.is_offered(clock.now())],
        over=[item for item in items if not item.is_offered(clock.now())],
        use=tracked_link.use_of([item.id for item in items]),
        keeps=keeps,
        words=words,
    )


@bp.get("/new")
@keeper
def new() -> Response:
    """An empty form."""
    return _form(ItemForm().offer(), None)


@bp.post("")
@keeper
def add() -> Response:
    """Put something in the library."""
    form = ItemForm(request.form).offer()
    if not form.validate():
        return _form(form, None, 422)
    write()
    try:
        row = shared_item.add(form.described(_zone()), auth.person().id, clock.now())
    except Full:
        return _full(form)
    db.session.commit()
    say(_("%(title)s can be shared now.", title=row.title), url_for("library.retire", item_id=row.id))
    return go(url_for("library.index"))


@bp.get("/<int:item_id>/edit")
@keeper
def edit(item_id: int) -> Response:
    """The form of an item."""
    item = found(shared_item.find(item_id))
    return _form(form_of(item, _zone()), item)


@bp.post("/<int:item_id>")
@keeper
def change(item_id: int) -> Response:
    """Say it differently from now on."""
    item, form = found(shared_item.find(item_id)), ItemForm(request.form).offer()
    if not form.validate():
        return _form(form, item, 422)
    write()
    shared_item.change(found(shared_item.find(item_id)), form.described(_zone()))
    db.session.commit()
    say(_("Saved."))
    return go(url_for("library.index"))


@bp.post("/<int:item_id>/retirement")
@keeper
def retire(item_id: int) -> Response:
    """Offer it no more; what was shared keeps working."""
    write()
    item = found(shared_item.find(item_id))
    shared_item.retire(item, clock.now())
    db.session.commit()
    undo = url_for("library.restore", item_id=item_id)
    say(_("%(title)s is not offered any more.", title=item.title), undo)
    return go(url_for("library.index"))


@bp.post("/<int:item_id>/restoration")
@keeper
def restore(item_id: int) -> Response:
    """Offer it again."""
    write()
    item = found(shared_item.find(item_id))
    try:
        shared_item.restore(item)
    except Full:
        db.session.rollback()
        say(_full_sentence(), category="error")
        return go(url_for("library.index"))
    db.session.commit()
    say(_("%(title)s can be shared again.", title=item.title))
    return go(url_for("library.index"))


def _full(form: ItemForm) -> Response:
    db.session.rollback()
    form.title.errors = [_full_sentence()]
    return _form(form, None, 422)


def _full_sentence() -> str:
    return _("The library is full. Take something out of it first.")


def _form(form: ItemForm, item: SharedItem | None, status: int = 200) -> Response:
    return make_response(render_template("library/form.html", form=form, item=item), status)


def _zone() -> ZoneInfo:
    return ZoneInfo(zone_name())
