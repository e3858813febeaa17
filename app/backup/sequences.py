"""The numbers that PostgreSQL gives out: one that was used is not given again, also after a restore."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

OWNED = """
SELECT t.relname, a.attname, s.oid::regclass::text AS sequence
FROM pg_class s
JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace
ORDER BY t.relname
"""


def last_ids(connection: Connection) -> dict[str, int]:
    """The last number of each table; SQLite counts on from the highest that is there, and keeps none."""
    if connection.dialect.name == "sqlite":
        return {}
    given = {
        row.relname: connection.scalar(
            text("SELECT pg_sequence_last_value(CAST(:name AS regclass))"), {"name": row.sequence}
        )
        for row in connection.execute(text(OWNED)).all()
    }
    return {name: int(number) for name, number in given.items() if number is not None}


def go_on(connection: Connection, last: Mapping[str, int]) -> None:
    """Let every table count on after its highest number, and after the last that was given out."""
    if connection.dialect.name == "sqlite":
        return
    for row in connection.execute(text(OWNED)).all():
        highest = connection.scalar(text(f'SELECT max("{row.attname}") FROM "{row.relname}"')) or 0  # noqa: S608 - from the catalogue
        number = max(highest, last.get(row.relname, 0))
        if number:
            connection.execute(
                text("SELECT setval(CAST(:name AS regclass), :number)"), {"name": row.sequence, "number": number}
            )
