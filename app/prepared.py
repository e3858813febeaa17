"""Statements of the hot paths, compiled once and handed to SQLite's driver; whoever listens hears them too."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, Dialect, LargeBinary, TextClause
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.types import TypeEngine

from app.db import UtcDateTime, as_moment, db
from app.engine import driver_of

HELD = "connection"
Facts = Mapping[str, Any]
Rows = list[tuple[Any, ...]]
Process = Callable[[Any], Any]


class Plan(NamedTuple):
    """The text, the values that never change, what becomes of the others, their order, and what of the answers."""

    text: str
    fixed: dict[str, Any]
    given: Sequence[tuple[str, Process]]
    order: Callable[[dict[str, Any]], Any]
    found: Sequence[tuple[int, Process]]

    def values(self, facts: Facts) -> Any:  # noqa: ANN401 - whatever itemgetter gives
        """What the driver takes for these facts."""
        named = {**self.fixed, **facts}
        for name, process in self.given:
            if named[name] is not None:
                named[name] = process(named[name])
        return self.order(named)

    def answer(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """What the driver brought, as the columns have it."""
        values = list(row)
        for at, process in self.found:
            if values[at] is not None:
                values[at] = process(values[at])
        return tuple(values)


class Held(NamedTuple):
    """What a transaction works on; `driver` is SQLite's own connection, which needs nobody in between."""

    transaction: SessionTransaction | None
    connection: Connection
    driver: Any


class Prepared:
    """One statement, which is given the same names every time."""

    def __init__(self, statement: Any) -> None:  # noqa: ANN401 - whatever can be compiled
        self.statement = statement
        self.plan: Plan | None = None

    def run(self, facts: Facts) -> Rows:
        """Execute it with these values; the rows that it answers."""
        held = _held()
        if held.driver is None:
            result = held.connection.execute(self.statement, facts)
            return [tuple(row) for row in result] if result.returns_rows else []
        plan = self.plan or self._plan(held.connection.dialect, facts)
        rows = _run(held, plan.text, plan.values(facts))
        return [plan.answer(row) for row in rows] if plan.found else rows

    def raw(self, facts: Facts) -> Rows:
        """The same rows as the driver gives them: reading what nobody looks at takes longer than the question."""
        held = _held()
        if held.driver is None:
            with held.connection.execute(self.statement, facts) as result:
                return list(result.cursor.fetchall())
        plan = self.plan or self._plan(held.connection.dialect, facts)
        return _run(held, plan.text, plan.values(facts))

    def many(self, rows: Sequence[Facts]) -> None:
        """Execute it for each of these; it answers nothing."""
        if not rows:
            return
        held = _held()
        if held.driver is None:
            held.connection.execute(self.statement, rows)
            return
        plan = self.plan or self._plan(held.connection.dialect, rows[0])
        _run(held, plan.text, [plan.values(facts) for facts in rows])

    def _plan(self, dialect: Dialect, facts: Facts) -> Plan:
        plan = self.plan = _plan(self.statement, dialect, facts)
        return plan


def _held() -> Held:
    """The session holds on to it as long as its transaction lasts: asking for the connection each time is dear.

    A savepoint is set when the session is asked first, so each has its own.
    """
    session = db.session()
    held: Held | None = session.info.get(HELD)
    now = session.get_nested_transaction() or session.get_transaction()
    if held is None or held.transaction is not now or not session.is_active:
        connection = session.connection()
        now = session.get_nested_transaction() or session.get_transaction()
        driver = driver_of(connection) if connection.dialect.name == "sqlite" else None
        held = session.info[HELD] = Held(now, connection, driver)
    return held


def _run(held: Held, text: str, values: Any) -> Rows:  # noqa: ANN401 - as the driver wants them
    cursor, many = held.driver.cursor(), isinstance(values, list)
    for heard in held.connection.dispatch.before_cursor_execute:
        heard(held.connection, cursor, text, values, None, many)
    error_of = held.connection.dialect.loaded_dbapi.Error
    try:
        rows: Rows = (cursor.executemany if many else cursor.execute)(text, values).fetchall()
    except error_of as error:
        raise DBAPIError.instance(text, values, error, error_of) from error
    return rows


def _plan(statement: Any, dialect: Dialect, facts: Facts) -> Plan:  # noqa: ANN401 - as above
    compiled = statement.compile(dialect=dialect, column_keys=list(facts))
    processes = {name: _process(compiled.binds[name].type, dialect, "bind") for name in compiled.params}
    fixed = {name: value for name, value in compiled.params.items() if name not in facts}
    given = [(name, process) for name, process in processes.items() if process]
    columns = [] if isinstance(statement, TextClause) else list(statement.exported_columns)
    answers = enumerate(_process(column.type, dialect, "result") for column in columns)
    found = [(at, process) for at, process in answers if process]
    return Plan(compiled.string, fixed, given, _order(compiled.positiontup or ()), found)


def _order(names: Sequence[str]) -> Callable[[dict[str, Any]], Any]:
    """The driver takes values by their places."""
    if len(names) < 2:  # noqa: PLR2004 - of which alone a getter answers as many
        return lambda values: tuple([values[name] for name in names])
    return itemgetter(*names)


def _process(kind: TypeEngine[Any], dialect: Dialect, way: str) -> Process | None:
    """What the type does with a value on its way; moments and days become text in one step each."""
    for known, processes in QUICK.items():
        if isinstance(kind, known):
            return processes[way]
    impl = kind.dialect_impl(dialect)
    return impl.bind_processor(dialect) if way == "bind" else impl.result_processor(dialect, None)


def _as_text(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[:26]


QUICK: dict[type[TypeEngine[Any]], dict[str, Process | None]] = {
    UtcDateTime: {"bind": _as_text, "result": as_moment},
    Date: {"bind": date.isoformat, "result": date.fromisoformat},
    LargeBinary: {"bind": None, "result": None},
}
