"""Words about people: every status, role and refusal has some, in both languages."""

import pytest

from app.domain.agency.password import Weakness
from app.domain.agency.person import EmailTaken, Role
from app.domain.agency.staff import Status
from app.language import in_language
from app.words import role_label
from app.words.people import email_taken, status_label, weakness_sentence


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_has_words_of_its_own(language: str) -> None:
    with in_language(language):
        assert len({role_label(role) for role in Role}) == len(Role)
        assert len({status_label(status) for status in Status}) == len(Status)
        assert len({weakness_sentence(weakness) for weakness in Weakness}) == len(Weakness)


@pytest.mark.usefixtures("session")
def test_an_address_that_came_in_at_the_same_moment() -> None:
    with in_language("nl"):
        assert email_taken(EmailTaken(None)) == "Iemand met dit adres is zojuist toegevoegd."
