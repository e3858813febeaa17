"""Engagement actions and promises through the API: they count as on the pages, once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from flask import request, url_for

from app import clock
from app.blueprints.api import refusal, taking_along
from app.blueprints.api.action_schemas import ActionsAsked, ActionTold, NewAction, OfCandidate, PromiseTold
from app.blueprints.api.candidates import seen
from app.blueprints.api.contract import shape, unusable
from app.blueprints.api.once import once, ones_own, own_id
from app.blueprints.api.paging import Part, part_of, part_schema
from app.blueprints.api.refusal import Refusal
from app.domain.actions import action, in_turn, promise
from app.domain.actions.contact import DateNeeded, InTheFuture, KeyReused, NotLoggable, TooOld, UnknownKind
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.in_turn import Told
from app.domain.actions.outcome import Outcome
from app.domain.actions.promise import Promise
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.candidates.address import Channel
from app.domain.program.kind_rule import offered
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth
from app.web.errors import found

SOURCE = "token"
"""By whom an action was logged, beside pages, mails and systems."""


@shape.needs(Scope.ACTIONS_READ)
@shape.takes(ActionsAsked, location="query")
@shape.answers(200, part_schema(ActionTold))
def listed(asked: dict[str, Any]) -> Part[dict[str, Any]]:
    """One's own actions, or everybody's for one candidate."""
    person, which = auth.person(), in_turn.Which(asked["candidate_id"], asked["updated_since"])
    part = part_of(asked, lambda after, limit: in_turn.actions(person, which, after, limit), lambda row: row[0].id)
    _tell_of(action for action, _code in part.items)
    return Part([told(each) for each in part.items], part.next)


@shape.needs(Scope.ACTIONS_READ)
@shape.answers(200, ActionTold)
def one(action_id: int) -> dict[str, Any]:
    """One of them."""
    row = found(in_turn.action(auth.person(), action_id))
    _tell_of([row[0]])
    return told(row)


@shape.needs(Scope.ACTIONS_WRITE)
@shape.takes(NewAction)
@shape.answers(201, ActionTold)
def log(body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Log what the token's person did: it earns what it earns on the pages."""
    seen(body["candidate_id"])
    action_id = once(lambda: _log(body))
    return one_told(action_id), {"Location": url_for("api.actions_one", action_id=action_id)}


@shape.needs(Scope.ACTIONS_WRITE)
@shape.answers(200, ActionTold)
def undo(action_id: int) -> dict[str, Any]:
    """Take an action back, within a day of logging it."""

    def take_back() -> int:
        if action.undo(auth.person(), action_id, clock.now()) is None:
            raise Refusal(refusal.CONFLICT, _("This cannot be undone any more, or it is not yours to undo."))
        return action_id

    found(in_turn.ever(auth.person(), action_id))
    return one_told(once(take_back, 200))


@shape.needs(Scope.ACTIONS_READ)
@shape.takes(OfCandidate, location="query")
@shape.answers(200, part_schema(PromiseTold))
def promised(asked: dict[str, Any]) -> Part[Promise]:
    """What one owes, or what anybody owes one candidate."""
    person, candidate_id = auth.person(), asked["candidate_id"]
    part = part_of(asked, lambda after, limit: in_turn.promises(person, candidate_id, after, limit), lambda row: row.id)
    _tell_of(part.items)
    return part


@shape.needs(Scope.ACTIONS_WRITE)
@shape.answers(200, PromiseTold)
def withdraw_promise(promise_id: int) -> Promise:
    """Take back one's own promise while it is open."""
    _promise(promise_id)

    def withdraw() -> int:
        if promise.withdraw(auth.person(), promise_id, clock.now()) is None:
            raise Refusal(refusal.CONFLICT, _("This is not open any more, or it is not yours to take back."))
        return promise_id

    return _promise(once(withdraw, 200))


def _tell_of(rows: Iterable[EngagementAction | Promise]) -> None:
    """What colleagues did or promised tells of their candidates; what is one's own does not."""
    taking_along.tells(*{row.candidate_id for row in rows if row.person_id != auth.person().id})


def told(row: Told) -> dict[str, Any]:
    """An action with the code of its kind; what it earned and its id elsewhere are told to whose it is.

    Of what a colleague took back only that is told.
    """
    one_of_them, code = row
    mine = one_of_them.person_id == auth.person().id
    if one_of_them.undone_at and not mine:
        return {name: getattr(one_of_them, name) for name in ("id", "candidate_id", "undone_at")}
    columns = {name: getattr(one_of_them, name) for name in ActionTold().fields if name != "kind"}
    kept = {} if mine else dict.fromkeys(("points", "award_reason", "external_id"))
    if one_of_them.source == SOURCE and mine and one_of_them.external_id:
        kept["external_id"] = own_id(one_of_them.external_id)
    return columns | {"kind": code} | kept


def one_told(action_id: int) -> dict[str, Any]:
    """One that was there a moment ago, whatever became of it by this command."""
    return told(found(in_turn.ever(auth.person(), action_id)))


def _promise(promise_id: int) -> Promise:
    return found(in_turn.promise(auth.person(), promise_id))


def _log(body: dict[str, Any]) -> int:
    now, sent = clock.now(), body["external_id"]
    try:
        logged = action.log(
            auth.person(),
            seen(body["candidate_id"]),
            Outcome(body["outcome"]),
            at=body["occurred_at"] or now,
            now=now,
            kind=_kind(body, now),
            channel=_channel(body["channel"]),
            note=body["note"],
            promise_at=body["promise_at"],
            promise_channel=_channel(body["promise_channel"]),
            key=_key(),
            source=SOURCE,
            external_id=ones_own(auth.person(), sent) if sent else None,
        )
    except NotLoggable as error:
        raise _why_not(error) from None
    return logged.action_id


def _kind(body: dict[str, Any], now: datetime) -> str | None:
    """What was done, among what is offered on the pages; any other outcome has a kind of its own.

    Raises:
        Refusal: there is no such kind for this outcome.
    """
    kind, done, day = body["kind"] or None, body["outcome"] == Outcome.DONE, clock.local_day(now, the_zone())
    program = found(the_program())
    kinds = {rule.code for rule in offered(program.id, day, auth.person().role)} if done else {None}
    if kind not in kinds:
        raise unusable({"kind": [_("The program does not log this, or not any more.")]})
    return kind


def _key() -> bytes | None:
    """The ledger keeps its keys for ever: the same Idempotency-Key never counts twice, not even after a week."""
    sent = request.headers.get("Idempotency-Key")
    return uuid5(UUID(int=auth.person().id), sent).bytes if sent else None


def _channel(name: str | None) -> Channel | None:
    return Channel(name) if name else None


def _why_not(error: NotLoggable) -> Refusal:
    """Which field is why nothing was logged."""
    if isinstance(error, KeyReused):
        return Refusal(refusal.CONFLICT, _("Under this key or external id another action was logged before."))
    field, sentence = {
        TooOld: ("occurred_at", _("This is more than seven days ago.")),
        InTheFuture: ("occurred_at", _("This is still to come.")),
        UnknownKind: ("kind", _("The program does not log this, or not any more.")),
        DateNeeded: ("promise_at", _("Choose a day and a time that are still to come.")),
    }.get(type(error), ("outcome", _("This cannot be logged.")))
    return unusable({field: [sentence]})
