"""A friend comes into the pool once, with whoever looks after the one who refers."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import referral
from app.domain.actions.referral import MOST_FRIENDS, Friend, TooManyFriends
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.link import LinkPurpose
from tests import make
from tests.domain.actions.own import MAIL, Own
from tests.domain.scoring.scene import NOW

FRIEND = Friend("Fatima El Idrissi", Channel.PHONE, "+31687654321")


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def referred(own: Own) -> list[Candidate]:
    return list(db.session.scalars(select(Candidate).where(Candidate.referred_by_id == own.pieter.id)))


def test_a_friend_is_with_the_same_owner(own: Own) -> None:
    referral.refer(own.visit(LinkPurpose.REFER), FRIEND, "key", NOW)
    (friend,) = referred(own)
    assert (friend.name, friend.origin, friend.owner_id) == (FRIEND.name, "referral", own.people.sanne.id)
    assert [row.address for row in identity.identities_of(friend.id)] == [FRIEND.address]
    assert friend.keep_until
    assert own.touchpoints() == ["referral"]


def test_the_same_form_twice_is_one_friend(own: Own) -> None:
    visit = own.visit(LinkPurpose.REFER)
    referral.refer(visit, FRIEND, "key", NOW)
    referral.refer(visit, Friend("Another", Channel.EMAIL, "another@voorbeeld.nl"), "key", NOW)
    assert len(referred(own)) == 1


def test_somebody_we_know_stays_as_they_are_and_counts_as_well(own: Own) -> None:
    referral.refer(own.visit(LinkPurpose.REFER), Friend("Pieter", Channel.EMAIL, MAIL), "key", NOW)
    assert referred(own) == []
    assert own.touchpoints() == ["referral"]


def test_without_an_owner_the_branch_is_kept(own: Own) -> None:
    own.pieter.owner_id, own.pieter.branch_id = None, make.branch("Oost").id
    referral.refer(own.visit(LinkPurpose.REFER), FRIEND, "key", NOW)
    (friend,) = referred(own)
    assert (friend.owner_id, friend.branch_id) == (None, own.pieter.branch_id)


def test_a_link_brings_no_crowd(own: Own) -> None:
    visit = own.visit(LinkPurpose.REFER)
    for number in range(MOST_FRIENDS):
        referral.refer(visit, Friend("Friend", Channel.EMAIL, f"friend{number}@voorbeeld.nl"), str(number), NOW)
    with pytest.raises(TooManyFriends):
        referral.refer(visit, FRIEND, "one more", NOW)
    assert len(referred(own)) == MOST_FRIENDS
