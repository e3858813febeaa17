"""A look for duplicates through the pool, as the nightly job and the command take it: written in portions."""

from datetime import datetime
from typing import NamedTuple

from app.db import db, write
from app.domain.custody import duplicate, finder, merge
from app.domain.custody.likeness import Alike
from app.domain.notices import heartbeat

LOOK = "duplicates-look"
PORTION = 500


class Looked(NamedTuple):
    """How many pairs nobody decided yet, and how many of them are new."""

    found: int
    new: int


def find(since: datetime | None = None) -> list[Alike]:
    """Pairs that nobody decided yet, of the whole pool or with whom changed since; no transaction is open meanwhile."""
    pool = finder.read(since)
    db.session.rollback()
    return finder.find(pool)


def look(now: datetime, since: datetime | None = None) -> Looked:
    """Find pairs, and keep those that are new."""
    pairs, new = find(since), 0
    for at in range(0, len(pairs), PORTION):
        write()
        new += duplicate.add(pairs[at : at + PORTION], now)
        db.session.commit()
    return Looked(len(pairs), new)


def look_at_night(now: datetime) -> int:
    """Look at what changed since the last night; returns how many pairs are new."""
    last = heartbeat.last_run(LOOK)
    write()
    merge.gather(now)
    merge.forget_old(now)
    db.session.commit()
    looked = look(now, last.started_at if last else None)
    write()
    heartbeat.ran(LOOK, now, now, None)
    db.session.commit()
    return looked.new
