"""Migration 0004 writes the same line as the program: whoever was there before is found as whoever comes after."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from app.db import db
from app.domain.candidates import identity, search
from app.domain.candidates.address import Channel
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.search import CandidateSearch
from tests import make


@pytest.fixture
def before(real_app: Flask) -> Iterator[dict[int, tuple[str, int]]]:
    """The lines of some candidates, as the program wrote them."""
    with real_app.app_context():
        for name, ways in {
            "Élise Łukasz": {Channel.PHONE: "06 12345678", Channel.EMAIL: "Elise@Voorbeeld.nl"},
            "Jan van der Berg": {Channel.PHONE: "038 4567890", Channel.LINKEDIN: "linkedin.com/in/jan"},
            "Niemand": {},
        }.items():
            row = make.candidate(name, external_id=f"HC-{name[0]}")
            for channel, text in ways.items():
                identity.add(row, channel, text, make.START)
        (first,) = identity.identities_of(1)[:1]
        identity.mark(first, IdentityState.VERIFIED, origin="recruiter", now=make.START)
        db.session.commit()
        yield lines()
        db.session.remove()


def lines() -> dict[int, tuple[str, int]]:
    rows = db.session.execute(select(CandidateSearch.candidate_id, CandidateSearch.text, CandidateSearch.channels))
    found = {one: (text, channels) for one, text, channels in rows}
    db.session.rollback()
    return found


def test_everybody_of_before_is_found(before: dict[int, tuple[str, int]]) -> None:
    search.forget(1)
    db.session.commit()
    downgrade(revision="0003")
    assert lines() == {}
    upgrade(revision="0004")
    assert lines() == before
    assert before[1][0].startswith("elise lukasz")
    assert [channels for _, (_, channels) in sorted(before.items())] == [1 + 2 + 4 + 8, 1 + 16, 0]
