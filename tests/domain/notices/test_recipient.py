"""Names of recipients: whoever is named is found again, and nobody else."""

import pytest

from app.domain.notices.recipient import candidate_in, name_candidate, name_person, person_in


def test_whoever_is_named_is_found_again() -> None:
    assert (person_in(name_person(12)), candidate_in(name_candidate(34))) == (12, 34)


@pytest.mark.parametrize("name", ["candidate:12", "person:", "person:x", "person:-1", "person:¹", "person", ""])
def test_what_names_nobody_who_works_here_finds_nobody(name: str) -> None:
    assert person_in(name) is None
