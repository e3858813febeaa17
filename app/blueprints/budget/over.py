"""Handing over what was promised: a reward, a prize, what came with a surprise, or several at once; never one's own."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.game import handing_out
from app.domain.game.competing import handing
from app.domain.game.payroll import Origin
from app.domain.game.recognition import surprise
from app.domain.game.rewarding import deciding
from app.domain.game.running import NotAllowed
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import ngettext
from app.web import auditing, auth, toast
from app.web.errors import found
from app.web.forms import ticked
from app.web.htmx import go

allowed = auth.only(Role.SPONSOR, Role.ADMIN)
MOST = 200


class Way(NamedTuple):
    """Where one of a kind is handed over, how it is found in the program, what hands it over; where it is let go of."""

    endpoint: str
    argument: str
    find: Callable[[int, int], Any]
    hand: Callable[..., bool]
    release: str = ""


WAYS = {
    Origin.REDEMPTION: Way("budget.fulfil", "redemption_id", handing_out.redeemed, deciding.fulfil),
    Origin.COMPETITION: Way("budget.hand_prize", "award_id", handing_out.award, handing.hand_over, "budget.let_go"),
    Origin.SURPRISE: Way(
        "budget.hand_surprise", "surprise_id", surprise.find, surprise.hand_over, "budget.let_go_surprise"
    ),
}


@allowed
def fulfil(redemption_id: int) -> Answer:
    """A reward was handed over."""
    return _one(Origin.REDEMPTION, redemption_id)


@allowed
def hand_prize(award_id: int) -> Answer:
    """A prize was handed over."""
    return _one(Origin.COMPETITION, award_id)


@allowed
def hand_surprise(surprise_id: int) -> Answer:
    """What came with a surprise was handed over."""
    return _one(Origin.SURPRISE, surprise_id)


@allowed
def hand_several() -> Answer:
    """Everything that was ticked; one's own, and what somebody handed over meanwhile, is passed over."""
    program_id = _program_id()
    chosen = [(origin, number) for origin in WAYS for number in sorted(ticked(f"hand-{origin}")[:MOST])]
    write()
    done = sum(_passed_over_or_handed(program_id, origin, number) for origin, number in chosen)
    auditing.done(done)
    db.session.commit()
    nothing = _("Nothing was ticked that waits to be handed over.")
    said = ngettext("%(num)d was handed over.", "%(num)d were handed over.", done) if done else nothing
    toast.say(said, category="ok" if done else "error")
    return go(url_for("budget.requests"))


def _passed_over_or_handed(program_id: int, origin: Origin, number: int) -> bool:
    row = WAYS[origin].find(program_id, number)
    try:
        return row is not None and WAYS[origin].hand(row, by=auth.person(), now=clock.now())
    except NotAllowed:
        return False


def _one(origin: Origin, number: int) -> Answer:
    program_id, way = _program_id(), WAYS[origin]
    found(way.find(program_id, number))
    write()
    try:
        handed = way.hand(found(way.find(program_id, number)), by=auth.person(), now=clock.now())
    except NotAllowed:
        db.session.rollback()
        toast.say(_("Somebody else hands over what is yours."), category="error")
        return go(url_for("budget.requests"))
    auditing.done(bool(handed))
    db.session.commit()
    said = _("It is handed over.") if handed else _("It was handed over, or let go of, before you.")
    toast.say(said, category="ok" if handed else "error")
    return go(url_for("budget.requests"))


@allowed
def let_go(award_id: int) -> Answer:
    """Nobody takes the prize of a team, or of who left: its money is available again."""
    return _let_go(award_id, handing_out.award, handing.decline)


@allowed
def let_go_surprise(surprise_id: int) -> Answer:
    """What came with a surprise for who left is available again."""
    return _let_go(surprise_id, surprise.find, surprise.let_go)


def _let_go(number: int, find: Callable[[int, int], Any], release: Callable[..., bool]) -> Answer:
    program_id = _program_id()
    found(find(program_id, number))
    write()
    try:
        gone = release(found(find(program_id, number)), by=auth.person(), now=clock.now())
    except NotAllowed:
        db.session.rollback()
        toast.say(_("Only whoever it is for can give it back."), category="error")
        return go(url_for("budget.requests"))
    auditing.done(bool(gone))
    db.session.commit()
    said = _("It is let go of, and its money is available again.")
    toast.say(said if gone else _("It was handed over, or let go of, before you."), category="ok" if gone else "error")
    return go(url_for("budget.requests"))


def _program_id() -> int:
    return found(the_program()).id


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.post("/requests/<int:redemption_id>/fulfilment")(fulfil)
    bp.post("/prizes/<int:award_id>/handover")(hand_prize)
    bp.post("/prizes/<int:award_id>/release")(let_go)
    bp.post("/surprises/<int:surprise_id>/handover")(hand_surprise)
    bp.post("/surprises/<int:surprise_id>/release")(let_go_surprise)
    bp.post("/handovers")(hand_several)
