"""How quickly a board of ten thousand people is read, and how logging and reading grow: `make bench-board`.

The board is asked as the page asks it: the first fifty with their names and ties, oneself, two neighbours on either
side, the benchmarks and the last. Beside it stand sums over the ledger in the same run, and peers as PERFORMANCE.md of
the design has them; they were measured on the same kind of machine.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from datetime import time as clock_time
from functools import partial
from itertools import chain
from pathlib import Path

from sqlalchemy import event, text

from app.clock import Period
from app.db import db, is_sqlite
from app.domain.game import ledger
from app.domain.game.excerpt import BoardKey, Kind, Line, around
from app.domain.game.running_total import PERIODS
from tests.bench.board_base import MONDAY, Size, on_postgres, on_sqlite
from tests.bench.figure import PARTS, Figure, slowest
from tests.bench.kept import FOLDER

TOP, NEIGHBOURS = 50, 2
READING = ("SELECT", "WITH", "BEGIN", "PRAGMA")
BOARDS: tuple[Kind, ...] = ("week", "month", "all")
WHOLE = Size(10_000, 5_000_000, 100_000)
QUICK = Size(2_000, 100_000, 20_000)
GROWTH = [Size(100, rows, 10_000) for rows in (20_000, 200_000, 2_000_000)]
GROWTH_LIMITS = {10: 1.2, 100: 1.8}
BOARD_GROWTH_LIMIT = 1.3
REDIS_PAGE_MS, REDIS_TIMES = 0.112, 4
PEERS = (
    "Redis: page 0.112 ms, ZSET alone 0.063 ms · Discourse gamification 2.1 ms and up to 1 h stale"
    " · gamification-engine cold 8.5 s, warm 40 ms at 1,000 users"
)
SUMS = (
    "SELECT person_id, sum(points) FROM ledger_entry WHERE program_id = 1"
    " AND local_date >= :start AND local_date < :end GROUP BY person_id ORDER BY 2 DESC LIMIT 50"
)


def milliseconds(
    work: Callable[[int], object], times: int, watch: Callable[[], float] = time.perf_counter
) -> list[float]:
    """How long each of so many turns took, in order of length."""
    found = []
    for number in range(times):
        begun = watch()
        work(number)
        found.append((watch() - begun) * 1000)
    return sorted(found)


def said(found: Sequence[float]) -> str:
    return f"p50 {found[len(found) // 2]:8.3f} ms   p99 {found[int(len(found) * 0.99)]:8.3f} ms"


def key(period: Kind) -> BoardKey:
    return BoardKey(1, period, PERIODS[period](MONDAY).start)


def read(period: Kind, me: int) -> list[Line]:
    return around(key(period), me, TOP).lines


def board(size: Size, times: int) -> dict[str, list[float]]:
    """The board for people all over it, and the same top by summing the ledger."""
    found: dict[str, list[float]] = {}
    for period in BOARDS:
        work = partial(read_as, size, period)
        found[period] = milliseconds(work, times)
        found[f"{period}, processor"] = milliseconds(work, times, time.process_time)
        found[f"GROUP BY, {period}"] = milliseconds(partial(_grouped, PERIODS[period](MONDAY)), 3)
    return found


def read_as(size: Size, period: Kind, number: int) -> list[Line]:
    return read(period, 1 + number * 7919 % size.people)


def _grouped(dates: Period, _number: int) -> object:
    facts = {"start": dates.start.isoformat(), "end": dates.end.isoformat()}
    wanted = facts if is_sqlite() else {name: datetime.fromisoformat(day).date() for name, day in facts.items()}
    return db.session.connection().execute(text(SUMS), wanted).all()


def log(person_id: int, source_id: int, candidate_id: int) -> None:
    """One row of the ledger with its coins and its boards, as logging writes it."""
    moment = datetime.combine(MONDAY, clock_time(10), UTC)
    ledger.credit(
        program_id=1,
        person_id=person_id,
        team_id=db.session.scalar(text("SELECT team_id FROM person WHERE id = :id"), {"id": person_id}),
        kind="earn",
        action_kind_id=1,
        rule_version=1,
        points=30,
        reason="",
        occurred_at=moment,
        local_date=MONDAY,
        recorded_at=moment,
        source="page",
        candidate_id=candidate_id,
        source_kind="bench",
        source_id=source_id,
        nth=None,
        key=None,
        line=0,
        actor_id=None,
    )


def staleness(size: Size, times: int = 50) -> None:
    """What was just logged is on the board that is read next, every time; nothing of it is kept."""
    for number in range(times):
        me = 1 + number * 104_729 % size.people
        before = _points(me)
        log(me, number, 1 + number)
        assert _points(me) == before + 30, "the board is stale"
    db.session.rollback()


def _points(me: int) -> int:
    return next((line.placed.points for line in read("week", me) if line.placed.person_id == me), 0)


def new_week() -> int:
    """How many statements write anything when a week begins: B10. The boards of next week are read by ten people."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        asked.append(sql)

    event.listen(db.engine, "before_cursor_execute", note)
    start = PERIODS["week"](MONDAY).end
    for me in range(1, 11):
        around(BoardKey(1, "week", start), me, TOP)
    event.remove(db.engine, "before_cursor_execute", note)
    assert any("standing" in sql for sql in asked)
    return sum(not sql.startswith(READING) for sql in asked)


def logging_work(size: Size, times: int = 300) -> float:
    """Processor microseconds of this process for a row of the ledger with everything that follows; none is kept."""
    for warm in range(30):
        log(1 + warm % size.people, warm, 1 + warm)
    costs = []
    for number in range(times):
        begun = time.process_time()
        log(1 + number % size.people, number, 1 + number * 7919 % size.candidates)
        costs.append((time.process_time() - begun) * 1_000_000)
    db.session.rollback()
    return statistics.median(costs)


