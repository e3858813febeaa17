"""A night of the retention clock: who is told, in time and once; who is anonymised; and what starts a clock again."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.response import take_in
from app.domain.candidates import consent, contact_flags, identity, question, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Retention, Stage
from app.domain.candidates.candidate_mail import RENEWAL, Sender
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.link import CandidateLink
from app.domain.candidates.privacy_terms import in_force
from app.domain.custody import retention_run
from app.domain.custody.retention_run import Ending, carry_out, due, look
from app.domain.journey.touchpoint import Hit
from app.domain.notices.outbox import OutboxRow
from tests import make

NOW = datetime(2026, 3, 4, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SENDER = Sender("Vaste Band", "Voorbeeld", "voorbeeld.nl", lambda purpose, token: f"https://x/{purpose}/{token}")


def someone(days_left: float, *, mail: bool = True, stage: Stage = Stage.ENGAGE) -> Candidate:
    """A registered candidate whose two years are nearly over."""
    row = make.candidate(stage=stage, at=NOW + days_left * DAY - 730 * DAY)
    row.keep_until = NOW + days_left * DAY
    if mail:
        identity.add(row, Channel.EMAIL, f"{row.id}@voorbeeld.nl", NOW)
    db.session.flush()
    return row


def night(now: datetime = NOW) -> Counter[str]:
    total = Counter[str]()
    for ids in retention_run.portions():
        total += carry_out(ids, now, SENDER)
    return total


def mails() -> list[str]:
    return list(db.session.scalars(select(OutboxRow.recipient).where(OutboxRow.kind == RENEWAL)))


@pytest.mark.parametrize(("days_left", "told"), [(61, 0), (60, 1), (30, 1), (7, 1), (1, 1)])
def test_who_ends_soon_is_told(session: None, days_left: int, told: int) -> None:
    someone(days_left)
    assert night()["mailed"] == len(mails()) == told


def test_each_warning_is_sent_once(session: None) -> None:
    someone(60)
    sent = [day for day in range(60) if night(NOW + day * DAY)["mailed"]]
    assert sent == [0, 39, 53]


def test_the_last_warning_goes_out_while_a_question_is_open(session: None) -> None:
    for days_left in (60, 7):
        question.ask(someone(days_left).id, "preference", channel=None, by_id=None, now=NOW)
    night()
    assert len(mails()) == 1


def test_who_cannot_be_mailed_is_left_to_the_owner(session: None) -> None:
    silent, refused = someone(7, mail=False), someone(7)
    contact_flags.refused(refused.id, NOW)
    assert night()["mailed"] == 0
    assert silent.keep_until == NOW + 7 * DAY


def test_a_link_that_a_colleague_sent_is_no_warning(session: None) -> None:
    row = someone(7)
    night()
    db.session.execute(CandidateLink.__table__.update().values(made_by_id=make.person("Sanne").id))  # type: ignore[attr-defined] # a table
    assert look([row.id], NOW).near
    assert retention_run.to_warn(look([row.id], NOW).near, NOW)


def test_whose_end_has_come_is_anonymised(session: None) -> None:
    gone, stays = someone(0), someone(1)
    counts = night()
    assert (counts["anonymised"], counts["anonymised:registered"]) == (1, 1)
    assert db.session.get_one(Candidate, gone.id).anonymised_at == NOW
    assert db.session.get_one(Candidate, stays.id).anonymised_at is None


def test_who_did_something_is_kept_and_not_told(session: None) -> None:
    row = someone(0)
    take_in(Hit(row.id, "survey_answered", NOW - DAY, "test", "1"), NOW)
    counts = night()
    assert (counts["anonymised"], counts["mailed"], counts["moved"]) == (0, 0, 1)
    assert db.session.get_one(Candidate, row.id).keep_until == NOW + 729 * DAY


@pytest.mark.parametrize("kind", ["mail_open", "mail_click", "site_visit", "job_view"])
def test_looking_around_starts_nothing(session: None, kind: str) -> None:
    row = someone(0)
    take_in(Hit(row.id, kind, NOW - DAY, "test", "1"), NOW)
    assert night()["anonymised"] == 1


def test_what_a_machine_did_starts_nothing(session: None) -> None:
    row = someone(30)
    take_in(Hit(row.id, "survey_answered", NOW - DAY, "test", "1", verdict="machine"), NOW)
    assert retention_run.acts_of([row.id]) == {}


def test_who_only_applied_ends_after_four_weeks_with_two_warnings(session: None) -> None:
    row = someone(730, stage=Stage.ATTRACT)
    take_in(Hit(row.id, "application_completed", NOW, "test", "1"), NOW)
    sent = [day for day in range(28) if night(NOW + day * DAY)["mailed"]]
    assert (sent, row.retention) == ([7, 21], Retention.APPLICANT)
    assert night(NOW + 28 * DAY)["anonymised:applicant"] == 1


def test_consent_keeps_somebody_a_year_longer(session: None) -> None:
    row = someone(1)
    consent.give(row.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=NOW)
    assert night()["near"] == 0
    assert (row.retention, row.keep_until) == (Retention.POOL, NOW + 365 * DAY)


def test_who_has_no_clock_gets_one(session: None) -> None:
    row = make.candidate(at=NOW - 5000 * DAY)
    assert night()["moved"] == 1
    assert row.keep_until == NOW + retention.NOTICE


def test_a_rehearsal_changes_nothing(session: None) -> None:
    row = someone(0)
    found = look([row.id], NOW)
    assert found.over == [Ending(row.id, Retention.REGISTERED, NOW)]
    assert db.session.get_one(Candidate, row.id).anonymised_at is None


def test_the_clock_of_one_follows_the_journey(session: None) -> None:
    row = someone(30)
    take_in(Hit(row.id, "event_attended", NOW - DAY, "test", "1"), NOW)
    retention_run.carry_out([row.id], NOW, None)
    assert (row.acted_at, row.keep_until) == (NOW - DAY, NOW + 729 * DAY)


def test_a_pool_comes_in_portions(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [make.candidate().id for _ in range(5)]
    monkeypatch.setattr(retention_run, "PORTION", 2)
    assert list(retention_run.portions()) == [ids[:2], ids[2:4], ids[4:]]


def test_a_night_is_kept(session: None) -> None:
    row = retention_run.record(Counter(moved=3), NOW)
    assert list(retention_run.latest()) == [row]
    assert row.counts == {"moved": 3}


def test_a_short_consent_is_warned_of_as_far_as_it_allows(session: None) -> None:
    ending = Ending(1, Retention.POOL, NOW + 30 * DAY)
    assert due(ending, in_force(), NOW) == 60
