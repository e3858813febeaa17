"""How it goes with Bullhorn and Carerix, what a note in Bullhorn means, and what could not be placed."""

from flask import Response, current_app, make_response, render_template, request, url_for
from wtforms import HiddenField, SelectField
from wtforms.validators import Length

from app import clock
from app.blueprints.intake import carerix
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import account, batch, gap, meaning, record
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.batch import BullhornBatch
from app.domain.actions.bullhorn.reason import TO_DECIDE, WORTH_ANOTHER_TRY, Reason
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.program.kind_rule import KindRule, offered
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.web import auth
from app.web.forms import Form, filled
from app.web.htmx import go
from app.web.toast import say
from app.words import bullhorn as words
from app.words.carerix import fault_sentence

only = auth.only(Role.ADMIN)


class NoteForm(Form):
    """What a note of a name is taken for."""

    name = HiddenField(validators=[filled(), Length(max=meaning.LONGEST)])
    meaning = SelectField(_l("What is it?"))

    def offer(self) -> "NoteForm":
        """With what can be logged."""
        self.meaning.choices = words.choices(_kinds())
        return self

    @property
    def meant(self) -> tuple[Outcome | None, str | None]:
        """The outcome, and the kind when it says more."""
        chosen = self.meaning.data or ""
        if chosen.startswith(words.KIND):
            return Outcome.DONE, chosen.removeprefix(words.KIND)
        return (None, None) if chosen == words.PASS else (Outcome(chosen), None)


def _kinds() -> list[KindRule]:
    program = the_program()
    today = clock.local_day(clock.now(), the_zone())
    return offered(program.id, today, Role.RECRUITER) if program else []


@only
def bullhorn() -> Response:
    """How it goes, what notes mean, and what could not be placed."""
    return _page(200)


def _page(status: int, *, refused: bool = False) -> Response:
    """`refused`: somebody sent what cannot be; the page says so."""
    settings: Settings = current_app.config["SETTINGS"]
    html = render_template(
        "intake/bullhorn.html",
        is_on=settings.asks_bullhorn,
        account=_account(settings),
        gaps=gap.latest() if settings.asks_bullhorn else (),
        newest=_newest(),
        waiting=batch.open_ones(),
        counted=record.counts(),
        unknown=record.unknown(Reason.UNMAPPED),
        left=record.left(TO_DECIDE),
        meanings=meaning.listed(),
        choices=words.choices(_kinds()),
        carerix=carerix.present(settings),
        carerix_fault=fault_sentence,
        refused=refused,
        words=words,
    )
    return make_response(html, status)


def _account(settings: Settings) -> BullhornAccount | None:
    return account.found(settings.bullhorn_username) if settings.asks_bullhorn else None


def _newest() -> BullhornBatch | None:
    return batch.newest()


@only
def map_note() -> Response:
    """Say what notes of a name are; those that wait for it are asked for once more."""
    form = NoteForm(request.form).offer()
    if not form.validate():
        return _page(422, refused=True)
    name, now = form.name.data or "", clock.now()
    write()
    meaning.map_to(name, *form.meant, now)
    waiting = record.ask_again([Reason.UNMAPPED], now, [meaning.folded(name)])
    db.session.commit()
    say(_mapped(name, waiting))
    return go(url_for("intake.bullhorn"))


def _mapped(name: str, waiting: int) -> str:
    if not waiting:
        return _("“%(name)s” is mapped: it counts from the next note on.", name=name)
    return ngettext(
        "“%(name)s” is mapped. %(num)d note that waited for it is looked at within a minute.",
        "“%(name)s” is mapped. %(num)d notes that waited for it are looked at within a minute.",
        waiting,
        name=name,
    )


@only
def ask_bullhorn_again() -> Response:
    """What could not be placed is asked for once more."""
    write()
    number = record.ask_again(WORTH_ANOTHER_TRY, clock.now())
    db.session.commit()
    say(ngettext("%(num)d record is looked at again.", "%(num)d records are looked at again.", number))
    return go(url_for("intake.bullhorn"))