def measure(size: Size, times: int) -> bool:
    """Whether the week comes in time and a new one writes nothing."""
    load = os.getloadavg()[0]
    print(f"\n{'SQLite' if is_sqlite() else 'PostgreSQL'}, {size.people:,} people, {size.rows:,} rows, load {load:.1f}")
    found = board(size, times)
    for name, each in found.items():
        print(f"  {name:<16} {said(each)}")
    ratio = found["week"][len(found["week"]) // 2] / REDIS_PAGE_MS
    print(f"  the week is {ratio:.1f} times Redis (page {REDIS_PAGE_MS} ms); the target is {REDIS_TIMES} (B3)")
    staleness(size)
    written = new_week()
    print(f"  stale rows: 0 of 50   a new week writes {written} rows (B10)")
    return ratio <= REDIS_TIMES and not written


def b3(quick: bool) -> list[Figure]:
    """The week's board of ten thousand people, beside Redis' page as it was measured once, and beside a sum."""
    size = QUICK if quick else WHOLE
    with on_sqlite(size) as app, app.app_context():
        milliseconds(partial(read_as, size, "week"), 20)
        times, sums = [], list[float]()
        for _ in range(PARTS):
            times.append(milliseconds(partial(read_as, size, "week"), 20 if quick else 100))
            sums += milliseconds(partial(_grouped, PERIODS["week"](MONDAY)), 1)
        staleness(size)
    found, middles = sorted(chain.from_iterable(times)), tuple(_middle(each) for each in times)
    middle, slow, summed = _middle(found), slowest(found), _middle(sorted(sums))
    page = "a week's page of the board"
    return [
        Figure(
            f"{page}, beside Redis' page of another day",
            "ms",
            middle,
            REDIS_PAGE_MS,
            REDIS_TIMES,
            of="ratio",
            rounds=middles,
        ),
        Figure(f"{page}, p99", "ms", slow),
        Figure(f"{page}, a sum instead", "ms", summed, middle),
        Figure("stale rows of 50 that were just logged", "", 0, target=0),
    ]


def b10(quick: bool) -> list[Figure]:
    """What a new week writes."""
    with on_sqlite(QUICK if quick else WHOLE) as app, app.app_context():
        return [Figure("statements that write when a week begins", "", new_week(), target=0)]


def b13(quick: bool) -> list[Figure]:
    """The board of all time, on which everybody is, with a hundred times as many rows, by turns."""
    sizes = [Size(200, 1_000, 1_000), Size(200, 100_000, 1_000)] if quick else [WHOLE._replace(rows=50_000), WHOLE]
    found: list[list[float]] = [[], []]
    with ExitStack() as stack:
        apps = [stack.enter_context(on_sqlite(size)) for size in sizes]
        for _ in range(PARTS + 1):
            for size, app, times in zip(sizes, apps, found, strict=True):
                with app.app_context():
                    times.append(_middle(milliseconds(partial(read_as, size, "all"), 100)))
    least, most = (statistics.median(times[1:]) for times in found)
    name = "the board of as many people, with a hundred times as many rows"
    return [Figure(name, "ms", most, least, BOARD_GROWTH_LIMIT, of="ratio", rounds=tuple(found[1][1:]))]


def growth(sizes: Sequence[Size], times: int, kept: Path) -> bool:
    """B13: logging at 10 and 100 times as many rows, and the board of as many people; whether both are as asked."""
    work, reads = {}, {}
    for size in sizes:
        with on_sqlite(size, kept) as app, app.app_context():
            work[size.rows] = logging_work(size)
            reads[size.rows] = milliseconds(partial(read_as, size, "week"), times)
    least, good = sizes[0].rows, True
    print(f"\ngrowth from {least:,} rows, load {os.getloadavg()[0]:.1f}")
    for size in sizes:
        times_as_many = size.rows // least
        ratio, board_ratio = work[size.rows] / work[least], _middle(reads[size.rows]) / _middle(reads[least])
        limit = GROWTH_LIMITS.get(times_as_many, 1.0)
        print(
            f"  {size.rows:>9,} rows: logging {work[size.rows]:6.0f} us ({ratio:.2f}, target {limit})"
            f"   board {_middle(reads[size.rows]):.3f} ms ({board_ratio:.2f}, target {BOARD_GROWTH_LIMIT})"
        )
        good = good and ratio <= limit and board_ratio <= BOARD_GROWTH_LIMIT
    return good


def _middle(found: Sequence[float]) -> float:
    return found[len(found) // 2]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="a fiftieth of the rows, on SQLite alone")
    asked.add_argument("--times", type=int, default=400)
    asked.add_argument("--growth", action="store_true", help="only how logging and reading grow")
    asked.add_argument("--postgres-rows", type=int, default=1_000_000, help="rows on PostgreSQL, made anew every time")
    asked.add_argument("--folder", type=Path, default=FOLDER, help="where the programs that are made are kept")
    options = asked.parse_args()
    good = options.growth or boards(QUICK if options.quick else WHOLE, options)
    good = growth(GROWTH[:2] if options.quick else GROWTH, options.times, options.folder) and good
    raise SystemExit(not good)


def boards(size: Size, options: argparse.Namespace) -> bool:
    """The board on SQLite and, unless it has to be quick, on PostgreSQL; Redis' limit is held on SQLite alone."""
    print(PEERS)
    with on_sqlite(size, options.folder) as app, app.app_context():
        good = measure(size, options.times)
    if not options.quick:
        size = size._replace(rows=options.postgres_rows)
        with on_postgres(size, options.folder) as app, app.app_context():
            measure(size, options.times)
    return good


if __name__ == "__main__":
    main()
