"""A link opens one page of one candidate, for one purpose and for a while."""

from datetime import timedelta

import pytest

from app.domain.candidates import link
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.link import LIVES, CandidateLink, LinkPurpose
from tests import make
from tests.make import START

pytestmark = pytest.mark.usefixtures("session")
REACH = LinkPurpose.REACH


def made(them: Candidate, purpose: LinkPurpose = REACH) -> link.Made:
    return link.make(them.id, purpose, by_id=None, now=START)


def test_it_opens_what_it_was_made_for() -> None:
    row, token = made(make.candidate())
    assert link.opened(token, REACH, START) is row


def test_only_the_hash_is_kept() -> None:
    row, token = made(make.candidate())
    assert token not in str(vars(row))
    assert len(token) >= 43


def test_no_two_are_alike() -> None:
    them = make.candidate()
    assert made(them).token != made(them).token


@pytest.mark.parametrize("purpose", [purpose for purpose in LinkPurpose if purpose != REACH])
def test_one_purpose_only(purpose: LinkPurpose) -> None:
    assert link.opened(made(make.candidate()).token, purpose, START) is None


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_it_lives_as_long_as_its_purpose(purpose: LinkPurpose) -> None:
    token = made(make.candidate(), purpose).token
    end = START + LIVES[purpose]
    assert link.opened(token, purpose, end - timedelta(seconds=1))
    assert link.opened(token, purpose, end) is None


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "x" * 5_000])
def test_nobody_guesses_one(token: str) -> None:
    made(make.candidate())
    assert link.opened(token, REACH, START) is None


def test_an_ended_one_opens_nothing() -> None:
    row, token = made(make.candidate())
    link.end(row, START)
    link.end(row, START + timedelta(days=1))
    assert link.opened(token, REACH, START) is None
    assert row.ended_at == START


def test_it_follows_whoever_was_merged() -> None:
    first, second, third = make.candidate(), make.candidate(), make.candidate()
    row, token = made(first)
    first.merged_into_id, second.merged_into_id = second.id, third.id
    assert link.opened(token, REACH, START) is row
    assert link.holder(row) is third


def test_a_circle_of_merges_ends() -> None:
    first, second = make.candidate(), make.candidate()
    token = made(first).token
    first.merged_into_id, second.merged_into_id = second.id, first.id
    assert link.opened(token, REACH, START) is None


def test_who_is_forgotten_has_no_page() -> None:
    them = make.candidate()
    token = made(them).token
    them.anonymised_at = START
    assert link.opened(token, REACH, START) is None


def test_a_list_tells_who_made_it_and_leaves_stopping_out() -> None:
    them, person = make.candidate(), make.person("Sanne de Vries")
    by_us = link.make(them.id, REACH, by_id=person.id, now=START).row
    by_them = made(them, LinkPurpose.KNOWN).row
    made(them, LinkPurpose.STOP)
    assert link.links_of(them.id) == [(by_them, None), (by_us, "Sanne de Vries")]


def test_one_of_this_candidate_only() -> None:
    them, other = make.candidate(), make.candidate()
    row: CandidateLink = made(them).row
    assert link.one_of(them.id, row.id) is row
    assert link.one_of(other.id, row.id) is None


def test_using_it_is_remembered() -> None:
    row = made(make.candidate()).row
    assert row.used_at is None
    link.used(row, START)
    assert row.used_at == START
