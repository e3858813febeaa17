"""Every standing anew from the ledger, beside one sum for each kind of board: the second half of B8."""

import statistics
import time
from collections.abc import Callable

from sqlalchemy import func, select

from app.db import db
from app.domain.game import lasting, rebuilding, recount
from app.domain.game.ledger_entry import LedgerEntry
from tests.bench.board_base import Size, made_of
from tests.bench.figure import PARTS, Figure
from tests.bench.kept import copied

WHOLE, QUICK = Size(400, 200_000, 4_000), Size(40, 20_000, 400)
"""As many rows for each person as the board of ten thousand has."""
MOST_SECONDS, MOST_TIMES = 3.0, 2.0


def sums() -> None:
    """One GROUP BY for each kind of board, read to the end."""
    for period in lasting.PERIODS:
        start = recount.start_of(period, LedgerEntry.local_date)
        query = select(LedgerEntry.person_id, start, func.sum(LedgerEntry.points), func.count())
        db.session.connection().execute(query.group_by(LedgerEntry.person_id, start)).all()


def seconds(rows: int, work: Callable[[], object]) -> float:
    """Of this process, for a million rows."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1e6 / rows


def b8(quick: bool) -> list[Figure]:
    """By turns; what is written is taken back."""
    size, ours, floor = QUICK if quick else WHOLE, list[float](), list[float]()
    with copied(made_of(size)):
        rebuilding.rebuild()
        db.session.commit()
        for _ in range(PARTS):
            floor.append(seconds(size.rows, sums))
            ours.append(seconds(size.rows, rebuilding.rebuild))
            db.session.rollback()
    own, least = statistics.median(ours), statistics.median(floor)
    return [
        Figure("standings anew, of a million rows, work", "s", own, target=MOST_SECONDS, rounds=tuple(ours)),
        Figure("standings anew, beside one sum a kind", "s", own, least, MOST_TIMES, of="ratio", rounds=tuple(ours)),
    ]
