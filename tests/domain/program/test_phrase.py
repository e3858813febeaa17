"""The agency's phrases: changed, retired and reset without losing what every program starts with."""

import pytest

from app.domain.program import phrase, phrasebook
from app.domain.program.phrase import Full, Occasion, PhraseUse, Said, Written
from app.domain.program.phrase_preset import preset
from app.domain.program.program import Program, the_program
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
KEY = "message-promise-nl"


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def program(people: People) -> Program:
    found = the_program()
    assert found
    return found


def written(text: str = "Hoi", **facts: str) -> Written:
    told = {"occasion": Occasion.PROMISE, "language": "nl", "use": PhraseUse.MESSAGE} | facts
    return Written(text=text, **told)  # type: ignore[arg-type] # whatever a phrase has


def said(program: Program, key: str = KEY) -> Said:
    found = phrasebook.find(program, key)
    assert found
    return found


def message(program: Program, *occasions: str, channel: str = "whatsapp", language: str = "nl") -> Said | None:
    return phrasebook.message_for(phrasebook.all_of(program), occasions, channel, language)


def text_of(program: Program, *occasions: str, channel: str = "whatsapp") -> str:
    found = message(program, *occasions, channel=channel)
    return found.text if found else ""


def test_a_program_starts_with_ours(program: Program) -> None:
    assert [each.key for each in phrasebook.all_of(program)] == list(preset())
    assert phrasebook.all_of(None) == phrasebook.all_of(program)


def test_a_changed_one_stands_in_its_place_until_it_is_reset(people: People, program: Program) -> None:
    before = said(program)
    phrase.change(program.id, before, written("Anders"), people.ada.id, NOW)
    assert (said(program).text, said(program).changed, text_of(program, "promise")) == ("Anders", True, "Anders")
    phrase.change(program.id, said(program), written("Nog anders"), people.ada.id, NOW)
    assert len(phrase.rows_of(program.id)) == 1
    phrase.reset(program.id, said(program))
    assert said(program) == before


def test_a_retired_one_is_used_no_more_and_comes_back(people: People, program: Program) -> None:
    before = said(program)
    phrase.retire(program.id, before, people.ada.id, NOW)
    assert said(program).retired
    assert message(program, "promise") is None
    phrase.restore(program.id, said(program))
    assert text_of(program, "promise") == before.text


def test_changing_a_retired_one_uses_it_again(people: People, program: Program) -> None:
    phrase.retire(program.id, said(program), people.ada.id, NOW)
    phrase.change(program.id, said(program), written("Weer"), people.ada.id, NOW)
    assert text_of(program, "promise") == "Weer"


def test_our_own_goes_before_the_house_s_and_the_channel_s_before_any(people: People, program: Program) -> None:
    phrase.add(program.id, written("Voor alles"), people.ada.id, NOW)
    phrase.add(program.id, written("Voor sms", channel="sms"), people.ada.id, NOW)
    assert text_of(program, "promise", "") == "Voor alles"
    assert text_of(program, "promise", "", channel="sms") == "Voor sms"


def test_the_first_occasion_with_a_message_counts(program: Program) -> None:
    found = message(program, "attract", "form", "")
    assert found
    assert found.occasion == "form"
    assert message(program, "attract") is None


def test_a_language_that_we_do_not_write_has_none(program: Program) -> None:
    assert message(program, "", language="de") is None


def test_openings_come_in_the_order_of_the_occasions(people: People, program: Program) -> None:
    mine = written("Vraag naar de hond.", use=PhraseUse.OPENING, occasion=Occasion.ENGAGE)
    phrase.add(program.id, mine, people.ada.id, NOW)
    found = phrasebook.openings_for(phrasebook.all_of(program), ["promise", "engage"], "nl")
    assert [each.occasion for each in found] == ["promise", "engage", "engage", "engage"]
    assert found[1].text == "Vraag naar de hond."


def test_one_s_own_can_be_found_and_retired(people: People, program: Program) -> None:
    row = phrase.add(program.id, written("Van ons"), people.ada.id, NOW)
    mine = said(program, phrase.key_of(row))
    assert (mine.preset, mine.changed) == (None, False)
    phrase.retire(program.id, mine, people.ada.id, NOW)
    phrase.reset(program.id, mine)
    assert said(program, mine.key).retired


def test_there_is_an_end_to_them(people: People, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase, "MOST_OWN", 1)
    phrase.add(program.id, written(), people.ada.id, NOW)
    with pytest.raises(Full):
        phrase.add(program.id, written(), people.ada.id, NOW)
