"""Vacancies as events tell of them."""

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.journey import vacancy
from app.domain.journey.vacancy import Seen, Vacancy


def test_nothing_seen_is_nothing_kept(session: None) -> None:
    assert vacancy.note([]) == {}


def test_one_reference_is_one_vacancy(session: None) -> None:
    first = vacancy.note([Seen("a", "Lasser"), Seen("b")])
    again = vacancy.note([Seen("a"), Seen("b", "Kok")])
    assert first == again
    assert sorted(db.session.scalars(select(Vacancy.title))) == ["Kok", "Lasser"]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://werk.nl/2", "https://werk.nl/2"),
        ("https://elders.nl/2", "https://werk.nl/1"),
        ("http://werk.nl/2", "https://werk.nl/1"),
        ("", "https://werk.nl/1"),
    ],
)
def test_a_page_stays_on_the_website_where_it_was_first_seen(session: None, url: str, kept: str) -> None:
    vacancy.note([Seen("a", "Lasser", "https://werk.nl/1")])
    vacancy.note([Seen("a", "", url)])
    assert db.session.scalars(select(Vacancy)).one().url == kept


def test_what_stays_the_same_is_not_written(session: None) -> None:
    vacancy.note([Seen("a", "Lasser", "https://werk.nl/1")])
    db.session.flush()
    vacancy.note([Seen("a", "Lasser"), Seen("a", "", "https://werk.nl/1")])
    assert not any(db.session.is_modified(row) for row in db.session.dirty)


def test_a_title_by_hand_is_known_again(session: None) -> None:
    assert vacancy.by_hand("Élektricien") == vacancy.by_hand("elektricien")
    assert vacancy.by_hand("") == vacancy.by_hand("")
    assert db.session.scalar(select(func.count(Vacancy.id))) == 2
