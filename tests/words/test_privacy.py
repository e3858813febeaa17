"""The text of the consent: the agency's own, else the house's with u or je; and every code has its words."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.domain.candidates.candidate import Retention
from app.domain.candidates.consent import Consent, ConsentPurpose, Via
from app.domain.candidates.privacy_terms import PrivacyTerms, Terms
from app.domain.custody.erasure import Reason
from app.language import in_language
from app.words import privacy

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def terms(**facts: object) -> PrivacyTerms:
    return PrivacyTerms(made_at=NOW, **{name: facts.get(name, value) for name, value in vars_of(Terms()).items()})  # type: ignore[arg-type] # by name


def vars_of(given: Terms) -> dict[str, object]:
    return {name: getattr(given, name) for name in Terms.__dataclass_fields__}


def test_the_agencys_own_text_goes_first() -> None:
    assert privacy.consent_text(terms(text_nl="Onze tekst"), "nl", "u") == "Onze tekst"


@pytest.mark.parametrize(("form", "has", "has_not"), [("u", "uw gegevens", "je gegevens"), ("je", "je naam", " uw ")])
def test_the_houses_text_speaks_as_the_agency_does(form: str, has: str, has_not: str) -> None:
    text = privacy.consent_text(terms(pool_days=200), "nl", form)
    assert has in text
    assert has_not not in text
    assert "200 dagen" in text
    assert text.count("\n\n") == 2


def test_in_english_there_is_one_form() -> None:
    assert privacy.consent_text(terms(), "en", "u").startswith("We would like to keep your details")


def test_candidates_are_told_that_staff_earn_points() -> None:
    assert "punten voor contact" in privacy.house_text(365, "nl", "je")


def said(*, given: bool, channel: str | None = None) -> str:
    purpose = ConsentPurpose.CONTACT
    row = Consent(candidate_id=1, purpose=purpose, given=given, channel=channel, via=Via.FORM, at=NOW)
    return privacy.consent_sentence(row)


def test_a_yes_and_a_no() -> None:
    assert said(given=True) == "Ja: benaderd worden"
    assert said(given=False, channel="whatsapp") == "Nee: benaderd worden (WhatsApp)"


def test_every_code_has_its_words() -> None:
    for ground in Retention:
        assert privacy.ground_label(ground)
    for reason in Reason:
        assert privacy.reason_label(reason)
    assert [privacy.via_label(each) for each in (*Via, "fax")][-1] == "fax"
