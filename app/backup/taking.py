"""Taking a backup: one moment of the database, read while others go on writing."""

import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Connection, Engine, MetaData, text

from app import schema
from app.backup import container
from app.backup.container import ERASURES, Manifest, member_of
from app.backup.lines import lines
from app.backup.sequences import last_ids
from app.backup.shape import Shape, shapes

Tell = Callable[[str, int], None]
"""Is told the table and its rows, each time that a table is done."""


class Behind(Exception):  # noqa: N818 - a state that an upgrade ends
    """The database is at another migration than the code."""


def fingerprint(key: str) -> str:
    """By which it is seen whether two installations have the same secret key, without telling it."""
    return hmac.digest(key.encode(), b"the key of a backup", "sha256").hex()[:16]


@contextmanager
def moment(engine: Engine) -> Iterator[Connection]:
    """A connection to which the database stands still."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            yield connection  # a read transaction of the write-ahead log sees one moment, from its first question on
            return
        connection.rollback()
        still = connection.execution_options(isolation_level="REPEATABLE READ")
        still.execute(text("SET LOCAL statement_timeout = 0"))
        still.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield still


def take(
    engine: Engine,
    metadata: MetaData,
    path: Path,
    *,
    head: str,
    key: str,
    erasures: Iterable[str],
    now: datetime,
    tell: Tell,
) -> Manifest:
    """Write all rows of one moment to a new file.

    Raises:
        Behind: the database is at another migration than `head`.
        OSError: the file cannot be written; none of it is left.
    """
    with moment(engine) as connection:
        found = schema.found(connection)
        if found != head:
            raise Behind(f"the database is at migration {found}, the code at {head}")
        told = shapes(metadata)
        with container.written(path) as file:
            parts = {member_of(shape): _add(file, connection, shape, tell) for shape in told}
            parts[ERASURES] = container.add(file, ERASURES, (f"{line}\n".encode() for line in erasures))
            ids = last_ids(connection)
            manifest = Manifest(now.isoformat(), engine.dialect.name, head, fingerprint(key), told, parts, ids)
            container.add_manifest(file, manifest)
        return manifest


def _add(file: ZipFile, connection: Connection, shape: Shape, tell: Tell) -> container.Part:
    part = container.add(file, member_of(shape), lines(connection, shape))
    tell(shape.name, part.rows)
    return part


def verify(path: Path, tell: Tell) -> Manifest:
    """Read all of a backup and hold it against its manifest.

    Raises:
        Damaged: it is not as it was written.
    """
    with container.opened(path) as (file, manifest):
        for name, part in manifest.parts.items():
            rows = sum(1 for _ in container.read(file, name, part))
            tell(name, rows)
        return manifest
