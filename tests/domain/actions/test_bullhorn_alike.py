"""What could not be placed is told once for each reason, and put away together."""

import pytest

from app.db import db
from app.domain.actions.bullhorn import alike, record, unplaced
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import KEPT, BullhornRecord, Entity
from app.domain.actions.bullhorn.unplaced import SHOWN
from tests.jobs.desk import MINUTE, TUESDAY

pytestmark = pytest.mark.usefixtures("session")


def left_out(
    number: int, reason: Reason, name: str = "", who: str = "", *, entity: Entity = Entity.NOTE
) -> BullhornRecord:
    row = record.hold(entity, number, TUESDAY + number * MINUTE)
    record.left_out(row, reason, name=name, who=who)
    return row


def listed(number: int = 1) -> list[tuple[int, int]]:
    """The newest of each reason, and how many share it."""
    db.session.flush()
    return [(each.newest.number, each.times) for each in alike.listed(TUESDAY, number).rows]


def alike_to(row: BullhornRecord) -> list[int]:
    db.session.flush()
    return [each.number for each in alike.to_one(row.id, TUESDAY).rows]


def test_a_flood_is_told_once() -> None:
    rows = [left_out(number, Reason.TOO_OLD, f"name {number}", "a@x.nl") for number in range(1, 2 * SHOWN)]
    placement = left_out(99, Reason.TOO_OLD, entity=Entity.PLACEMENT)
    assert listed() == [(99, len(rows) + 1)]
    page = alike.to_one(placement.id, TUESDAY, 2)
    assert (page.total, page.last, page.number, len(page.rows)) == (len(rows) + 1, 2, 2, SHOWN)
    assert unplaced.how_many(TUESDAY) == len(rows) + 1


def test_each_colleague_who_is_missing_is_told_of() -> None:
    first = left_out(1, Reason.UNKNOWN_RECRUITER, "Email", "weg@elders.nl")
    left_out(2, Reason.UNKNOWN_RECRUITER, "Call", "Weg@Elders.nl")
    left_out(3, Reason.UNKNOWN_RECRUITER, "Call", "ook.weg@elders.nl")
    left_out(4, Reason.UNKNOWN_RECRUITER, "Call")
    assert listed() == [(4, 1), (3, 1), (2, 2)]
    assert alike_to(first) == [2, 1]


def test_each_name_that_is_not_logged_is_told_of() -> None:
    left_out(1, Reason.UNKNOWN_KIND, "Één-op-één", "a@x.nl")
    left_out(2, Reason.UNKNOWN_KIND, "één-op-ÉÉN", "b@x.nl")
    left_out(3, Reason.UNKNOWN_KIND, "Lunch")
    assert listed() == [(3, 1), (2, 2)]


def test_what_is_asked_for_still_is_told_apart_from_what_was_given_up() -> None:
    for number in (1, 2):
        record.postponed(left_out(number, Reason.FAULT), Reason.FAULT, TUESDAY)
    given_up = left_out(3, Reason.FAULT)
    given_up.tries = 29
    left_out(4, Reason.FAULT)
    assert listed() == [(4, 1), (3, 1), (2, 2)]


def test_what_waits_for_its_candidate_is_one_reason_whether_it_is_looked_at_again() -> None:
    record.later(left_out(1, Reason.UNKNOWN_CANDIDATE), 0, TUESDAY)
    left_out(2, Reason.UNKNOWN_CANDIDATE)
    assert listed() == [(2, 2)]


def test_all_of_one_reason_are_put_away_and_no_other() -> None:
    gone = [left_out(number, Reason.UNKNOWN_RECRUITER, who="weg@elders.nl") for number in (1, 2, 3)]
    left_out(4, Reason.UNKNOWN_RECRUITER, who="ook.weg@elders.nl")
    left_out(5, Reason.DELETED)
    db.session.flush()
    assert alike.put_away(gone[0].id, Reason.UNKNOWN_RECRUITER, TUESDAY) == len(gone)
    assert (listed(), alike_to(gone[0])) == ([(4, 1)], [])
    assert alike.put_away(gone[0].id, Reason.UNKNOWN_RECRUITER, TUESDAY) == 0


def test_each_comes_back_only_for_another_reason() -> None:
    gone = [left_out(number, Reason.UNKNOWN_RECRUITER, who="weg@elders.nl") for number in (1, 2)]
    db.session.flush()
    alike.put_away(gone[0].id, Reason.UNKNOWN_RECRUITER, TUESDAY)
    left_out(1, Reason.UNKNOWN_RECRUITER, who="weg@elders.nl")
    left_out(2, Reason.NOT_THEIRS)
    assert listed() == [(2, 1)]


def test_nobody_puts_away_what_they_did_not_see() -> None:
    row = left_out(1, Reason.UNKNOWN_RECRUITER, who="weg@elders.nl")
    left_out(2, Reason.NOT_THEIRS)
    left_out(1, Reason.NOT_THEIRS)
    db.session.flush()
    assert alike.put_away(row.id, Reason.UNKNOWN_RECRUITER, TUESDAY) is None
    assert alike.put_away(row.id + 1_000, Reason.NOT_THEIRS, TUESDAY) is None
    assert listed() == [(2, 2)]


def test_one_that_was_placed_has_no_reason() -> None:
    row = left_out(1, Reason.NOT_THEIRS)
    db.session.flush()
    assert alike.one(row.id) is row
    record.took_effect(row)
    db.session.flush()
    assert alike.one(row.id) is None


def test_reasons_stand_on_pages_and_for_a_month() -> None:
    for number in range(1, SHOWN + 2):
        left_out(number, Reason.UNKNOWN_RECRUITER, who=f"{number}@elders.nl")
    assert (len(listed()), listed(2), listed(9)) == (SHOWN, [(1, 1)], [(1, 1)])
    assert alike.listed(TUESDAY + KEPT + 2 * SHOWN * MINUTE).rows == []
