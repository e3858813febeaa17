"""What every candidate of before is found by, written as the program keeps it from now on."""

import unicodedata
from collections import defaultdict
from typing import Any

import phonenumbers
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PORTION = 500
FACTS = ("name", "role_sought", "region", "external_id")
CANDIDATE = sa.table("candidate", sa.column("id"), *(sa.column(name) for name in FACTS))
IDENTITY = sa.table(
    "identity", sa.column("candidate_id"), sa.column("channel"), sa.column("address"), sa.column("state")
)
SEARCH = sa.table("candidate_search", sa.column("candidate_id"), sa.column("text"), sa.column("channels"))
BIT = {"phone": 1, "whatsapp": 2, "email": 4, "sms": 8, "linkedin": 16, "in_app": 32}
MESSAGES = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
WITHOUT_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})


def upgrade() -> None:
    connection, last = op.get_bind(), 0
    while ids := connection.scalars(
        sa.select(CANDIDATE.c.id).where(CANDIDATE.c.id > last).order_by(CANDIDATE.c.id).limit(PORTION)
    ).all():
        addresses = defaultdict(list)
        for row in connection.execute(sa.select(IDENTITY).where(IDENTITY.c.candidate_id.in_(ids))):
            addresses[row.candidate_id].append(row)
        facts = connection.execute(sa.select(CANDIDATE).where(CANDIDATE.c.id.in_(ids))).all()
        connection.execute(sa.insert(SEARCH), [line(row, addresses[row.id]) for row in facts])
        last = ids[-1]


def downgrade() -> None:
    op.get_bind().execute(sa.delete(SEARCH))


def line(facts: sa.Row[Any], addresses: list[sa.Row[Any]]) -> dict[str, object]:
    told = [*(fold(getattr(facts, name) or "") for name in FACTS), *sorted({fold(row.address) for row in addresses})]
    return {"candidate_id": facts.id, "text": " ".join(filter(None, told)), "channels": channels(addresses)}


def channels(addresses: list[sa.Row[Any]]) -> int:
    """A bit for each that is open; a mobile number also receives WhatsApp and SMS unless they were refused."""
    closed = {row.channel for row in addresses if row.state not in ("unverified", "verified")}
    usable = [row for row in addresses if row.state in ("unverified", "verified")]
    found = {row.channel for row in usable}
    if any(row.channel == "phone" and is_mobile(row.address) for row in usable):
        found |= {"whatsapp", "sms"} - closed
    return sum(BIT[channel] for channel in found)


def is_mobile(number: str) -> bool:
    return phonenumbers.number_type(phonenumbers.parse(number)) in MESSAGES


def fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.translate(WITHOUT_ACCENT).split())
