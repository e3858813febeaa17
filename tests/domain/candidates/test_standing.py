"""How things stand with one candidate."""

from datetime import datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates import candidate, preference
from app.domain.candidates.candidate import Candidate, Facts, Stage, branch_of, move
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.candidates.standing import seen_by, standing_of
from tests import make
from tests.people import People, make_people

NOW = make.START + timedelta(days=30)
HOUR = timedelta(hours=1)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


@pytest.fixture
def aisha(people: People) -> Candidate:
    return make.candidate("Aïsha", owner=people.sanne)


def state_of(candidate: Candidate) -> ContactState:
    return db.session.get_one(ContactState, candidate.id)


def test_of_somebody_new_only_the_owner_is_known(aisha: Candidate) -> None:
    standing = standing_of(aisha.id, NOW)
    assert (standing.owner, standing.claimed_by, standing.preference) == ("Sanne de Vries", None, None)
    assert (standing.since, standing.state.contact_at) == (None, None)


@pytest.mark.parametrize(("until", "name"), [(NOW + HOUR, "Bram Jansen"), (NOW - HOUR, None)])
def test_a_claim_holds_until_it_ends(aisha: Candidate, people: People, until: datetime, name: str | None) -> None:
    state = state_of(aisha)
    state.claimed_by_id, state.claimed_until = people.bram.id, until
    db.session.flush()
    assert standing_of(aisha.id, NOW).claimed_by == name


def test_the_newest_wish_counts_with_whoever_wrote_it_down(aisha: Candidate, people: People) -> None:
    for channel, person in ((Channel.PHONE, people.sanne), (Channel.EMAIL, people.bram)):
        wish = Wish((channel,))
        preference.prefer(aisha.id, wish, purpose="contact", said_by=SaidBy.CANDIDATE, by_id=person.id, now=NOW)
    preference.prefer(aisha.id, Wish((Channel.SMS,)), purpose="forms", said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    standing = standing_of(aisha.id, NOW)
    assert standing.preference
    assert (standing.preference.channel, standing.recorded_by) == (Channel.EMAIL, "Bram Jansen")


def test_the_last_move_tells_since_when(aisha: Candidate) -> None:
    for number, to in enumerate((Stage.NURTURE, Stage.CONVERT)):
        move(aisha, to, reason="", by_id=None, now=NOW + number * HOUR)
    standing = standing_of(aisha.id, NOW)
    assert (standing.since, standing.moved_at) == (NOW + HOUR, NOW + HOUR)


def test_coming_in_is_no_move_from_another_stage(people: People) -> None:
    standing = standing_of(candidate.add(None, Facts("Els"), NOW).id, NOW)
    assert (standing.since, standing.moved_at) == (NOW, None)


def test_the_last_contact_is_the_newest_of_both_sides(aisha: Candidate) -> None:
    state = state_of(aisha)
    state.last_attempt_at, state.last_inbound_at = NOW - HOUR, NOW
    db.session.flush()
    assert standing_of(aisha.id, NOW).state.contact_at == NOW


def test_who_may_see_them_gets_them_with_how_things_stand(people: People) -> None:
    here = make.candidate("Aïsha", owner=people.sanne, branch_id=branch_of(people.sanne.id))
    assert seen_by(people.sanne, here.id, NOW) == (here, standing_of(here.id, NOW))
    assert [seen_by(people.otto, each, NOW) for each in (here.id, 0, 2**70)] == [None] * 3
