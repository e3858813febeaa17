"""A list is kept for a minute, and at most as long as it holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from app.db import db
from app.domain.actions import action, claim, kept_list
from app.domain.actions.outcome import Outcome
from app.domain.candidates import consent
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel, IdentityState
from tests.domain.scoring.pool_scene import DAY, NOW, Pool

LATER = NOW + timedelta(seconds=59)


@pytest.fixture
def pool(session: None) -> Pool:
    pool = Pool()
    for number in range(12):
        pool.add(f"Kandidaat {number}", at=NOW - (number + 1) * DAY)
    return pool


def shown(pool: Pool, now: object = NOW) -> list[str]:
    return [each.candidate.name for each in kept_list.for_person(pool.people.sanne, now).rows]  # type: ignore[arg-type]


def newcomer(pool: Pool) -> None:
    """Whom a list that is kept does not know, and a new one shows first."""
    pool.add("Nieuw", promise_due_at=NOW - 2 * DAY)


def test_a_list_is_kept_for_a_minute(pool: Pool) -> None:
    before = shown(pool)
    newcomer(pool)
    assert shown(pool, LATER) == before
    assert shown(pool, NOW + timedelta(minutes=1))[0] == "Nieuw"


def test_it_is_found_again_with_one_question(pool: Pool) -> None:
    kept = kept_list.for_person(pool.people.sanne, NOW)
    asked: list[object] = []
    event.listen(db.engine, "before_cursor_execute", lambda *each: asked.append(each))
    found = kept_list.for_person(pool.people.sanne, LATER)
    assert (found, len(asked)) == (kept, 1)
    assert found.waiting == kept.waiting
    assert len(asked) == 1


def test_logging_and_undoing_rank_anew(pool: Pool) -> None:
    beyond = pool.add("Achteraan", last_attempt_at=NOW - 4 * DAY)
    assert "Achteraan" not in shown(pool)
    newcomer(pool)
    logged = action.log(pool.people.sanne, beyond, Outcome.NO_ANSWER, at=NOW, now=NOW)
    assert "Nieuw" in shown(pool)
    pool.add("Nog een", promise_due_at=NOW - 3 * DAY)
    action.undo(pool.people.sanne, logged.action_id, NOW)
    assert "Nog een" in shown(pool)


def claimed(pool: Pool, candidate_id: int) -> None:
    claim.take(pool.people.bram, candidate_id, NOW)


def paused(_pool: Pool, candidate_id: int) -> None:
    db.session.execute(update(ContactState).where(ContactState.candidate_id == candidate_id).values(paused_until=LATER))


def withdrawn(_pool: Pool, candidate_id: int) -> None:
    consent.withdraw(candidate_id, ConsentPurpose.CONTACT, via="recruiter", by_id=None, now=NOW)


def unreachable(pool: Pool, candidate_id: int) -> None:
    row = kept_list.for_person(pool.people.sanne, NOW).rows[0].candidate
    assert row.id == candidate_id
    pool.reach(row, Channel.PHONE, "0612345678", IdentityState.OPTED_OUT)


@pytest.mark.parametrize("happens", [claimed, paused, withdrawn, unreachable])
def test_whoever_may_not_be_contacted_any_more_is_gone_at_once(
    pool: Pool, happens: Callable[[Pool, int], None]
) -> None:
    first = kept_list.for_person(pool.people.sanne, NOW).rows[0].candidate
    happens(pool, first.id)
    assert first.name not in shown(pool)


def test_before_the_agency_opens_it_holds_until_then(pool: Pool) -> None:
    early = NOW.replace(hour=7, minute=59, second=30)
    assert kept_list.for_person(pool.people.sanne, early).opens_at
    assert kept_list.for_person(pool.people.sanne, early + timedelta(seconds=31)).opens_at is None


def test_what_is_being_written_is_not_kept(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(db.session.connection()), "get_execution_options", lambda _self: {"write": True})
    shown(pool)
    newcomer(pool)
    assert shown(pool)[0] == "Nieuw"
