"""What is known of a candidate stands there in words, not in codes."""

import pytest

from app.words.access import cell


@pytest.mark.parametrize(
    ("column", "code", "said"),
    [
        ("origin", "own-page", "eigen pagina"),
        ("source", "system", "automatisch"),
        ("kind", "candidate_link", "een link naar een eigen pagina"),
        ("source", "api", "een ander systeem"),
    ],
)
def test_where_it_came_from_is_said_in_words(session: None, column: str, code: str, said: str) -> None:
    assert cell(column, code) == said


def test_an_origin_of_the_agency_stays_as_it_was_written(session: None) -> None:
    assert cell("origin", "Banenmarkt Zwolle") == "Banenmarkt Zwolle"
