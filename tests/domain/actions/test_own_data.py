"""Seeing one's data, objecting to a score, and asking to be forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import own_data, response
from app.domain.candidates import erasure_wish, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import engagement
from tests.domain.actions.own import Own
from tests.domain.candidates.test_candidate_mail import SENDER
from tests.domain.scoring.scene import NOW, hit

KNOWN = LinkPurpose.KNOWN


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def tau(own: Own) -> tuple[float | None, float | None]:
    return own.state().tau, engagement.score_of(own.pieter.id, NOW).tau


def test_an_objection_ends_the_score_at_once_and_for_what_comes(own: Own) -> None:
    response.take_in(hit(own.pieter.id, "form", -3), NOW)
    own_data.object_to_score(own.visit(KNOWN), NOW, objects=True)
    assert tau(own) == (None, None)
    response.take_in(hit(own.pieter.id, "form", -1), NOW)
    assert tau(own) == (None, None)
    assert own.state().objected_at == NOW


def test_taken_back_everything_counts_again(own: Own) -> None:
    response.take_in(hit(own.pieter.id, "form", -3), NOW)
    before = tau(own)
    own_data.object_to_score(own.visit(KNOWN), NOW, objects=True)
    own_data.object_to_score(own.visit(KNOWN), NOW, objects=False)
    assert tau(own) == before
    assert before[0] is not None


def test_objecting_is_no_interest(own: Own) -> None:
    own_data.object_to_score(own.visit(KNOWN), NOW, objects=True)
    assert own.touchpoints() == []


def asked_admins() -> list[str]:
    return list(db.session.scalars(select(OutboxRow.recipient).where(OutboxRow.kind == own_data.ERASURE_KIND)))


def test_who_asks_to_be_forgotten_is_heard_by_the_administrators(own: Own) -> None:
    visit = own.visit(KNOWN)
    own_data.ask_erasure(visit, NOW, "voorbeeld.nl")
    own_data.ask_erasure(visit, NOW + timedelta(hours=1), "voorbeeld.nl")
    assert asked_admins() == [f"person:{own.people.ada.id}"]
    assert erasure_wish.asked_at(own.pieter.id) == NOW


def test_asked_again_after_it_was_taken_back_is_heard_again(own: Own) -> None:
    visit = own.visit(KNOWN)
    own_data.ask_erasure(visit, NOW, "voorbeeld.nl")
    own_data.take_erasure_back(visit, NOW)
    assert erasure_wish.asked_at(own.pieter.id) is None
    own_data.ask_erasure(visit, NOW + timedelta(hours=1), "voorbeeld.nl")
    assert len(asked_admins()) == 2


def test_to_and_fro_within_the_hour_is_heard_once(own: Own) -> None:
    visit = own.visit(KNOWN)
    for minute in range(5):
        own_data.ask_erasure(visit, NOW + timedelta(minutes=minute), "voorbeeld.nl")
        own_data.take_erasure_back(visit, NOW)
    assert len(asked_admins()) == 1


def known_links() -> int:
    return len(db.session.scalars(select(CandidateLink).where(CandidateLink.purpose == KNOWN)).all())


def test_pressing_twice_mails_one_link(own: Own) -> None:
    visit = own.visit()
    for minutes in (0, 9, 10):
        own_data.ask_known(visit, SENDER, NOW + timedelta(minutes=minutes))
    assert known_links() == 2


def test_without_a_mail_address_there_is_no_link(own: Own) -> None:
    identity.opt_out(own.pieter.id, Channel.EMAIL, origin="candidate", now=NOW)
    own_data.ask_known(own.visit(), SENDER, NOW)
    assert known_links() == 0
