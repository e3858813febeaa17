"""What could not be placed is listed until it is, until somebody put it away, or for thirty days."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import record, unplaced
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import KEPT, BullhornRecord, Entity
from app.domain.actions.bullhorn.unplaced import SHOWN
from tests.jobs.desk import TUESDAY

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("session")


def left_out(number: int, reason: Reason, *, name: str = "", who: str = "", job: int | None = None) -> BullhornRecord:
    row = record.hold(Entity.PLACEMENT, number, TUESDAY)
    record.left_out(row, reason, name=name, who=who)
    row.job = job
    return row


def numbers(pages: Iterable[int] = (1,)) -> list[int]:
    return [row.number for page in pages for row in unplaced.listed(TUESDAY, page).rows]


def test_the_oldest_stand_on_the_last_page() -> None:
    for number in range(2 * SHOWN + 1):
        left_out(number + 1, Reason.GONE_THERE)
    page = unplaced.listed(TUESDAY)
    assert (page.total, page.last, len(page.rows), numbers([3])) == (2 * SHOWN + 1, 3, SHOWN, [1])
    assert numbers(range(1, 4)) == list(range(2 * SHOWN + 1, 0, -1))


def test_what_was_put_away_is_listed_no_more() -> None:
    first, second = left_out(1, Reason.CALLED_OFF, job=31), left_out(2, Reason.TOLD_HERE, job=32)
    assert unplaced.put_away(first.id, TUESDAY) is first
    assert (numbers(), unplaced.put_away(first.id + second.id, TUESDAY)) == ([2], None)


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        ((Reason.CALLED_OFF, "Cancelled", ""), False),
        ((Reason.CALLED_OFF, "Terminated", ""), True),
        ((Reason.TOLD_HERE, "Cancelled", ""), True),
        ((Reason.CALLED_OFF, "Cancelled", "somebody@elders.nl"), True),
    ],
)
def test_it_is_listed_again_only_for_another_reason(why: tuple[Reason, str, str], shown: bool) -> None:
    row = left_out(1, Reason.CALLED_OFF, name="Cancelled", job=31)
    unplaced.put_away(row.id, TUESDAY)
    left_out(1, why[0], name=why[1], who=why[2], job=31)
    assert numbers() == ([1] if shown else [])


def test_trying_in_vain_does_not_bring_it_back() -> None:
    row = left_out(1, Reason.FAULT)
    unplaced.put_away(row.id, TUESDAY)
    record.postponed(record.hold(Entity.PLACEMENT, 1, TUESDAY), Reason.FAULT, TUESDAY)
    assert numbers() == []


def test_after_thirty_days_it_is_listed_no_more_though_it_is_remembered() -> None:
    left_out(1, Reason.CALLED_OFF, job=31)
    assert len(unplaced.listed(TUESDAY + KEPT - DAY).rows) == 1
    assert unplaced.listed(TUESDAY + KEPT).rows == []
    assert record.forget(TUESDAY + DAY) == 0


def test_what_is_remembered_tells_no_more_who_wrote_it_nor_whom_it_waits_for() -> None:
    placed = left_out(1, Reason.UNKNOWN_RECRUITER, who="weg@elders.nl", job=31)
    again, gone = left_out(2, Reason.UNKNOWN_CANDIDATE), left_out(3, Reason.UNKNOWN_CANDIDATE, who="weg@elders.nl")
    again.revision, again.about, gone.about = 1, 501, 502
    assert record.forget(TUESDAY + DAY) == 1
    db.session.expire_all()
    rows = db.session.scalars(select(BullhornRecord).order_by(BullhornRecord.number)).all()
    assert [(row.number, row.who, row.about) for row in rows] == [(1, "", None), (2, "", None)]
    assert (placed.job, again.revision) == (31, 1)
