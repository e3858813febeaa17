"""The fields of a card as they are before anybody typed: drawn once a language, after that only named and filled in."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from flask import current_app, url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from app.blueprints.block.forms import NextStepForm, OutcomeForm
from app.language import current
from app.words.queue import WORDS

IDS, DAY, TIME, NOTE = "--ids--", "--day--", "--time--", "--note--"
STEPS = ("back", "next", "skip")


def card_fields(card_id: int, key: str) -> Markup:
    """What can be said of a card; the ids are those of the form with this key."""
    drawn = _card_fields(current()).replace(IDS, f"card-{key[:8]}-")
    for step in STEPS:
        drawn = drawn.replace(_mark(step), url_for(f"block.{step}", card_id=card_id))
    return Markup(drawn)  # noqa: S704 - the template escaped it, and nothing that was typed came in since


def step_fields(ids: str, due_at: datetime | None, note: str) -> Markup:
    """The next step and the note of what was logged, as they are; `due_at` in the agency's zone."""
    drawn = _step_fields(current()).replace(IDS, ids)
    drawn = drawn.replace(DAY, f"{due_at:%Y-%m-%d}" if due_at else "").replace(
        TIME, f"{due_at:%H:%M}" if due_at else ""
    )
    return Markup(drawn.replace(NOTE, escape(note)))  # noqa: S704 - as above; the note is escaped, and comes last


@cache
def _card_fields(_language: str) -> str:
    form = OutcomeForm().offer()
    form.name_fields(IDS)
    return str(_fields("form")(form, WORDS, {step: _mark(step) for step in STEPS}))


@cache
def _step_fields(_language: str) -> str:
    marks = MultiDict({"promise_on": DAY, "promise_time": TIME, "note": NOTE})
    return str(_fields("step")(NextStepForm(marks).offer(IDS)))


def _mark(step: str) -> str:
    return f"--{step}--"


def _fields(template: str) -> Callable[..., Markup]:
    """The macro of a template that draws the fields of a form."""
    found: Callable[..., Markup] = vars(current_app.jinja_env.get_template(f"block/{template}.html").module)["fields"]
    return found
