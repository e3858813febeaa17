"""Somebody became known: what was told of their number or address before they were is looked at again."""

from typing import cast

from sqlalchemy import Table, exists, select, update

from app.db import db
from app.domain.candidates.address import NUMBERED
from app.domain.candidates.crm_id import CrmId
from app.domain.candidates.identity import Identity
from app.domain.notices.provider_event import ASIDE, ProviderEvent

TABLE = cast("Table", ProviderEvent.__table__)
MOST = 500
NUMBERS = exists().where(CrmId.crm == TABLE.c.provider, CrmId.number == TABLE.c.waits_for)
ADDRESSES = exists().where(Identity.channel.in_(NUMBERED), Identity.address == TABLE.c.waits_for)


def look_again() -> int:
    """However they became known, by hand, by a file or by a message: answers how many events wait no more."""
    known = select(TABLE.c.id).where(ASIDE, TABLE.c.waits_for != "", NUMBERS | ADDRESSES).limit(MOST)
    waking = update(TABLE).where(TABLE.c.id.in_(known)).values(waits_for=None)
    return int(db.session.execute(waking).rowcount)  # type: ignore[attr-defined] # an UPDATE's result has it
