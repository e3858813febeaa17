"""Prepared statements are in the session's transaction, are heard, and speak in the types of the columns."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from app.db import UtcDateTime, db
from app.domain.agency.agency import Agency
from app.prepared import Prepared
from tests.page import counted

AT = datetime(2026, 11, 19, 10, tzinfo=UTC)
FACTS = {"id": 1, "name": "Vaste Band", "timezone": "Europe/Amsterdam", "language": "nl", "address_form": "je"}
FACTS |= {"visibility": "agency", "setup_step": 7, "opens": 540, "closes": 1200, "whatsapp_business": True}
FACTS["second_factor"] = "free"
FOUND = Prepared(insert(Agency))
READ = Prepared(
    select(Agency.name, Agency.whatsapp_business, Agency.created_at, Agency.ats_url_template).where(
        Agency.created_at == bindparam("at", type_=UtcDateTime())
    )
)

pytestmark = pytest.mark.usefixtures("session")


def found(at: datetime = AT) -> None:
    FOUND.run(FACTS | {"created_at": at})


def agencies() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Agency))


def test_values_come_back_as_the_columns_have_them() -> None:
    found(AT.astimezone(timezone(timedelta(hours=2))))
    assert READ.run({"at": AT}) == [("Vaste Band", True, AT, None)]
    assert READ.run({"at": AT + timedelta(microseconds=1)}) == []


def test_a_savepoint_takes_it_back() -> None:
    READ.run({"at": AT})
    with db.session.begin_nested() as savepoint:
        found()
        savepoint.rollback()
    assert agencies() == 0


def test_several_at_once_answer_nothing() -> None:
    FOUND.many([])
    FOUND.many([FACTS | {"id": number, "created_at": AT} for number in (1, 2)])
    assert agencies() == 2


def test_whoever_counts_statements_hears_it() -> None:
    with counted() as statements:
        READ.run({"at": AT})
    assert [each.split()[0] for each in statements] == ["SELECT"]


def test_what_the_driver_raises_is_known() -> None:
    found()
    with pytest.raises(IntegrityError):
        found()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises((ValueError, StatementError), match="time zone"):
        READ.run({"at": AT.replace(tzinfo=None)})
