"""Rewards through the API: what can be had for coins, and asking for it."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from flask import request
from marshmallow import Schema, fields

from app import clock
from app.blueprints.api import refusal
from app.blueprints.api.candidate_schemas import one_of
from app.blueprints.api.contract import shape
from app.blueprints.api.fields import Body, Moment, Number
from app.blueprints.api.once import once
from app.blueprints.api.paging import PageBody, Part, part_of, part_schema
from app.blueprints.api.refusal import Refusal
from app.domain.agency.agency import the_zone
from app.domain.agency.api_token import Scope
from app.domain.game.adjustment import SentBefore
from app.domain.game.recognition.lifetime import level_of
from app.domain.game.rewarding import catalogue, deciding, redemption, requesting, reward
from app.domain.game.rewarding.catalogue import Means, Offered
from app.domain.game.rewarding.redemption import Redemption, RedemptionState, Which
from app.domain.game.rewarding.requesting import Refused
from app.domain.program.program import Program, the_program
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth
from app.web.errors import found
from app.words import reward as words


class RewardTold(Schema):
    """Something that can be had; `hindrance` is why not by whoever asks, in a word."""

    id = fields.Integer()
    title = fields.String()
    text = fields.String()
    price = fields.Integer()
    stock = fields.Integer(allow_none=True)
    hindrance = fields.String(allow_none=True)


class CatalogueTold(Schema):
    """The catalogue, and the coins that whoever asks has."""

    coins = fields.Integer()
    items = fields.List(fields.Nested(RewardTold))


class Asking(Body):
    """The price that was read: when it is another by now, nothing is asked for."""

    price = Number(0, required=True)


class RedemptionsAsked(PageBody):
    """Which of those that the token's person may see."""

    person_id = Number(1, strict=False, load_default=None, metadata={"description": _l("Only what this person wants.")})
    state = fields.String(load_default=None, validate=one_of([str(state) for state in RedemptionState]))


class RedemptionTold(Schema):
    """What somebody asked for, and how far that is."""

    id = fields.Integer()
    reward_id = fields.Integer()
    person_id = fields.Integer()
    price = fields.Integer()
    state = fields.String()
    requested_at = Moment()
    expires_at = Moment()


@shape.needs(Scope.REWARDS_READ)
@shape.answers(200, CatalogueTold)
def listed() -> dict[str, Any]:
    """Everything that can be had."""
    having = _means()
    offered = [Offered(each, catalogue.hindrance(each, having)) for each in reward.of_program(_program().id)]
    return {"coins": having.balance, "items": [_offer(each) for each in offered]}


@shape.needs(Scope.REWARDS_READ)
@shape.takes(RedemptionsAsked, location="query")
@shape.answers(200, part_schema(RedemptionTold))
def redemptions(asked: dict[str, Any]) -> Part[Redemption]:
    """A page of what was asked for, newest first: by oneself, and of who runs it by everybody."""
    which = Which(asked["person_id"], asked["state"])
    return part_of(asked, lambda after, limit: redemption.after(auth.person(), which, after, limit), lambda row: row.id)


@shape.needs(Scope.REWARDS_READ)
@shape.answers(200, RedemptionTold)
def redemption_told(redemption_id: int) -> Redemption:
    """One of them."""
    return found(redemption.visible_to(auth.person(), redemption_id))


@shape.needs(Scope.REWARDS_WRITE)
@shape.takes(Asking)
@shape.answers(201, RedemptionTold)
def ask(body: dict[str, Any], reward_id: int) -> Redemption:
    """Ask for it."""
    _reward(reward_id)
    return _own(once(lambda: _ask(reward_id, body["price"])))


@shape.needs(Scope.REWARDS_WRITE)
@shape.answers(200, RedemptionTold)
def cancel(redemption_id: int) -> Redemption:
    """It is not wanted any more; what it held comes back."""
    _own(redemption_id)

    def let_go() -> int:
        if not deciding.cancel(_own(redemption_id), by=auth.person(), now=clock.now()):
            raise Refusal(refusal.CONFLICT, _("That came to an end before; nothing was changed."))
        return redemption_id

    return _own(once(let_go, 200))


def _ask(reward_id: int, price: int) -> int:
    person, now, of = auth.person(), clock.now(), _reward(reward_id)
    today = clock.local_day(now, the_zone())
    try:
        row = requesting.request(of, person, key=_key(), now=now, today=today, level=_level(), price=price)
    except Refused as error:
        raise Refusal(refusal.CONFLICT, words.hindered(of, error.hindrance)) from None
    except SentBefore:
        raise Refusal(refusal.CONFLICT, _("Under this key something else was asked for before.")) from None
    return row.id


def _key() -> bytes:
    """A request keeps its key for ever, as the ledger does."""
    sent = request.headers.get("Idempotency-Key")
    return (uuid5(UUID(int=auth.person().id), sent) if sent else uuid4()).bytes


def _offer(offered: Offered) -> dict[str, Any]:
    of, why = offered
    told = {"id": of.id, "title": words.title(of), "text": words.text(of), "price": of.price, "stock": of.stock}
    return told | {"hindrance": str(why.why) if why else None}


def _program() -> Program:
    return found(the_program())


def _reward(reward_id: int) -> reward.Reward:
    return found(reward.find(_program().id, reward_id))


def _own(redemption_id: int) -> Redemption:
    row = found(redemption.visible_to(auth.person(), redemption_id))
    return found(row if row.person_id == auth.person().id else None)


def _level() -> int | None:
    level = level_of(_program(), auth.person().id)
    return level.number if level else None


def _means() -> Means:
    today = clock.local_day(clock.now(), the_zone())
    return catalogue.means_of(auth.person(), today, program_id=_program().id, level=_level())
