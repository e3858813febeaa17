"""When to ask anew how somebody wants to be reached."""

from datetime import datetime, timedelta

import pytest

from app.db import db
from app.domain.actions import action, asking
from app.domain.actions.asking import OLD_AFTER, Reason, Why
from app.domain.actions.outcome import Outcome
from app.domain.candidates import preference, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Facts, Stage, add, move
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.candidates.standing import standing_of
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
DAY = timedelta(days=1)
SAID = make.START
NOW = SAID + 30 * DAY


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    row = make.candidate("Jan", owner=people.sanne)
    preference.prefer(row.id, Wish((Channel.PHONE,)), said_by=SaidBy.CANDIDATE, by_id=None, now=SAID)
    return row


def replies(people: People, row: Candidate, *channels: Channel, since: datetime = SAID) -> datetime:
    """Replies a day apart; when the last one came."""
    for number, channel in enumerate(channels, 1):
        at = since + number * DAY
        action.log(people.sanne, row, Outcome.REPLIED, at=at, now=at, channel=channel)
    return since + len(channels) * DAY


def why_ask(row: Candidate, now: datetime) -> Reason | None:
    return asking.why_ask(standing_of(row.id, now), now)


def test_what_was_said_lately_stands(jan: Candidate) -> None:
    assert why_ask(jan, NOW) is None


def test_who_was_never_asked(people: People) -> None:
    assert why_ask(make.candidate("Els"), NOW) == Reason(Why.NEVER_ASKED)


def test_a_wish_for_forms_is_none_for_contact(people: People) -> None:
    els = make.candidate("Els")
    facts = {"purpose": "forms", "said_by": SaidBy.CANDIDATE, "by_id": None, "now": SAID}
    preference.prefer(els.id, Wish((Channel.EMAIL,)), **facts)  # type: ignore[arg-type]
    assert why_ask(els, NOW) == Reason(Why.NEVER_ASKED)


def test_after_half_a_year(jan: Candidate) -> None:
    assert why_ask(jan, SAID + OLD_AFTER - DAY) is None
    assert why_ask(jan, SAID + OLD_AFTER) == Reason(Why.OLD, SAID, Channel.PHONE)


def test_after_a_move_to_another_stage(jan: Candidate) -> None:
    move(jan, Stage.CONVERT, reason="", by_id=None, now=SAID + DAY)
    assert why_ask(jan, NOW) == Reason(Why.MOVED, SAID + DAY, Channel.PHONE)
    preference.prefer(jan.id, Wish((Channel.PHONE,)), said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    assert why_ask(jan, NOW) is None


def test_coming_in_is_no_move_to_another_stage(people: People) -> None:
    els = add(people.sanne, Facts("Els"), SAID + DAY)
    preference.prefer(els.id, Wish((Channel.PHONE,)), said_by=SaidBy.CANDIDATE, by_id=None, now=SAID)
    assert why_ask(els, NOW) is None


def test_two_replies_another_way(people: People, jan: Candidate) -> None:
    last = replies(people, jan, Channel.EMAIL, Channel.WHATSAPP)
    assert why_ask(jan, NOW) == Reason(Why.ANOTHER_WAY, last, Channel.PHONE, Channel.WHATSAPP)


@pytest.mark.parametrize(
    "channels",
    [(Channel.WHATSAPP,), (Channel.WHATSAPP, Channel.PHONE), (Channel.WHATSAPP, Channel.PHONE, Channel.WHATSAPP)],
)
def test_less_than_that_is_no_reason(people: People, jan: Candidate, channels: tuple[Channel, ...]) -> None:
    replies(people, jan, *channels)
    assert why_ask(jan, NOW) is None


def test_replies_before_it_was_said_are_no_reason(people: People, jan: Candidate) -> None:
    replies(people, jan, Channel.WHATSAPP, Channel.WHATSAPP, since=SAID - 5 * DAY)
    assert why_ask(jan, NOW) is None


def test_a_question_that_is_open_is_enough(people: People) -> None:
    els = make.candidate("Els")
    question.ask(els.id, question.PREFERENCE, channel=None, by_id=None, now=NOW)
    assert why_ask(els, NOW + 13 * DAY) is None
    assert why_ask(els, NOW + 14 * DAY) == Reason(Why.NEVER_ASKED)


def test_who_wants_to_be_left_alone_is_not_asked(people: People) -> None:
    els = make.candidate("Els")
    db.session.get_one(ContactState, els.id).do_not_contact_at = SAID
    assert why_ask(els, NOW) is None
