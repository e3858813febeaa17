"""What is said on a candidate's page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.label import LabelKind, Told
from app.language import in_language
from app.words import profile
from tests import make

TODAY = date(2026, 11, 19)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def somebody(**facts: object) -> Candidate:
    return Candidate(name="Els", sort_name="els", registered_at=make.START, updated_at=make.START, **facts)  # type: ignore[arg-type] # as the test says


def consented(*, given: bool, days: int | None) -> Consent:
    until = make.START + days * DAY if days is not None else None
    return Consent(
        candidate_id=1, purpose=ConsentPurpose.POOL, given=given, via="form", at=make.START - DAY, until=until
    )


def test_since_when_in_a_stage() -> None:
    assert profile.stage_since("nurture", "3 maart 2026") == "warmhouden sinds 3 maart 2026"


@pytest.mark.parametrize(
    ("ahead", "text"), [(-3, "nu beschikbaar"), (0, "nu beschikbaar"), (12, "beschikbaar vanaf 1 december")]
)
def test_from_when_somebody_is_free(ahead: int, text: str) -> None:
    assert profile.availability(TODAY + ahead * DAY, TODAY) == text


def test_only_what_was_told_is_told() -> None:
    assert profile.told(somebody(), TODAY) == []
    found = profile.told(somebody(available_from=TODAY, hours_week=32, travel_km=20), TODAY)
    assert [text for _, text in found] == ["nu beschikbaar", "32 uur per week", "tot 20 km"]


def test_labels_come_by_kind_and_empty_kinds_stay_away() -> None:
    labels = [Told(LabelKind.SKILL, "lassen"), Told(LabelKind.CERTIFICATE, "VCA")]
    assert [heading for heading, _ in profile.grouped(labels)] == ["Certificaten", "Vaardigheden"]


@pytest.mark.parametrize(
    ("until", "text"),
    [(None, "VCA"), (TODAY, "VCA tot DAG"), (TODAY - DAY, "VCA, verlopen op DAG")],
)
def test_a_certificate_that_ran_out_says_so(until: date | None, text: str) -> None:
    assert profile.label_text(Told(LabelKind.CERTIFICATE, "VCA", until), TODAY, "DAG") == text


def test_scores_are_words() -> None:
    assert [profile.satisfied(score) for score in (1, 5)] == ["1 van 5: heel ontevreden", "5 van 5: heel tevreden"]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (None, "geen toestemming vastgelegd"),
        (consented(given=True, days=3), "Heeft toestemming gegeven"),
        (consented(given=True, days=None), "Heeft toestemming gegeven"),
        (consented(given=True, days=0), "verlopen"),
        (consented(given=False, days=None), "ingetrokken"),
    ],
    ids=["nothing", "given", "for good", "over", "withdrawn"],
)
def test_how_consent_stands(row: Consent | None, word: str) -> None:
    assert word in profile.pool_consent(row, make.START)
