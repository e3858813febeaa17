"""One change to many rows of the list at once: those that were chosen, or all that the address asks for."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Response, request, url_for

from app import clock
from app.blueprints.candidates.listing import address_of, asked
from app.domain.agency.person import Role
from app.domain.candidates import bulk, pool
from app.domain.candidates.bulk import BulkChange
from app.domain.candidates.candidate import possible_owners
from app.domain.candidates.label import LONGEST, folded_name
from app.language import gettext as _
from app.language import ngettext
from app.web import auditing, auth
from app.web.deadlock import outlast
from app.web.errors import found
from app.web.forms import ticked
from app.web.htmx import go
from app.web.toast import say

Command = Callable[[Sequence[int], int | None], BulkChange]
"""Changes some of them; the change of which they are a portion, None for the first."""


def add_to(bp: Blueprint) -> None:
    """Where many are changed at once, and where that is undone."""
    bp.post("/bulk/owner")(assign_many)
    bp.post("/bulk/tag")(tag_many)
    bp.post("/bulk/<int:change_id>/undo")(undo_many)


@auth.only(Role.LEAD, Role.ADMIN)
def assign_many() -> Response:
    """Hand the candidates to somebody, or to nobody."""
    owner = request.form.get("owner", "")
    names = {"": _("nobody")} | {str(person.id): person.name for person in possible_owners()}
    if owner not in names:
        return _back(_("Choose who is to look after them."))
    owner_id = int(owner) if owner else None
    return _changed(lambda ids, so_far: bulk.assign(auth.person(), ids, owner_id, clock.now(), part_of=so_far))


@auth.signed_in
def tag_many() -> Response:
    """Give the candidates a tag."""
    name = " ".join(request.form.get("tag", "").replace("\0", "").split())
    if not folded_name(name) or len(name) > LONGEST or "," in name:
        return _back(_("A tag has a name of at most 60 characters, without a comma."))
    return _changed(lambda ids, so_far: bulk.tag(auth.person(), ids, name, clock.now(), part_of=so_far))


def _changed(command: Command) -> Response:
    """Do it, and say to how many, with the undo of it."""
    ids = chosen()
    if not ids:
        return _back(_("Choose at least one candidate."))
    if len(ids) > bulk.MOST:
        return _back(ngettext("At most %(num)d at once.", "At most %(num)d at once: narrow the list first.", bulk.MOST))
    change_id, count = _by_portions(command, sorted(set(ids)))
    back = address_of(asked())
    query = back.removeprefix(url_for("candidates.index"))
    undo = url_for("candidates.undo_many", change_id=change_id) + query if count else None
    say(ngettext("%(num)d candidate changed.", "%(num)d candidates changed.", count), undo)
    return go(back)


def _by_portions(command: Command, ids: Sequence[int]) -> tuple[int | None, int]:
    """Each is committed and written down by itself, so that nobody waits for all; the change, and of how many it is."""
    change_id: int | None = None
    count = 0

    def change(some: Sequence[int]) -> BulkChange:
        row = command(some, change_id)
        auditing.done(len(row.before) - count)
        return row

    for start in range(0, len(ids), bulk.PORTION):
        with auditing.portion():
            changed = outlast(partial(change, ids[start : start + bulk.PORTION]))
        change_id, count = changed.id, len(changed.before)
    auditing.nothing()
    return change_id, count


def chosen() -> list[int]:
    """The rows that were ticked, or one more than may be changed of all that the address asks for."""
    if request.form.get("all") == "yes":
        return pool.ids(auth.person(), asked(), bulk.MOST + 1)
    return ticked()


def _back(why: str) -> Response:
    say(why, category="error")
    return go(address_of(asked()))


@auth.signed_in
def undo_many(change_id: int) -> Response:
    """Put back what one's own change did, save what was changed since, and stay with the list that was asked for."""
    count = outlast(partial(_undo_some, change_id))
    while (more := outlast(lambda: bulk.undo(auth.person(), change_id, clock.now()))) is not None:
        count += more
    say(ngettext("Undone for %(num)d candidate.", "Undone for %(num)d candidates.", count))
    return go(address_of(asked()))


def _undo_some(change_id: int) -> int:
    return found(bulk.undo(auth.person(), change_id, clock.now()))
