"""A proposed time that a candidate chooses becomes a promise, once; what is over or taken cannot be chosen."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import call_back, choosing_time, promise, time_offer
from app.domain.actions.call_back import Part
from app.domain.actions.choosing_time import KIND, TimeTaken
from app.domain.actions.promise import Promise
from app.domain.actions.time_offer import NotPossible, Proposed, TimeOffer
from app.domain.candidates import link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.gone import Gone
from app.domain.candidates.handing import NotMailed
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.notices.alert import Alert
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.domain.actions.own import Own
from tests.domain.scoring.scene import NOW

HOST = "voorbeeld.nl"
SENDER = Sender(
    "Vaste Band", "Uitzendbureau Voorbeeld", HOST, lambda purpose, token: f"https://{HOST}/{purpose}/{token}"
)
FIRST, SECOND = NOW + timedelta(days=1), NOW + timedelta(days=2)
PROPOSED = Proposed((SECOND, FIRST), Channel.PHONE)


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def offered(own: Own, proposed: Proposed = PROPOSED, *, now: datetime = NOW) -> CandidateLink:
    url = time_offer.hand(own.pieter, own.people.sanne, proposed, now, SENDER, by_mail=False)
    found = link.opened(url.rpartition("/")[2], LinkPurpose.TIMES, now)
    assert found is not None
    return found


def choose(visit: CandidateLink, start: datetime, now: datetime = NOW) -> None:
    choosing_time.choose(visit, start, now, HOST)


def promises(own: Own) -> list[Promise]:
    rows = select(Promise).where(Promise.candidate_id == own.pieter.id, Promise.withdrawn_at.is_(None))
    return list(db.session.scalars(rows.order_by(Promise.id)))


def test_the_chosen_time_is_a_promise_of_whoever_offered_it(own: Own) -> None:
    choose(offered(own), SECOND)
    (made,) = promises(own)
    assert (made.person_id, made.due_at, made.channel) == (own.people.sanne.id, SECOND, "phone")
    assert own.state().promise_due_at == SECOND
    assert own.touchpoints() == ["survey_answered"]


def test_whoever_will_call_hears_of_it_until_then(own: Own) -> None:
    visit = offered(own)
    choose(visit, SECOND)
    row = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == KIND)).one()
    assert (row.recipient, row.not_after) == (f"person:{own.people.sanne.id}", SECOND)


def test_until_then_they_wait_for_no_other_answer(own: Own) -> None:
    choose(offered(own), SECOND)
    assert own.state().last_inbound_at is None
    assert db.session.scalars(select(Alert)).all() == []


def test_choosing_again_changes_nothing(own: Own) -> None:
    visit = offered(own)
    choose(visit, SECOND)
    choose(visit, FIRST)
    assert [made.due_at for made in promises(own)] == [SECOND]


@pytest.mark.parametrize("days", [3, 1])
def test_what_was_not_offered_or_is_over_cannot_be_chosen(own: Own, days: int) -> None:
    visit = offered(own)
    with pytest.raises(TimeTaken):
        choose(visit, NOW + timedelta(days=days), NOW + timedelta(days=1, hours=1))
    assert promises(own) == []


def test_what_went_to_somebody_else_cannot_be_chosen(own: Own) -> None:
    visit, other = offered(own), make.candidate()
    promise.make(other.id, own.people.sanne.id, FIRST + timedelta(minutes=20), channel=None, action_id=None, now=NOW)
    assert [choice.free for choice in choosing_time.standing(visit, NOW).choices] == [False, True]
    with pytest.raises(TimeTaken):
        choose(visit, FIRST)


def test_nobody_can_choose_when_the_recruiter_has_left(own: Own) -> None:
    visit = offered(own)
    own.people.sanne.deactivated_at = NOW
    assert not any(choice.free for choice in choosing_time.standing(visit, NOW).choices)


def test_a_chosen_time_takes_the_place_of_a_call_that_they_asked_for(own: Own) -> None:
    call_back.agree(own.pieter, FIRST.date(), Part.AFTERNOON, NOW)
    choose(offered(own), SECOND)
    assert [made.due_at for made in promises(own)] == [SECOND]


def test_none_of_them_gives_the_times_back_and_leaves_the_page(own: Own) -> None:
    visit = offered(own)
    choosing_time.decline(visit, NOW)
    assert not any(choice.free for choice in choosing_time.standing(visit, NOW).choices)
    assert visit.is_open(NOW)
    choosing_time.decline(visit, NOW)


def test_a_promise_that_was_taken_back_is_not_agreed_any_more(own: Own) -> None:
    visit = offered(own)
    choose(visit, SECOND)
    promise.withdraw(own.people.sanne, promises(own)[0].id, NOW)
    assert choosing_time.standing(visit, NOW).agreed is None


def test_a_link_of_this_kind_without_an_offer_shows_nothing(own: Own) -> None:
    visit = own.visit(LinkPurpose.TIMES)
    for ask in (lambda: choosing_time.standing(visit, NOW), lambda: choose(visit, FIRST)):
        with pytest.raises(Gone):
            ask()


def test_a_new_offer_ends_ones_former_one(own: Own) -> None:
    former = offered(own)
    offered(own, now=NOW + timedelta(minutes=1))
    assert former.ended_at is not None
    assert len(time_offer.open_of(own.pieter.id, NOW)) == 1


def test_withdrawing_is_for_ones_own_offers_and_for_admins(own: Own) -> None:
    offered(own)
    (offer,) = time_offer.open_of(own.pieter.id, NOW)
    people = (own.people.sanne, own.people.bram, own.people.ada)
    found = [list(time_offer.withdrawable_by(person, [offer], NOW)) for person in people]
    assert found == [[offer], [], [offer]]
    time_offer.withdraw(offer, NOW)
    assert time_offer.withdrawable_by(own.people.sanne, [offer], NOW) == []


WRONG = [(), (FIRST, FIRST), (NOW,), (NOW + timedelta(days=14),), tuple(NOW + timedelta(days=n) for n in (1, 2, 3, 4))]


@pytest.mark.parametrize("starts", WRONG)
def test_times_that_cannot_be_offered(own: Own, starts: tuple[datetime, ...]) -> None:
    with pytest.raises(NotPossible):
        offered(own, Proposed(starts, Channel.PHONE))


def test_a_mail_brings_them_once_an_hour(own: Own) -> None:
    facts = (own.pieter, own.people.sanne, PROPOSED, NOW, SENDER)
    assert time_offer.hand(*facts, by_mail=True) == ""
    offers = db.session.scalars(select(TimeOffer)).all()
    assert [offer.link_id is not None for offer in offers] == [True]
    with pytest.raises(NotMailed):
        time_offer.hand(*facts, by_mail=True)
