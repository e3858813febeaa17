"""Tests of how people appear: by name only when they chose so, under a name that is nobody else's, or not at all."""

import pytest

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.pseudonym import pseudonym
from app.domain.program.program import Program, the_program, withdraw_consent
from tests.domain.game.scene import Scene, start

MASKED = "pseudonym"


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


@pytest.fixture
def program(scene: Scene) -> Program:
    found = the_program()
    assert found
    return found


def _seen(program: Program, viewer: Person | None, person: Person) -> str | None:
    return appearance.names_for(program, viewer, [person.id])[person.id]


@pytest.mark.parametrize(("choice", "name"), [(None, None), ("named", "Sanne de Vries"), ("hidden", None)])
def test_a_name_is_shown_when_its_owner_chose_so(
    scene: Scene, program: Program, choice: str | None, name: str | None
) -> None:
    if choice:
        appearance.choose(scene.people.sanne, choice, scene.now)
    assert appearance.choice_of(scene.person_id) == choice
    for viewer in (None, scene.people.bram, scene.people.lead, scene.people.ada):
        assert _seen(program, viewer, scene.people.sanne) == name
    assert _seen(program, scene.people.sanne, scene.people.sanne) == "Sanne de Vries"


def test_the_last_choice_counts(scene: Scene, program: Program) -> None:
    for choice in ("named", "hidden"):
        appearance.choose(scene.people.sanne, choice, scene.now)
    assert _seen(program, None, scene.people.sanne) is None


@pytest.mark.parametrize("mode", ["team", "off"])
def test_where_people_are_not_compared_nobody_has_a_name(scene: Scene, program: Program, mode: str) -> None:
    appearance.choose(scene.people.sanne, "named", scene.now)
    appearance.set_mode(program, mode, all_time=False)
    assert not appearance.person_boards(program)
    assert _seen(program, scene.people.bram, scene.people.sanne) is None


def test_nor_without_the_works_council(scene: Scene, program: Program) -> None:
    appearance.choose(scene.people.sanne, "named", scene.now)
    assert appearance.person_boards(program)
    withdraw_consent(program.id, scene.now)
    assert not appearance.person_boards(program)
    assert _seen(program, scene.people.bram, scene.people.sanne) is None


def test_a_pseudonym_is_kept_in_either_language(scene: Scene, program: Program) -> None:
    appearance.choose(scene.people.bram, "hidden", scene.now)
    appearance.set_mode(program, MASKED, all_time=True)
    seed = program.mask_seed or ""
    appearance.set_mode(program, MASKED, all_time=False)
    assert _seen(program, None, scene.people.sanne) == pseudonym(seed, scene.person_id, "nl")
    scene.people.lead.language = "en"
    assert _seen(program, scene.people.lead, scene.people.sanne) == pseudonym(seed, scene.person_id, "en")
    assert _seen(program, None, scene.people.bram) is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_people_have_the_same(language: str) -> None:
    assert len({pseudonym("a", number, language) for number in range(1, 10001)}) == 10000
    assert pseudonym("a", 7, language) != pseudonym("b", 7, language)


def test_what_is_no_choice_is_refused(scene: Scene, program: Program) -> None:
    with pytest.raises(ValueError, match="last"):
        appearance.choose(scene.people.sanne, "last", scene.now)
    with pytest.raises(ValueError, match="all"):
        appearance.set_mode(program, "all", all_time=False)


def test_nobody_asks_for_nobody(scene: Scene, program: Program) -> None:
    assert db.session.get(appearance.Appearance, scene.person_id) is None
    assert appearance.names_for(program, None, []) == {}
