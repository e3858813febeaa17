"""A wish to be forgotten stands once, until it is taken back or seen to."""

from datetime import timedelta

import pytest

from app.domain.candidates import erasure_wish
from tests import make
from tests.make import START

pytestmark = pytest.mark.usefixtures("session")


def test_it_stands_from_the_first_time() -> None:
    them = make.candidate()
    assert erasure_wish.ask(them.id, START)
    assert not erasure_wish.ask(them.id, START + timedelta(days=1))
    assert erasure_wish.asked_at(them.id) == START


def test_taken_back_it_is_gone() -> None:
    them = make.candidate()
    erasure_wish.ask(them.id, START)
    erasure_wish.take_back(them.id)
    erasure_wish.take_back(them.id)
    assert erasure_wish.asked_at(them.id) is None


def test_who_waits_longest_comes_first() -> None:
    late, early, done = make.candidate(), make.candidate(), make.candidate()
    erasure_wish.ask(late.id, START + timedelta(days=1))
    erasure_wish.ask(early.id, START)
    erasure_wish.ask(done.id, START)
    done.anonymised_at = START
    assert erasure_wish.waiting() == [(early, START), (late, START + timedelta(days=1))]
