"""Branches and teams: names are unique, however they are written."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.agency import team as places
from app.domain.agency.team import NameTaken
from tests import make

pytestmark = pytest.mark.usefixtures("session")


def test_a_branch_is_added_and_renamed() -> None:
    branch = places.add_branch("  Noord  Holland ")
    assert branch.name == "Noord Holland"
    places.rename_branch(branch, "noord holland")
    places.rename_branch(branch, "Noord")
    assert places.branch(branch.id) is branch
    assert branch.name == "Noord"


def test_a_branch_has_a_name_of_its_own() -> None:
    places.add_branch("Noord")
    south = places.add_branch("Zuid")
    with pytest.raises(NameTaken):
        places.add_branch("NOORD")
    with pytest.raises(NameTaken):
        places.rename_branch(south, "noord ")


def test_a_team_has_a_name_of_its_own_within_its_branch() -> None:
    north, south = places.add_branch("Noord"), places.add_branch("Zuid")
    one, two = places.add_team(north, "Techniek"), places.add_team(north, "Zorg")
    assert places.add_team(south, "Techniek").branch_id == south.id
    with pytest.raises(NameTaken):
        places.add_team(north, "techniek")
    with pytest.raises(NameTaken):
        places.rename_team(two, "Techniek")
    places.rename_team(one, "Bouw")
    assert places.team(one.id) is one
    assert one.name == "Bouw"


def test_the_database_decides_who_was_first(monkeypatch: pytest.MonkeyPatch) -> None:
    places.add_branch("Noord")
    monkeypatch.setattr(Session, "scalar", lambda *_args, **_facts: None)
    with pytest.raises(NameTaken) as taken:
        places.add_branch("Noord")
    assert isinstance(taken.value.__cause__, IntegrityError)


def test_the_list_counts_who_works_there_now() -> None:
    south, north = make.branch("Zuid"), make.branch("noord")
    zwolle, assen = make.team("Zwolle", north), make.team("assen", north)
    make.person("Sanne", team=zwolle)
    make.person("Gerrit", team=zwolle, gone=True)
    assert [each.name for each in places.branches()] == ["noord", "Zuid"]
    assert [(each.team, each.people) for each in places.teams()[north.id]] == [(assen, 0), (zwolle, 1)]
    assert south.id not in places.teams()
