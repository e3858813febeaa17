"""Vacancies as events tell of them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.journey import vacancy
from app.domain.journey.vacancy import Seen, Vacancy
from tests.make import START

DAY = timedelta(days=1)


def test_nothing_seen_is_nothing_kept(session: None) -> None:
    assert vacancy.note([], START) == {}


def test_one_reference_is_one_vacancy(session: None) -> None:
    first = vacancy.note([Seen("a", "Lasser"), Seen("b")], START)
    again = vacancy.note([Seen("a"), Seen("b", "Kok")], START)
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
    vacancy.note([Seen("a", "Lasser", "https://werk.nl/1")], START)
    vacancy.note([Seen("a", "", url)], START)
    assert db.session.scalars(select(Vacancy)).one().url == kept


def test_when_it_was_seen_is_written_once_a_day(session: None) -> None:
    vacancy.note([Seen("a")], START)
    vacancy.note([Seen("a")], START + timedelta(hours=1))
    assert db.session.scalars(select(Vacancy)).one().seen_at == START
    vacancy.note([Seen("a")], START + DAY)
    assert db.session.scalars(select(Vacancy)).one().seen_at == START + DAY


def test_a_title_by_hand_is_known_again(session: None) -> None:
    assert vacancy.by_hand("Élektricien", START) == vacancy.by_hand("elektricien", START)
    assert vacancy.by_hand("", START) == vacancy.by_hand("", START)
    assert db.session.scalar(select(func.count(Vacancy.id))) == 2
