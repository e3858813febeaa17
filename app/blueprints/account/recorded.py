"""What is recorded about oneself: how much of what, for whom and until when; the rows; and all of it as a file."""

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField
from wtforms.validators import Length

from app import clock
from app.db import db, write
from app.domain.candidates.candidate import names_seen_by
from app.domain.custody import staff_record
from app.domain.game import adjustment
from app.domain.oversight import anomaly, person_view
from app.domain.oversight.anomaly import Anomaly
from app.domain.program.action_kind import kinds_of
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, filled, stripped, submitted
from app.web.htmx import go
from app.words import unusual as words
from app.words.looking import looked_at
from app.words.staff_categories import kept
from app.words.staff_rows import Names, told

SHOWN = 20


class AnswerForm(Form):
    """What somebody says of what stood out."""

    answer = TextAreaField(_l("What is behind it"), filters=[stripped], validators=[filled(), Length(max=2000)])


@auth.signed_in
def recorded() -> str:
    """Everything at a glance, with what stood out and what was adjusted."""
    return _page()


@auth.signed_in
def recorded_part(category: str) -> str:
    """The newest rows of one category."""
    person, asked = auth.person(), found(kept().get(category))
    counts = staff_record.counts(person.id)
    filled = [name for name in staff_record.CATEGORIES[category] if name in counts]
    sections = staff_record.sections(person.id, filled, SHOWN)
    program = the_program()
    kinds = {kind.id: kind for kind in kinds_of(program.id)} if program else {}
    rows = [facts for section in sections for facts in section.facts()]
    candidates = names_seen_by(person, {facts["candidate_id"] for facts in rows if facts.get("candidate_id")})
    shown = told(sections, counts, Names(kinds, candidates))
    return render_template("account/recorded_part.html", asked=asked, sections=shown)


@auth.signed_in
def recorded_file() -> Response:
    """All of it, with every column, as JSON."""
    response = make_response(staff_record.as_json(auth.person(), clock.now()))
    response.content_type = "application/json"
    response.headers["Content-Disposition"] = "attachment; filename=recorded-about-me.json"
    return response


@auth.signed_in
def see_unusual(anomaly_id: int) -> Answer:
    """They have seen it."""
    _own(anomaly_id)
    write()
    anomaly.seen(_own(anomaly_id), clock.now())
    db.session.commit()
    return go(url_for("account.recorded"))


@auth.signed_in
def answer_unusual(anomaly_id: int) -> Answer:
    """What they say of it."""
    form, row = AnswerForm(submitted()), _own(anomaly_id)
    if not form.validate() or row.settled_at:
        return make_response(_page(form, anomaly_id), 422)
    write()
    anomaly.answer(_own(anomaly_id), form.answer.data or "", clock.now())
    db.session.commit()
    toast.say(_("Your answer is kept with it."))
    return go(url_for("account.recorded"))


def _own(anomaly_id: int) -> Anomaly:
    return found(anomaly.own(auth.person(), anomaly_id))


def _page(sent: AnswerForm | None = None, answered: int = 0) -> str:
    person, counts = auth.person(), staff_record.counts(auth.person().id)
    unusual = anomaly.of_person(person.id)
    return render_template(
        "account/recorded.html",
        categories=kept(),
        counts={name: sum(counts.get(table, 0) for table in staff_record.CATEGORIES[name]) for name in kept()},
        unusual=unusual,
        forms={row.id: _form(row, sent if row.id == answered else None) for row in unusual},
        adjustments=adjustment.of_person(person.id),
        words=words,
        looked=person_view.who_looked(person.id),
        looked_at=looked_at,
    )


def _form(row: Anomaly, sent: AnswerForm | None) -> AnswerForm:
    form = sent or AnswerForm(data={"answer": row.answer})
    form.answer.id = form.answer.label.field_id = f"answer-{row.id}"
    return form


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/recorded")(recorded)
    bp.get("/recorded/<category>")(recorded_part)
    bp.get("/recorded.json")(recorded_file)
    bp.post("/unusual/<int:anomaly_id>/seen")(see_unusual)
    bp.post("/unusual/<int:anomaly_id>/answer")(answer_unusual)
