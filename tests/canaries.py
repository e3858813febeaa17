"""What a test lets somebody be called, type or be given must not come to stand in a log: every test is held to it."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from app.domain.agency import token
from app.domain.agency.person import Person

SHORTEST = 6
"""Characters; what is shorter stands in a log for something else."""
COLUMNS: dict[type[object], tuple[str, ...]] = {Person: ("name", "email", "password_hash")}
"""Of each table what names somebody; of candidates the columns say so themselves."""
TYPED = ("password", "repeat", "current", "proof", "code", "email", "phone", "name", "note", "answer")


class Watch(logging.Handler):
    """What was logged since a test began, and what may not be among it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.secrets: set[str] = set()
        self.laid: set[str] = set()

    def begin(self) -> None:
        self.lines.clear()
        self.secrets = set(self.laid)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def keep_from_logs(self, value: object) -> None:
        if isinstance(value, str) and len(value) >= SHORTEST:
            self.secrets.add(value)

    def typed(self, data: Mapping[str, object]) -> None:
        """What somebody fills in."""
        for name in TYPED:
            self.keep_from_logs(data.get(name))

    def told(self) -> list[str]:
        """Of what may not be there, what is."""
        if not self.lines:
            return []
        said = "\n".join(self.lines)
        return sorted(each for each in self.secrets if each in said or json.dumps(each)[1:-1] in said)


watch = Watch()


def install() -> None:
    """Listen to all there is, once."""
    logging.getLogger().addHandler(watch)
    event.listen(Session, "after_flush", _flushed)
    _around(structlog.processors.JSONRenderer, "__call__", watch.lines.append)
    _around(token, "fresh", watch.keep_from_logs)


def _around(where: Any, name: str, note: Any) -> None:  # noqa: ANN401 - a class or a module, and what listens
    """Note what a function answers."""
    kept = getattr(where, name)

    def noted(*asked: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is asked
        answer = kept(*asked, **named)
        note(answer)
        return answer

    setattr(where, name, noted)


def _flushed(session: Session, _context: object) -> None:
    for row in session.new:
        for name in personal(type(row)):
            watch.keep_from_logs(getattr(row, name, None))


def personal(table: type[object]) -> tuple[str, ...]:
    """What of a table is known of a candidate, or names a colleague."""
    if table not in COLUMNS:
        COLUMNS[table] = _personal(table)
    return COLUMNS[table]


def _personal(table: type[object]) -> tuple[str, ...]:
    return tuple(column.key for column in inspect(table).column_attrs if column.columns[0].info.get("personal"))


def hold() -> Iterator[None]:
    """A test, from its beginning to its end."""
    watch.begin()
    yield
    found = watch.told()
    assert not found, f"the log names {found}"


@contextmanager
def laying() -> Iterator[None]:
    """Meanwhile is laid what several tests begin with; each of them is held to that too, until it is `taken_up`."""
    with contextmanager(hold)():
        yield
        watch.laid = set(watch.secrets)


def taken_up() -> None:
    """Nothing is laid any more."""
    watch.laid.clear()
