"""Putting a backup back into an empty place, of either engine: all of it, read again and compared, or nothing."""

import hashlib
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Connection, Engine, insert, inspect, text
from sqlalchemy.exc import DBAPIError

from app.backup import container, guards
from app.backup.container import Damaged, Manifest, member_of
from app.backup.lines import lines, portions, rows
from app.backup.sequences import go_on
from app.backup.shape import VERSIONS, Shape
from app.backup.taking import Tell
from app.engine import driver_of


class Occupied(Exception):  # noqa: N818 - what the place is
    """Somebody's rows are in the place already; the table of some of them."""


class Differs(Exception):  # noqa: N818 - what was found
    """What was written reads otherwise than in the backup; none of it stays."""


def tables_of(engine: Engine) -> list[str]:
    """The tables that a place has, without rows in any of them.

    Raises:
        Occupied: there are rows.
    """
    names = sorted(set(inspect(engine).get_table_names()) - {VERSIONS})
    with engine.connect() as connection:
        for name in names:
            if connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first():  # noqa: S608 - from the catalogue
                raise Occupied(name)
    return names


def put_back(engine: Engine, file: ZipFile, manifest: Manifest, tell: Tell) -> None:
    """Write every row, in one transaction that ends only when all of them read as they did.

    The tables are there and empty, at the migration of the backup.

    Raises:
        Damaged: the file does not hold what its manifest says.
        Differs: the rows came out otherwise, or point nowhere.
    """
    with guards.loading(engine) as connection:
        for shape in manifest.shapes:
            part = manifest.parts[member_of(shape)]
            _write(connection, shape, container.read(file, member_of(shape), part))
            tell(shape.name, part.rows)
        guards.stand_again(connection)
        go_on(connection, manifest.last_ids)
        compare(connection, manifest)
        connection.commit()


def _write(connection: Connection, shape: Shape, all_lines: Iterator[bytes]) -> None:
    write = _insert if connection.dialect.name == "sqlite" else _copy
    for portion in portions(all_lines):
        try:
            write(connection, shape, list(rows(portion, shape)))
        except ValueError as error:
            raise Damaged(f"{shape.name}: {error}") from error


def _insert(connection: Connection, shape: Shape, values: list[list[Any]]) -> None:
    names = shape.names
    connection.execute(insert(shape.clause()), [dict(zip(names, row, strict=True)) for row in values])


def _copy(connection: Connection, shape: Shape, values: list[list[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in shape.names)
    statement = f'COPY "{shape.name}" ({names}) FROM STDIN'
    error_of = connection.dialect.loaded_dbapi.Error
    try:
        with driver_of(connection).cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
    except error_of as error:
        raise DBAPIError.instance(statement, (), error, error_of) from error


def compare(connection: Connection, manifest: Manifest) -> None:
    """Read what was written, and count it and its SHA-256 as when the backup was made."""
    for shape in manifest.shapes:
        found, count = hashlib.sha256(), 0
        for portion in portions(lines(connection, shape)):
            found.update(b"".join(portion))
            count += len(portion)
        part = manifest.parts[member_of(shape)]
        if (count, found.hexdigest()) != part:
            raise Differs(f"{shape.name} came back with {count} rows, not as the {part.rows} of the backup")
