"""What a press in the queue answers: the queue as it is now, as a part or after a redirect, or the form once more."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from flask import Response, make_response, render_template, url_for

from app import clock
from app.blueprints.block.looking_back import Last
from app.blueprints.block.showing import Sent, view_of
from app.domain.actions import claim
from app.domain.actions.queue_ahead import Ahead
from app.domain.actions.queue_cards import Turned
from app.domain.actions.queue_log import Said
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.language import gettext as _
from app.web import auth
from app.web.htmx import go, part, wants_part
from app.web.toast import say
from app.words.profile import claimed
from app.words.queue import WORDS
from app.words.reasons import given_name
from app.words.turns import passed_over


def shown(person: Person, now: datetime) -> Response:
    """The page, or the queue alone when a script asks for it again."""
    template = "block/_queue.html" if wants_part() else "block/page.html"
    return make_response(render_template(template, view=view_of(person, now), words=WORDS))


def answer(
    person: Person, now: datetime, told: Sequence[str] = (), turned: Turned | None = None, said: Said | None = None
) -> Response:
    """The queue after a press; one's own place stands on every page and is true at once."""
    told = [*told, *_passed(turned)]
    if wants_part():
        view = view_of(person, now, Sent(told, met=turned.met if turned else None, said=said))
        return part(render_template("block/answer.html", view=view, words=WORDS, logged=said is not None))
    for sentence in told:
        say(sentence)
    return go(url_for("block.page"))


def again(person: Person, now: datetime, sent: Sent) -> Response:
    """The form with what is wrong in it and everything that was typed, on the card to which it belongs."""
    if sent.form:
        sent.form.renew("card-")
    if sent.step:
        sent.step.name_fields(f"step-{uuid4().hex[:8]}-")
    template = "block/_queue.html" if wants_part() else "block/page.html"
    return part(render_template(template, view=view_of(person, now, sent), words=WORDS), status=422)


def beforehand(person: Person, coming: Ahead, now: datetime) -> str:
    """The next card, to be held by the page; where it will say what was logged it says that this is being done."""
    waits = Last(_("Logging for %(name)s…", name=given_name(coming.left)), url_for("block.page"), "")
    view = view_of(person, now, Sent(card_id=coming.card.id, met=coming.met, last=waits))
    return render_template("block/_ahead.html", view=view, words=WORDS)


def _passed(turned: Turned | None) -> list[str]:
    """Who was passed over on the way to this card, and why."""
    return [passed_over(gone) for gone in turned.gone] if turned else []


def busy_with(candidates: Iterable[Candidate]) -> dict[int, str]:
    """By the ids of those with whom a colleague is at work now: a sentence that says so."""
    found = claim.colleagues(auth.person(), [row.id for row in candidates], clock.now())
    return {candidate_id: claimed(name) for candidate_id, name in found.items()}
