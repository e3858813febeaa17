"""The retention clock: its categories, what starts it again, and that it never runs out unannounced."""

from datetime import UTC, datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates import consent, privacy_terms, retention
from app.domain.candidates.candidate import Candidate, Retention, Stage
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.privacy_terms import Terms
from app.domain.candidates.retention import Acts
from app.domain.candidates.stage_move import StageMove
from tests import make

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def clock_of(row: Candidate) -> tuple[Retention, datetime | None]:
    db.session.refresh(row)
    return Retention(row.retention), row.keep_until


def begun(stage: Stage = Stage.ENGAGE, at: datetime = NOW) -> Candidate:
    row = make.candidate(stage=stage, at=at)
    retention.begin(row.id, NOW)
    return row


def agree(row: Candidate, at: datetime = NOW, until: datetime | None = None) -> None:
    consent.give(row.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=at, until=until)
    retention.reckon(row.id, at)


def test_who_is_registered_is_kept_two_years(session: None) -> None:
    assert clock_of(begun()) == (Retention.REGISTERED, NOW + 730 * DAY)


def test_who_agreed_is_kept_a_year(session: None) -> None:
    row = begun()
    agree(row, NOW + DAY)
    assert clock_of(row) == (Retention.POOL, NOW + 366 * DAY)


def test_a_consent_with_a_last_day_ends_then(session: None) -> None:
    row = begun()
    agree(row, until=NOW + 90 * DAY)
    assert clock_of(row) == (Retention.POOL, NOW + 90 * DAY)


def test_an_own_act_after_the_consent_starts_its_time_again(session: None) -> None:
    row = begun()
    agree(row, until=NOW + 90 * DAY)
    retention.restart(row.id, NOW + DAY)
    assert clock_of(row) == (Retention.POOL, NOW + 366 * DAY)


def test_who_takes_consent_back_is_kept_as_an_applicant(session: None) -> None:
    row = begun()
    agree(row)
    consent.withdraw(row.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=NOW + DAY)
    retention.reckon(row.id, NOW + DAY)
    assert clock_of(row) == (Retention.APPLICANT, NOW + 29 * DAY)


def test_who_only_applied_is_kept_four_weeks(session: None) -> None:
    row = begun(Stage.ATTRACT)
    retention.reckon_many([row.id], NOW, {row.id: Acts(NOW, applied=True)})
    assert clock_of(row) == (Retention.APPLICANT, NOW + 28 * DAY)


def test_an_applicant_stays_one_when_only_their_own_act_is_known(session: None) -> None:
    row = begun(Stage.ATTRACT)
    retention.reckon_many([row.id], NOW, {row.id: Acts(NOW, applied=True)})
    retention.restart(row.id, NOW + DAY)
    assert clock_of(row) == (Retention.APPLICANT, NOW + 29 * DAY)


def test_an_applicant_who_comes_further_is_registered(session: None) -> None:
    row = begun(Stage.ENGAGE)
    retention.reckon_many([row.id], NOW, {row.id: Acts(NOW, applied=True)})
    assert clock_of(row)[0] == Retention.REGISTERED


def test_who_works_for_us_is_kept_for_the_tax_office(session: None) -> None:
    make.agency()
    assert clock_of(begun(Stage.CONVERT)) == (Retention.PLACED, datetime(2033, 12, 31, 23, tzinfo=UTC))


def test_those_years_count_from_the_end_of_the_work(session: None) -> None:
    make.agency()
    row = make.candidate(stage=Stage.REDEPLOY, at=NOW - 900 * DAY)
    db.session.add(StageMove(candidate_id=row.id, to_stage=Stage.REDEPLOY, moved_at=NOW - 400 * DAY))
    db.session.flush()
    retention.begin(row.id, NOW)
    assert clock_of(row) == (Retention.PLACED, datetime(2032, 12, 31, 23, tzinfo=UTC))


@pytest.mark.parametrize("act", ["restart", "inbound"])
def test_the_candidates_own_act_starts_the_clock_again(session: None, act: str) -> None:
    row, at = begun(at=NOW - 100 * DAY), NOW + DAY
    if act == "restart":
        retention.restart(row.id, at)
    else:
        db.session.get_one(ContactState, row.id).last_inbound_at = at
        retention.reckon(row.id, at)
    assert clock_of(row)[1] == at + 730 * DAY


def test_an_own_act_is_remembered(session: None) -> None:
    row = begun()
    retention.restart(row.id, NOW + DAY)
    agree(row, NOW - 30 * DAY)
    assert clock_of(row)[1] == NOW + 366 * DAY


def test_what_we_do_does_not_start_the_clock_again(session: None) -> None:
    row = begun()
    state = db.session.get_one(ContactState, row.id)
    state.last_attempt_at = state.last_two_way_at = NOW + DAY
    db.session.flush()
    retention.reckon(row.id, NOW + DAY)
    assert clock_of(row)[1] == NOW + 730 * DAY


def test_an_end_that_comes_nearer_leaves_time_for_a_warning(session: None) -> None:
    row = begun(at=NOW - 700 * DAY)
    privacy_terms.publish(Terms(registered_days=100), by_id=None, now=NOW)
    for night in range(3):
        retention.reckon(row.id, NOW + night * DAY)
    assert clock_of(row)[1] == NOW + 21 * DAY


def test_who_was_brought_long_ago_is_not_gone_at_once(session: None) -> None:
    assert clock_of(begun(at=NOW - 4000 * DAY))[1] == NOW + 21 * DAY


def test_an_end_that_was_near_already_stays(session: None) -> None:
    row = begun(at=NOW - 725 * DAY)
    row.keep_until = NOW + 5 * DAY
    db.session.flush()
    retention.reckon(row.id, NOW)
    assert clock_of(row)[1] == NOW + 5 * DAY


def test_only_what_changes_is_counted(session: None) -> None:
    row = begun()
    assert retention.reckon_many([row.id], NOW) == 0
    assert retention.reckon_many([row.id], NOW, {row.id: Acts(NOW + DAY)}) == 1


def test_who_was_merged_or_anonymised_has_no_clock(session: None) -> None:
    row = make.candidate()
    row.anonymised_at = NOW
    db.session.flush()
    retention.begin_many([row.id], NOW)
    assert clock_of(row)[1] is None
