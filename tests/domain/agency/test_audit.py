"""The audit log: only added to; what is old goes, what is young stays whoever asks."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app.db import db
from app.domain.agency import audit
from app.domain.agency.audit import KEPT, About, Asked, AuditEntry

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def whats(asked: Asked) -> list[str]:
    return [row.what for row in db.session.scalars(audit.entries(asked))]


def test_the_newest_come_first_and_can_be_narrowed() -> None:
    audit.record("signed_in", None, NOW - timedelta(days=2))
    audit.record("candidate.erased", None, NOW, About("candidate", 7), reason="asked")
    db.session.flush()
    assert whats(Asked()) == ["candidate.erased", "signed_in"]
    assert whats(Asked(what=("signed_in",))) == ["signed_in"]
    assert whats(Asked(since=NOW)) == ["candidate.erased"]
    assert whats(Asked(until=NOW)) == ["signed_in"]
    assert whats(Asked(person_id=1)) == []


def test_what_is_older_than_two_years_goes() -> None:
    audit.record("signed_in", None, NOW - KEPT - timedelta(seconds=1))
    audit.record("signed_out", None, NOW - KEPT)
    audit.record("signed_in", None, NOW)
    db.session.flush()
    assert audit.forget_old(NOW) == 1
    assert whats(Asked()) == ["signed_in", "signed_out"]


def test_no_row_is_changed() -> None:
    audit.record("signed_in", None, NOW)
    db.session.flush()
    with pytest.raises(DBAPIError, match="only added to"):
        db.session.execute(update(AuditEntry).values(what="nothing"))


def test_what_is_younger_than_a_year_is_not_deleted() -> None:
    audit.record("signed_in", None, NOW - timedelta(days=364))
    audit.record("signed_out", None, NOW)
    db.session.flush()
    with pytest.raises(DBAPIError, match="only added to"):
        db.session.execute(delete(AuditEntry).where(AuditEntry.at < NOW))


def test_a_row_is_about_something_by_its_number() -> None:
    audit.record("person.deactivated", None, NOW, About("person", 12))
    row = db.session.scalars(select(AuditEntry)).one()
    assert (row.about_kind, row.about_id, row.facts) == ("person", 12, {})
