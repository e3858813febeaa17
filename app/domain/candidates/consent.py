"""The consent ledger: what a candidate allowed, when, how and to which text, and when they took it back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates import changed, search

SHOWN = 200


class ConsentPurpose(StrEnum):
    """POOL: keep me in the talent pool. CONTACT: approach me. TRACKING: record what I look at."""

    POOL = "pool"
    CONTACT = "contact"
    TRACKING = "tracking"


class Via(StrEnum):
    """How we heard of it: on their own page, told to a recruiter, in a form or a message, by an import, in a mail."""

    OWN_PAGE = "own-page"
    RECRUITER = "recruiter"
    FORM = "form"
    IMPORT = "import"
    MAIL_PROGRAM = "mail-program"
    MESSAGE = "message"


class Consent(Base):
    """Rows are only added: the newest one for a purpose and channel counts. `terms_id` None: a text not ours."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(None, "candidate_id", "purpose", "id"),
        Index(
            "ix_consent_refused",
            "candidate_id",
            postgresql_where=text("given IS false"),
            sqlite_where=text("given IS 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    purpose: Mapped[ConsentPurpose] = mapped_column(String(10), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    given: Mapped[bool] = mapped_column(info=PERSONAL)
    via: Mapped[str] = mapped_column(String(12), info=PERSONAL)
    terms_id: Mapped[int | None] = mapped_column(ForeignKey("privacy_terms.id"), default=None, info=PERSONAL)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)

    def stands(self, now: datetime) -> bool:
        """Whether it permits something now: it was given, and its own last day has not come."""
        return self.given and (self.until is None or self.until > now)


Key = tuple[ConsentPurpose, str | None]


def give(
    candidate_id: int,
    purpose: ConsentPurpose,
    *,
    via: str,
    by_id: int | None,
    now: datetime,
    terms_id: int | None = None,
    until: datetime | None = None,
    channel: str | None = None,
) -> Consent:
    """Write down that a candidate allows something; without `until` it stands until they take it back."""
    return _write(candidate_id, purpose, channel, given=True, via=via, by_id=by_id, at=now, terms=(terms_id, until))


def withdraw(
    candidate_id: int,
    purpose: ConsentPurpose,
    *,
    via: str,
    by_id: int | None,
    now: datetime,
    terms_id: int | None = None,
    channel: str | None = None,
) -> Consent:
    """Write down that a candidate does not allow something, whether or not they once did."""
    return _write(candidate_id, purpose, channel, given=False, via=via, by_id=by_id, at=now, terms=(terms_id, None))


def _write(
    candidate_id: int,
    purpose: ConsentPurpose,
    channel: str | None,
    *,
    given: bool,
    via: str,
    by_id: int | None,
    at: datetime,
    terms: tuple[int | None, datetime | None],
) -> Consent:
    row = Consent(
        candidate_id=candidate_id,
        purpose=purpose,
        channel=channel,
        given=given,
        via=via,
        terms_id=terms[0],
        recorded_by_id=by_id,
        at=at,
        until=terms[1],
    )
    db.session.add(row)
    search.refresh([candidate_id])
    changed.note([candidate_id], at)
    return row


def current(candidate_id: int) -> dict[Key, Consent]:
    """What counts now, by purpose and channel (None: all channels); what nobody asked is absent."""
    return current_of([candidate_id]).get(candidate_id, {})


def current_of(candidate_ids: Collection[int]) -> dict[int, dict[Key, Consent]]:
    """The same for some hundreds of candidates, in one query."""
    newest = (
        select(func.max(Consent.id))
        .where(Consent.candidate_id.in_(candidate_ids))
        .group_by(Consent.candidate_id, Consent.purpose, Consent.channel)
    )
    found: dict[int, dict[Key, Consent]] = {}
    for row in db.session.scalars(select(Consent).where(Consent.id.in_(newest))):
        found.setdefault(row.candidate_id, {})[ConsentPurpose(row.purpose), row.channel] = row
    return found


def ledger_of(candidate_id: int, limit: int = SHOWN) -> Sequence[Consent]:
    """Everything that was written down, newest first."""
    rows = select(Consent).where(Consent.candidate_id == candidate_id).order_by(Consent.id.desc())
    return db.session.scalars(rows.limit(limit)).all()
