"""The feed: what went well, what colleagues say to it, and what is celebrated with whoever did it."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.db import db, write
from app.domain.actions import moment
from app.domain.game import feed, telling
from app.domain.game.feed import Sign
from app.domain.program.program import the_program
from app.web import auth
from app.web.errors import found
from app.web.htmx import go, part, wants_part
from app.words import feed as words

bp = Blueprint("feed", __name__, url_prefix="/feed")
bp.context_processor(lambda: {"words": words, "signs": words.SIGNS})
SHORT = 4


@bp.get("")
@auth.signed_in
def page() -> str:
    """What was told, the newest first."""
    shown = telling.latest(found(the_program()), auth.person(), request.args.get("page", 1, int))
    return render_template("feed/page.html", shown=shown)


@bp.get("/latest")
@auth.signed_in
def latest() -> str | Answer:
    """The last few, for beside the board."""
    if not wants_part():
        return go(url_for("feed.page"))
    told = telling.newest(found(the_program()), auth.person(), SHORT)
    return render_template("feed/_latest.html", told=told)


@bp.post("/<int:item_id>/reaction")
@auth.signed_in
def react(item_id: int) -> Answer:
    """Say something to it by one sign; the same sign once more takes it back."""
    person, program = auth.person(), found(the_program())
    sign = found(next((each for each in Sign if each == request.form.get("sign")), None))
    before = found(telling.one(program, person, item_id))
    write()
    chosen = None if before.my_sign == sign else sign
    found(feed.react(program.id, item_id, person.id, chosen, clock.now()) or None)
    db.session.commit()
    if not wants_part():
        return go(url_for("feed.page"))
    return make_response(render_template("feed/_item.html", told=found(telling.one(program, person, item_id))))


@bp.get("/celebration")
@auth.signed_in
def celebrate() -> Response:
    """What the action that was just logged brought; asked once after each, and nearly always nothing."""
    brought = moment.of_last_action(found(the_program()), auth.person(), clock.now())
    if brought is None:
        return part("")
    sentence = words.moment_sentence(brought)
    html = render_template("feed/celebration.html", sentence=sentence)
    return part(html, trigger={"announce": {"message": sentence, "after": True}})
