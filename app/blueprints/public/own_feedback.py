"""How did it go? A candidate answers with a face, may add a few words, and may change their mind for a day."""

from flask import Blueprint, Response, request
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app import clock
from app.blueprints.public.own import Visit, act, page, show
from app.db import db
from app.domain.actions import answering_feedback
from app.domain.actions.answering_feedback import TooLate
from app.domain.candidates.link import LinkPurpose
from app.domain.journey.feedback import MOST_LIKELY, Feedback, Said
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.careful import CarefulForm, careful
from app.web.errors import found
from app.web.forms import Form, stripped
from app.web.htmx import go
from app.words import feedback as words


class AnswerForm(Form):
    """The face is all that is needed."""

    face = RadioField(validators=[InputRequired(_l("Choose a face."))])
    turn = RadioField(validators=[Optional()])
    recommends = RadioField(validators=[Optional()])

    def offer(self, row: Feedback) -> "AnswerForm":
        """The questions in their words; the last one only at the end."""
        self.face.choices = self.turn.choices = words.faces()
        self.face.label.text = words.stage_question(row.stage, at_the_end=row.at_the_end)
        self.turn.label.text = words.turn_question(row.question)
        self.recommends.choices = [(str(number), str(number)) for number in range(MOST_LIKELY + 1)]
        self.recommends.label.text = words.recommend_question()
        if not row.at_the_end:
            del self.recommends
        return self

    @property
    def said(self) -> Said:
        """What was chosen; a question that was left open stays open."""
        last = self.recommends.data if "recommends" in self else None
        return Said(
            score=int(self.face.data),
            answer=int(self.turn.data) if self.turn.data else None,
            recommends=int(last) if last else None,
        )


class WordsForm(CarefulForm):
    said = TextAreaField(
        _l("Is there something you want to add?"), filters=[stripped], validators=[Length(max=1000), careful]
    )
    complaint = BooleanField(_l("This is a complaint: please get in touch with me"))


@page(LinkPurpose.FEEDBACK)
def feedback(visit: Visit) -> Response:
    """The questions, or thanks; looking answers nothing, because mail scanners open every link."""
    row = _asked(visit)
    chosen = {"face": request.args.get("face", ""), **_said_before(row)}
    return _shown(visit, row, AnswerForm(data=chosen).offer(row), WordsForm(data={"said": row.said}))


@page(LinkPurpose.FEEDBACK)
def answer_feedback(visit: Visit) -> Response:
    """The answer, given or changed."""
    row = _asked(visit)
    form = AnswerForm(request.form).offer(row)
    if not form.validate():
        return _shown(visit, row, form, WordsForm(data={"said": row.said}), 422)
    return _kept(visit, lambda link, now: answering_feedback.answer(link, form.said, now))


@page(LinkPurpose.FEEDBACK)
def add_to_feedback(visit: Visit) -> Response:
    """A few words, or a complaint."""
    row, form = _asked(visit), WordsForm(request.form)
    if not form.validate():
        return _shown(visit, row, AnswerForm(data=_said_before(row)).offer(row), form, 422)
    text, complaint = form.said.data or "", bool(form.complaint.data)
    return _kept(visit, lambda link, now: answering_feedback.add_words(link, text, now, complaint=complaint))


def _kept(visit: Visit, command: "answering_feedback.Command") -> Response:
    """The page again with thanks; whoever comes too late is told that the answer stands."""
    try:
        act(visit, command, _("Thank you, we have noted it."))
    except TooLate:
        db.session.rollback()
    return go(visit.url)


def _asked(visit: Visit) -> Feedback:
    return found(answering_feedback.asked_by(visit.link))


def _said_before(row: Feedback) -> dict[str, str]:
    said = {"face": row.score, "turn": row.answer, "recommends": row.recommends}
    return {name: str(value) for name, value in said.items() if value is not None}


def _shown(visit: Visit, row: Feedback, form: AnswerForm, added: WordsForm, status: int = 200) -> Response:
    return show(
        "feedback",
        visit,
        status,
        row=row,
        form=form,
        added=added,
        told=words,
        open=row.may_change(clock.now()),
    )


def add_to(bp: Blueprint) -> None:
    """Where the page is, and where its forms go."""
    bp.get("/me/feedback/<token>")(feedback)
    bp.post("/me/feedback/<token>")(answer_feedback)
    bp.post("/me/feedback/<token>/words")(add_to_feedback)
