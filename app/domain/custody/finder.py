"""Looks through the whole pool for candidates who may be one person, or only among what changed since."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.candidates.address import NUMBERED, Channel
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.folding import fold
from app.domain.candidates.identity import Identity
from app.domain.custody import likeness
from app.domain.custody.duplicate import DuplicatePair
from app.domain.custody.likeness import Alike, Known

PORTION = 5_000
COMPARED = (Channel.EMAIL, *NUMBERED)
CANDIDATE, IDENTITY = cast("Table", Candidate.__table__), cast("Table", Identity.__table__)


class Pool(NamedTuple):
    """All that a look compares; `fresh` None: everybody is compared with everybody."""

    everybody: list[Known]
    fresh: set[int] | None
    decided: set[tuple[int, int]]


def read(since: datetime | None = None) -> Pool:
    """The pool as it is now; `since`: to compare only with whom was new or changed then."""
    return Pool(list(_everybody()), None if since is None else _fresh(since), _decided())


def find(pool: Pool) -> list[Alike]:
    """Pairs that nobody decided yet. It takes a while and asks the database nothing: end the transaction before it."""
    found = likeness.pairs(pool.everybody, pool.fresh)
    return likeness.strongest(each for each in found if each[:2] not in pool.decided)


def _everybody() -> Iterator[Known]:
    """The pool as it is compared, read in portions."""
    facts = CANDIDATE.c.id, CANDIDATE.c.name, CANDIDATE.c.role_sought, CANDIDATE.c.region, CANDIDATE.c.external_id
    query, last = select(*facts).where(PRESENT).order_by(CANDIDATE.c.id).limit(PORTION), 0
    while rows := db.session.execute(query.where(CANDIDATE.c.id > last)).all():
        addresses = _addresses(last, rows[-1].id)
        last = rows[-1].id
        for row in rows:
            yield likeness.known(
                row.id,
                name=fold(row.name),
                role=fold(row.role_sought),
                region=fold(row.region),
                external_id=row.external_id or "",
                addresses=addresses[row.id],
            )


def _addresses(after: int, until: int) -> defaultdict[int, set[str]]:
    query = select(IDENTITY.c.candidate_id, IDENTITY.c.address).where(
        IDENTITY.c.candidate_id > after, IDENTITY.c.candidate_id <= until, IDENTITY.c.channel.in_(COMPARED)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for candidate_id, address in db.session.execute(query):
        found[candidate_id].add(address)
    return found


def _fresh(since: datetime) -> set[int]:
    """Who was added or changed since, or got an address."""
    changed = select(CANDIDATE.c.id).where(CANDIDATE.c.updated_at >= since)
    reached = select(IDENTITY.c.candidate_id).where(IDENTITY.c.added_at >= since)
    return set(db.session.scalars(changed.union(reached)))


def _decided() -> set[tuple[int, int]]:
    """Who were decided about; a decision about somebody holds for whom they are one with since."""
    first, second = aliased(Candidate), aliased(Candidate)
    query = (
        select(first.id, first.merged_into_id, second.id, second.merged_into_id)
        .join_from(DuplicatePair, first, first.id == DuplicatePair.first_id)
        .join(second, second.id == DuplicatePair.second_id)
        .where(DuplicatePair.decided_at.is_not(None))
    )
    couples = ((one_into or one, two_into or two) for one, one_into, two, two_into in db.session.execute(query))
    return {(min(couple), max(couple)) for couple in couples}
