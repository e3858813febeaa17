"""Every column that points to a candidate follows a merge, or is named with those that do not."""

from sqlalchemy import Date, DateTime, String

from app.db import Base, UtcDateTime
from app.domain.candidates.candidate import Candidate
from app.domain.custody import reference
from app.domain.custody.choice import FACTS, RECKONED
from app.domain.custody.reference import ABOUT_THE_RECORD, DERIVED


def test_every_table_that_points_to_a_candidate_is_known() -> None:
    pointing = {table.name for table, _ in reference.pointing()}
    moving = {each.table.name for each in reference.references()}
    assert pointing == moving | DERIVED | ABOUT_THE_RECORD
    assert moving & (DERIVED | ABOUT_THE_RECORD) == set()


def test_the_rows_of_one_candidate_are_told_apart_by_one_number() -> None:
    assert all(each.key.type.python_type is int for each in reference.references())


def test_every_fact_of_a_candidate_is_chosen_or_reckoned() -> None:
    chosen = {column for columns in FACTS.values() for column in columns}
    assert chosen | RECKONED == set(Base.metadata.tables["candidate"].c.keys())
    assert not chosen & RECKONED


def test_what_is_rewritten_can_be_kept_as_json() -> None:
    kinds = (Date, DateTime, UtcDateTime, String)
    for column in Candidate.__table__.c:
        assert isinstance(column.type, kinds) or column.type.python_type is int
