"""The ledger of consent: the newest word counts, and nothing that was written is changed."""

from datetime import UTC, datetime, timedelta

from app.domain.candidates import consent
from app.domain.candidates.consent import Consent, ConsentPurpose, Via
from tests import make

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def say(candidate_id: int, *, given: bool = True, at: datetime = NOW, channel: str | None = None) -> Consent:
    command = consent.give if given else consent.withdraw
    return command(candidate_id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=at, channel=channel)


def test_nobody_asked_is_nothing_known(session: None) -> None:
    assert consent.current(make.candidate().id) == {}


def test_the_newest_word_counts(session: None) -> None:
    who = make.candidate().id
    say(who)
    last = say(who, given=False, at=NOW + DAY)
    assert consent.current(who) == {(ConsentPurpose.POOL, None): last}


def test_a_channel_is_a_word_of_its_own(session: None) -> None:
    who = make.candidate().id
    pool, mail = say(who), say(who, given=False, channel="email")
    assert consent.current(who) == {(ConsentPurpose.POOL, None): pool, (ConsentPurpose.POOL, "email"): mail}


def test_the_ledger_keeps_every_word(session: None) -> None:
    who = make.candidate().id
    rows = [say(who), say(who, given=False)]
    assert list(consent.ledger_of(who)) == rows[::-1]


def test_many_are_asked_at_once(session: None) -> None:
    one, other, third = (make.candidate().id for _ in range(3))
    say(one)
    say(other)
    assert set(consent.current_of([one, other, third])) == {one, other}


def test_consent_stands_until_its_own_day(session: None) -> None:
    who = make.candidate().id
    row = consent.give(who, ConsentPurpose.POOL, via=Via.IMPORT, by_id=None, now=NOW, until=NOW + DAY)
    assert row.stands(NOW)
    assert not row.stands(NOW + DAY)


def test_what_was_withdrawn_does_not_stand(session: None) -> None:
    assert not say(make.candidate().id, given=False).stands(NOW)
