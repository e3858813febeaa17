"""By whose hours, days and rhythm a pool is ranked: the agency's, the candidate's own, and who answers when."""

from datetime import UTC, date, datetime

import pytest

from app.domain.agency.agency import the_agency
from app.domain.candidates import preference
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Channel
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.program import absence, cadence
from app.domain.program.program import the_program
from app.domain.scoring import agency_calendar, capacity, contact_next
from app.domain.scoring.contact_next import NextUp
from tests.domain.scoring.pool_scene import DAY, HOUR, NOW, Pool


@pytest.fixture
def pool(session: None) -> Pool:
    return Pool()


def wish(row: Candidate, **facts: object) -> None:
    said = Wish(channels=(Channel.PHONE,), **facts)  # type: ignore[arg-type] # any fact of a wish
    preference.prefer(row.id, said, said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)


def why(pool: Pool, row: Candidate, now: datetime = NOW) -> NextUp:
    found = contact_next.why(pool.people.sanne, row.id, now)
    assert found
    return found


def component(found: NextUp, name: str) -> int:
    return sum(one.hundredths for one in found.ranked.contributions if one.component == name)


def test_a_closure_is_no_day_to_call(pool: Pool) -> None:
    absence.record(None, NOW.date(), NOW.date(), by_id=None, now=NOW)
    opens_at = contact_next.for_person(pool.people.sanne, NOW).opens_at
    assert opens_at == datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_the_agency_works_by_its_own_hours(pool: Pool) -> None:
    agency = the_agency()
    assert agency
    agency.opens = 12 * 60
    assert contact_next.for_person(pool.people.sanne, NOW).opens_at == NOW + HOUR


def test_the_rhythm_of_the_program_counts_and_before_it_the_candidates_own(pool: Pool) -> None:
    program, sanne = the_program(), pool.people.sanne
    assert program
    usual, own = pool.add(at=NOW - 7 * DAY), pool.add(at=NOW - 7 * DAY, cadence_days=100)
    assert component(why(pool, usual), "cadence") == 0
    cadence.set_rule(program.id, "engage", 7, sanne.id, NOW)
    assert component(why(pool, usual), "cadence") == 500
    assert component(why(pool, own), "cadence") == 0


@pytest.mark.parametrize(
    ("days", "hours", "opens"),
    [
        ("", (9 * 60, 17 * 60), None),
        ("3", (None, None), None),
        ("", (13 * 60, 17 * 60), datetime(2026, 3, 4, 12, tzinfo=UTC)),
        ("24", (18 * 60, 20 * 60), datetime(2026, 3, 5, 17, tzinfo=UTC)),
    ],
)
def test_whoever_gave_hours_is_called_within_them(
    pool: Pool, days: str, hours: tuple[int | None, int | None], opens: datetime | None
) -> None:
    row = pool.add()
    wish(row, days=days, from_minute=hours[0], until_minute=hours[1])
    found = why(pool, row)
    assert (found.ranked.gate and found.ranked.gate.reason) == (opens and "channel_closed")
    assert found.again_from == opens


def test_hours_that_were_taken_back_close_nothing(pool: Pool) -> None:
    row = pool.add()
    wish(row, days="5")
    wish(row)
    assert why(pool, row).ranked.gate is None


def test_reach_is_that_of_the_preferred_channel_at_this_part_of_the_day(pool: Pool) -> None:
    counts = {"phone:morning": [4, 4], "phone:evening": [0, 4], "email:morning": [0, 8]}
    by_phone, by_any = pool.add(attempts=16, answers=4, reach=counts), pool.add(attempts=16, answers=4, reach=counts)
    wish(by_phone)
    assert component(why(pool, by_phone), "reach") == 250
    assert component(why(pool, by_any), "reach") == 42
    assert component(why(pool, by_phone, NOW + 7 * HOUR), "reach") < 0


def test_a_colleagues_pool_is_ranked_as_ones_own(pool: Pool) -> None:
    row = pool.add(owner=pool.people.bram)
    found = contact_next.for_person(pool.people.sanne, NOW, owner_id=pool.people.bram.id)
    assert [one.candidate.id for one in found.rows] == [row.id]
    assert (found.listing.owner_id, found.listing.pool_size) == (pool.people.bram.id, 1)


def test_a_card_keeps_its_figures_and_has_the_gate_of_now(pool: Pool) -> None:
    row = pool.add(promise_due_at=NOW - DAY, promise_id=1)
    sanne, shown = pool.people.sanne, why(pool, row)
    card = contact_next.card_of(sanne, row.id, shown.ranked, NOW + DAY)
    assert (card.ranked.contributions, card.ranked.gate) == (shown.ranked.contributions, None)
    other = pool.add(do_not_contact_at=NOW)
    assert contact_next.card_of(sanne, other.id, shown.ranked, NOW).ranked.gate == contact_next.gate_now(
        sanne, other.id, NOW
    )
    assert contact_next.card_of(sanne, row.id, None, NOW) == shown


def test_hot_is_who_did_something_since_behind_an_open_gate(pool: Pool) -> None:
    sanne, since = pool.people.sanne, NOW - HOUR
    hot = pool.add(trigger="form", trigger_at=NOW - HOUR / 2)
    pool.add("Vroeger", trigger="form", trigger_at=NOW - 2 * HOUR)
    pool.add("Gepauzeerd", trigger="form", trigger_at=NOW - HOUR / 2, paused_until=NOW + DAY)
    assert [one.candidate.id for one in contact_next.hot_for(sanne, sanne.id, since, NOW)] == [hot.id]


def test_a_week_asks_for_whom_something_is_due_before_it_ends(pool: Pool) -> None:
    for days, promised in ((13, None), (3, None), (3, NOW + 2 * DAY)):
        pool.add(at=NOW - days * DAY, promise_due_at=promised)
    pool.add(at=NOW - 20 * DAY, paused_until=NOW + 30 * DAY)
    pool.add(at=NOW - 20 * DAY, paused_until=NOW + DAY)
    assert capacity.of(pool.people.sanne, NOW, 45) == (3, 10, datetime(2026, 3, 8, 23, tzinfo=UTC))


def test_the_calendar_reaches_from_the_year_before_to_the_year_after(pool: Pool) -> None:
    found = agency_calendar.calendar_at(NOW)
    assert {date(2025, 12, 25), date(2027, 1, 1)} <= found.closures
