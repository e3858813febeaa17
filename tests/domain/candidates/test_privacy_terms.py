"""The agency's terms: the house's until it has its own, and a version for every change."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.candidates import privacy_terms
from app.domain.candidates.privacy_terms import Terms

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_the_house_has_terms(session: None) -> None:
    assert privacy_terms.terms_of(privacy_terms.in_force()) == Terms()
    assert list(privacy_terms.versions()) == []


def test_a_consent_refers_to_terms_on_record(session: None) -> None:
    first = privacy_terms.on_record(NOW)
    assert privacy_terms.on_record(NOW) is first
    assert (first.id, first.made_at) == (privacy_terms.in_force().id, NOW)


def test_the_newest_terms_are_in_force(session: None) -> None:
    privacy_terms.publish(Terms(pool_days=200), by_id=None, now=NOW)
    privacy_terms.publish(Terms(pool_days=100), by_id=None, now=NOW)
    assert privacy_terms.in_force().pool_days == 100
    assert len(privacy_terms.versions()) == 2


def test_the_same_terms_are_no_new_version(session: None) -> None:
    terms = replace(Terms(), contact="privacy@voorbeeld.nl")
    row = privacy_terms.publish(terms, by_id=None, now=NOW)
    assert privacy_terms.publish(terms, by_id=None, now=NOW) is row
