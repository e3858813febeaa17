"""What webhooks are told: written down for each endpoint in the transaction in which it happens, and once."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.notices import webhook
from app.domain.notices.webhook import COMES_WITH, Kind, WebhookEndpoint
from app.prepared import Prepared


class WebhookDelivery(Base):
    """`key` is what makes it the same event; `payload` holds ids and codes; `message_id` names it for the receiver.

    `status`, `failure` and `answer` are of the last attempt, at `tried_at`.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "kind", "key"),
        Index(None, "endpoint_id", "state", "next_try_at", "id"),
        Index(None, "endpoint_id", "happened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("webhook_endpoint.id"))
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    message_id: Mapped[str] = mapped_column(String(40))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    lease_owner: Mapped[str | None] = mapped_column(String(60), default=None)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    status: Mapped[int | None] = mapped_column(default=None)
    failure: Mapped[str | None] = mapped_column(String(10), default=None)
    answer: Mapped[str] = mapped_column(String(200), default="")


TABLE = cast("Table", WebhookDelivery.__table__)
WANTED = literal(" ").concat(webhook.TABLE.c.kinds).concat(" ")
ANYWHERE = TABLE.c.endpoint_id.in_(select(webhook.TABLE.c.id))
"""The indexes begin with it."""
FACTS = ("kind", "key", "message_id", "happened_at", "payload", "next_try_at")
EVENT = [bindparam(name, type_=TABLE.c[name].type) for name in FACTS]
NEW = [literal("pending", String(8)), literal(0), literal("", String(200))]
COLUMNS = ["endpoint_id", *FACTS, "state", "attempts", "answer"]
LISTENING = select(webhook.TABLE.c.id, *EVENT, *NEW).where(WANTED.contains(bindparam("wanted")))
TELL = Prepared(
    insert(TABLE).from_select(COLUMNS, LISTENING).on_conflict_do_nothing(index_elements=["endpoint_id", "kind", "key"])
)
"""With each action: where nobody listens it is one look into an empty table."""


def tell(kind: Kind, key: object, data: Mapping[str, Any], now: datetime) -> None:
    """Every endpoint that hears of this kind is told once; `data` holds ids and codes, and nothing else of anybody."""
    facts = {"kind": str(kind), "key": str(key), "payload": dict(data), "wanted": f" {COMES_WITH.get(kind, kind)} "}
    TELL.run(facts | {"message_id": message_id(), "happened_at": now, "next_try_at": now})


def withdraw(kind: Kind, key: object) -> None:
    """It is no longer so: where it did not arrive it need not, not even when it is asked for."""
    mine = TABLE.c.kind == kind, TABLE.c.key == str(key), TABLE.c.state.in_(("pending", "sending", "failed"))
    db.session.execute(update(TABLE).where(ANYWHERE, *mine).values(state="skipped", lease_until=None))


def ping(endpoint: WebhookEndpoint, now: datetime) -> bool:
    """Tell one endpoint no more than that it can be told; False when it was in this minute."""
    facts = {"endpoint_id": endpoint.id, "kind": Kind.PING, "key": f"{now:%Y-%m-%dT%H:%M}", "message_id": message_id()}
    times = {"happened_at": now, "next_try_at": now, "payload": {}, "state": "pending", "attempts": 0, "answer": ""}
    once = insert(TABLE).on_conflict_do_nothing(index_elements=["endpoint_id", "kind", "key"])
    return db.session.scalar(once.values(**facts, **times).returning(TABLE.c.id)) is not None


def message_id() -> str:
    """The webhook-id: the same however often a message is sent, and at every endpoint."""
    return f"msg_{secrets.token_hex(16)}"
