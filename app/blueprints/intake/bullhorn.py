"""How it goes with Bullhorn and Carerix, what names in Bullhorn mean, and what could not be placed."""

from flask import Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.blueprints.intake import bullhorn_knocking, bullhorn_left, bullhorn_names, carerix
from app.blueprints.intake.bullhorn_names import NameForm
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import account, alike, batch, gap, meaning, record, unplaced
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.batch import BullhornBatch
from app.domain.actions.bullhorn.reason import FOR_A_MEANING, FOR_ANOTHER_MEANING, WORTH_ANOTHER_TRY
from app.domain.actions.bullhorn.record import Entity
from app.domain.agency.person import Role
from app.language import ngettext
from app.web import auth
from app.web.htmx import go
from app.web.toast import say
from app.words import bullhorn as words
from app.words import bullhorn_names as names_words
from app.words.carerix import fault_sentence, kept_sentence

only = auth.only(Role.ADMIN)


@only
def bullhorn() -> Response:
    """How it goes, what names mean, and what could not be placed."""
    return _page(200)


def _page(status: int, *, refused: bool = False) -> Response:
    """`refused`: somebody sent what cannot be; the page says so."""
    settings: Settings = current_app.config["SETTINGS"]
    left, own = alike.listed(clock.now(), request.args.get("page", 1, int)), _account(settings)
    html = render_template(
        "intake/bullhorn.html",
        is_on=settings.asks_bullhorn,
        is_demo=settings.demo,
        account=own,
        knock_at=bullhorn_knocking.again_at(own, settings),
        newest=_newest(),
        waiting=batch.open_ones(),
        gaps=gap.latest() if settings.asks_bullhorn else (),
        counted=record.counts(),
        sorts=bullhorn_names.of_all(),
        left=left,
        left_over=unplaced.how_many(clock.now()),
        here=bullhorn_left.here(each.newest for each in left.rows),
        carerix=carerix.present(settings),
        carerix_fault=fault_sentence,
        carerix_kept=kept_sentence,
        refused=refused,
        words=words,
        names_words=names_words,
    )
    return make_response(html, status)


def _account(settings: Settings) -> BullhornAccount | None:
    return account.found(settings.bullhorn_username) if settings.asks_bullhorn else None


def _newest() -> BullhornBatch | None:
    return batch.newest()


@only
def map_name() -> Response:
    """Say what a name means; what waits for it is asked for once more."""
    form = NameForm(request.form).offer()
    if not form.validate():
        return _page(422, refused=True)
    entity, name, now = Entity(form.entity.data), form.name.data or "", clock.now()
    write()
    meaning.map_to(entity, name, form.means, now)
    waiting = record.ask_again(FOR_ANOTHER_MEANING if form.means else FOR_A_MEANING, now, (entity, name))
    db.session.commit()
    settings: Settings = current_app.config["SETTINGS"]
    say(names_words.mapped(name, waiting, is_on=settings.asks_bullhorn))
    return go(url_for("intake.bullhorn"))


@only
def ask_bullhorn_again() -> Response:
    """What could not be placed is asked for once more."""
    write()
    number = record.ask_again(WORTH_ANOTHER_TRY, clock.now())
    db.session.commit()
    say(ngettext("%(num)d record is looked at again.", "%(num)d records are looked at again.", number))
    return go(url_for("intake.bullhorn"))
