"""The desk for what stood out in how somebody logs: the figures, the answer, the rows, and how it was closed."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.approvals.forms import SettleForm
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role, names_of
from app.domain.oversight import anomaly, evidence
from app.domain.oversight.anomaly import Anomaly, Conclusion
from app.domain.program.program import the_program, works_council_ok
from app.language import gettext as _
from app.language import short_day
from app.web import auth, looking, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import unusual as words
from app.words.actions import outcome_label
from app.words.program import kind_label

allowed = auth.only(Role.LEAD, Role.SPONSOR, Role.ADMIN)
LOOKED_AT = "unusual"


class Noticed(NamedTuple):
    """What stood out, with the names that go with it."""

    row: Anomaly
    person: str
    settled_by: str | None


@allowed
def unusual() -> str:
    """What waits to be looked at, and what was closed lately."""
    viewer, now, program = auth.person(), clock.now(), found(the_program())
    ready, settled = anomaly.ready(viewer, now), anomaly.settled(viewer, now)
    page = render_template(
        "approvals/unusual.html",
        agreed=works_council_ok(program.id),
        ready=_told(ready),
        settled=_told(settled),
        days=anomaly.TO_ANSWER.days,
        words=words,
    )
    looking.at({row.person_id for row in (*ready, *settled)}, LOOKED_AT)
    return page


@allowed
def one_unusual(anomaly_id: int) -> str:
    return _page(_visible(anomaly_id), SettleForm())


@allowed
def settle(anomaly_id: int) -> Answer:
    form, row = SettleForm(submitted()), _visible(anomaly_id)
    if row.settled_at:
        return _too_late(anomaly_id)
    if not form.validate():
        return make_response(_page(row, form), 422)
    write()
    try:
        _settle(anomaly_id, form)
    except ValueError:
        return _too_late(anomaly_id)
    db.session.commit()
    toast.say(_("It is closed, and the person reads what you wrote."))
    return go(url_for("approvals.unusual"))


def _settle(anomaly_id: int, form: SettleForm) -> None:
    by, now = auth.person(), clock.now()
    row, conclusion = found(anomaly.held(by, anomaly_id, now)), Conclusion(form.conclusion.data)
    anomaly.settle(row, conclusion, form.note.data or "", by=by, now=now)


def _too_late(anomaly_id: int) -> Answer:
    db.session.rollback()
    toast.say(_("Somebody closed it before you."), category="error")
    return go(url_for("approvals.one_unusual", anomaly_id=anomaly_id))


def _visible(anomaly_id: int) -> Anomaly:
    return found(anomaly.for_viewer(auth.person(), anomaly_id, clock.now()))


def _page(row: Anomaly, form: SettleForm) -> str:
    page = render_template(
        "approvals/one_unusual.html",
        each=_told([row])[0],
        actions=evidence.behind(row, auth.person(), the_zone()),
        most=evidence.MOST,
        form=form,
        words=words,
        kind_label=kind_label,
        outcome_label=outcome_label,
        short_day=short_day,
    )
    looking.at({row.person_id}, LOOKED_AT)
    return page


def _told(rows: Sequence[Anomaly]) -> list[Noticed]:
    names = names_of({who for row in rows for who in (row.person_id, row.settled_by_id) if who})
    return [Noticed(row, names[row.person_id], names.get(row.settled_by_id or 0)) for row in rows]


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/unusual")(unusual)
    bp.get("/unusual/<int:anomaly_id>")(one_unusual)
    bp.post("/unusual/<int:anomaly_id>/settlement")(settle)
