"""Warm candidates of nobody: those of one's own branch, who keeps coming back first, and nobody who wants rest."""

from datetime import UTC, datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import unowned
from tests import make
from tests.people import People, make_people

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)
WARM = {"tau": NOW.timestamp() + 100 * 86_400}


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def free(name: str, branch_id: int | None = None, /, **flags: object) -> None:
    state = db.session.get_one(ContactState, make.candidate(name, branch_id=branch_id).id)
    for flag, value in flags.items():
        setattr(state, flag, value)
    db.session.flush()


def names(people: People) -> list[str]:
    return [each.candidate.name for each in unowned.warm_for(people.sanne, NOW)]


def test_the_warmest_after_who_keeps_coming_back(people: People) -> None:
    free("Lauw", tau=NOW.timestamp())
    free("Warm", **WARM)
    free("Fan", tau=NOW.timestamp() + 150 * 86_400, fan_since=NOW - DAY)
    free("Terug", coming_back_at=NOW - DAY)
    free("Lang geleden", coming_back_at=NOW - 8 * DAY)
    found = unowned.warm_for(people.sanne, NOW)
    told = [(each.candidate.name, each.fan, each.coming_back) for each in found]
    assert told == [("Terug", False, True), ("Fan", True, False), ("Warm", False, False)]


def test_those_of_other_branches_are_theirs(people: People) -> None:
    free("Van Zuid", make.branch("Oost").id, **WARM)
    assert names(people) == []


@pytest.mark.parametrize("flag", ["do_not_contact_at", "objected_at", "paused_until"])
def test_who_wants_rest_has_it(people: People, flag: str) -> None:
    free("Rust", None, **WARM, **{flag: NOW + DAY})
    assert names(people) == []


def test_who_has_an_owner_is_theirs(people: People) -> None:
    row = make.candidate("Van Bram", owner=people.bram)
    db.session.get_one(ContactState, row.id).tau = NOW.timestamp() + 100 * 86_400
    assert names(people) == []
