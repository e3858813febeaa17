"""Tables: every moment is UTC, every foreign key that is looked up has an index, relationships stay out."""

from sqlalchemy import DateTime, Table

from app import tables
from app.db import Base, UtcDateTime

TABLES = list(Base.metadata.tables.values())


def test_all_tables_are_known() -> None:
    assert tables.__all__
    assert len(TABLES) >= 36


def test_every_moment_is_utc() -> None:
    naive = [str(column) for table in TABLES for column in table.columns if isinstance(column.type, DateTime)]
    moments = [str(column) for table in TABLES for column in table.columns if isinstance(column.type, UtcDateTime)]
    assert naive == []
    assert len(moments) > 40


def test_every_table_is_named_in_the_singular() -> None:
    singular = {"flagged_address", "rule_points", "privacy_terms", "kudos"}
    assert [table.name for table in TABLES if table.name.endswith("s") and table.name not in singular] == []


def test_no_relationship_loads_by_surprise() -> None:
    assert [mapper.class_ for mapper in Base.registry.mappers if mapper.relationships] == []


def test_every_table_has_a_key() -> None:
    assert [table.name for table in TABLES if not key(table)] == []


def key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]
