"""What a candidate wishes: per purpose, the newest counts, everything is kept with who said it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.preference import PURPOSES, ChannelPreference, Purpose, SaidBy, Wish
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
WHOLE = Wish(
    channels=(Channel.WHATSAPP, Channel.EMAIL),
    days="135",
    from_minute=18 * 60,
    until_minute=20 * 60,
    language="pl",
    no_voicemail=True,
    arrangement="together",
    note="Na het eten.",
)


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    return make.candidate("Jan", owner=people.sanne)


def say(row: Candidate, wish: Wish, purpose: str = Purpose.CONTACT, days: int = 0) -> ChannelPreference:
    now = NOW + timedelta(days=days)
    return preference.prefer(row.id, wish, purpose=purpose, said_by=SaidBy.CANDIDATE, by_id=None, now=now)


def test_a_wish_comes_back_as_it_was_said(jan: Candidate) -> None:
    assert preference.wish_of(say(jan, WHOLE)) == WHOLE


def test_a_wish_names_a_channel() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Wish(())


def test_a_channel_is_named_once(jan: Candidate) -> None:
    row = say(jan, Wish((Channel.SMS, Channel.PHONE, Channel.SMS)))
    assert (row.channel, row.channels) == (Channel.SMS, ["sms", "phone"])


def test_of_a_file_only_the_channel_is_known(jan: Candidate) -> None:
    row = say(jan, Wish((Channel.SMS,)))
    row.channels = []
    assert preference.wish_of(row) == Wish((Channel.SMS,))


def test_the_newest_counts_for_each_purpose(jan: Candidate) -> None:
    for purpose in PURPOSES[:2]:
        say(jan, Wish((Channel.PHONE,)), purpose)
        say(jan, WHOLE, purpose, days=1)
    found = preference.current(jan.id)
    assert {purpose: preference.wish_of(row) for purpose, row in found.items()} == dict.fromkeys(PURPOSES[:2], WHOLE)


def test_nothing_was_said_yet(jan: Candidate) -> None:
    say(make.candidate("Els"), WHOLE)
    assert (preference.current(jan.id), preference.preferred(jan.id)) == ({}, None)


def test_everything_is_kept_newest_first(jan: Candidate) -> None:
    say(jan, Wish((Channel.PHONE,)))
    say(jan, replace(WHOLE, note=""), Purpose.FORMS, days=1)
    assert [row.purpose for row in preference.history_of(jan.id)] == ["forms", "contact"]
    assert [row.channel for row in preference.preferences_of(jan.id)] == [Channel.PHONE]


def test_a_preference_is_for_one_purpose(jan: Candidate) -> None:
    say(jan, Wish((Channel.EMAIL,)), Purpose.PLANNING)
    assert identity.preferred(jan.id) is None
    assert identity.preferred(jan.id, "planning") == Channel.EMAIL


def test_who_wrote_it_down(people: People, jan: Candidate) -> None:
    said = {"said_by": SaidBy.RECRUITER, "now": NOW}
    rows = [preference.prefer(jan.id, WHOLE, by_id=by, **said) for by in (people.sanne.id, None)]  # type: ignore[arg-type]
    assert preference.recorders(rows) == {people.sanne.id: "Sanne de Vries"}
    assert preference.recorders([rows[1]]) == {}
