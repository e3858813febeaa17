"""Working through a brought file by portions: a rehearsal that writes nobody, then the writing, each step whole.

Whoever works yields between the steps: each is to be taken in a transaction of its own, so that others write between.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.importing import candidate_import, trace
from app.domain.candidates.importing.candidate_import import FORGOTTEN, LEASE, CandidateImport, State
from app.domain.candidates.importing.entry import Entry, Reason, Refusal
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.match import Judged, judge
from app.domain.candidates.importing.pace import Pace
from app.domain.candidates.importing.pack import unpacked
from app.domain.candidates.importing.pool import owners
from app.domain.candidates.importing.rows import entries
from app.domain.candidates.importing.twice import once
from app.domain.candidates.importing.writing import carry_out
from app.domain.candidates.importing.written import Writer

MOST_OWNERS = 50
Step = Callable[[datetime], None]
Item = Entry | Refusal


def rehearsal(row: CandidateImport, person: Person, zone: ZoneInfo, pace: Pace) -> Iterator[Step]:
    """The steps that find out what an import would do; only refused rows and counts are kept."""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    import_id, wanted = row.id, list(row.columns)
    yield lambda _now: trace.unrefuse(import_id)
    for portion in _portions(once(_items(row, zone)), pace):
        names |= {item.owner for item in portion if isinstance(item, Entry) and item.owner}

        def look(now: datetime, portion: Sequence[Item] = portion) -> None:
            if held := _held(import_id, State.REHEARSING, now):
                judged = judge(person, portion, zone, import_id)
                found = _counts(judged)
                trace.refuse(import_id, (each for each in judged if isinstance(each, Refusal)))
                held.counts, held.written = dict(counts + found), held.written + len(portion)
                db.session.flush()
                counts.update(found)  # only now: a step that was in vain is taken once more

        yield look

    def settle(now: datetime) -> None:
        held = _held(import_id, State.REHEARSING, now)
        if held and list(held.columns) == wanted:
            known = owners()
            held.unknown_owners = sorted(name for name in names if name.casefold() not in known)[:MOST_OWNERS]
            held.state, held.written, held.lease_until = State.REHEARSED, 0, None
            db.session.flush()

    yield settle


def writing(row: CandidateImport, person: Person, zone: ZoneInfo, pace: Pace) -> Iterator[Step]:
    """The steps that write an import, from where it was left; whoever works at the same time ends it for the other.

    When rows of the file are emptied meanwhile, what was read of it before is not written: another turn goes on.
    """
    import_id, at, emptied = row.id, row.written, row.counts.get(FORGOTTEN)
    items = islice(_items(row, zone), at, None)
    for portion in _portions(items, pace):

        def write(now: datetime, portion: Sequence[Item] = portion, at: int = at) -> None:
            held = _held(import_id, State.WRITING, now)
            if held and held.written == at and held.counts.get(FORGOTTEN) == emptied:
                _write(held, Writer(import_id, person, zone, now), portion)

        yield write
        at += len(portion)


def _write(row: CandidateImport, by: Writer, portion: Sequence[Item]) -> None:
    """The rehearsal knows who was in the file before them; all else is judged anew, for the pool may have changed."""
    twice = trace.twice(row.id, portion[0].line, portion[-1].line)
    fresh = [
        Refusal(item.line, Reason.TWICE, twice[item.line], item.cells) if item.line in twice else item
        for item in portion
    ]
    judged = judge(by.person, fresh, by.zone, row.id)
    trace.unrefuse(row.id, [item.line for item in portion])
    trace.refuse(row.id, (each for each in judged if isinstance(each, Refusal)))
    carry_out(by, [each for each in judged if isinstance(each, Judged)])
    before = row.counts if row.written else {name: row.counts[name] for name in {FORGOTTEN} & row.counts.keys()}
    row.counts = dict(Counter(before) + _counts(judged))
    row.written += len(judged)
    if row.written >= row.rows:
        row.state, row.finished_at, row.content, row.lease_until = State.DONE, by.now, b"", None
    db.session.flush()


def _held(import_id: int, state: State, now: datetime) -> CandidateImport | None:
    """The import, if it still is what this work is for."""
    row = candidate_import.locked(import_id)
    if row is None or row.state != state:
        return None
    row.lease_until = now + LEASE
    return row


def _items(row: CandidateImport, zone: ZoneInfo) -> Iterator[Item]:
    """The file's rows as entries and refusals, read as of the day on which it was brought."""
    width = len(row.header)
    rows = unpacked(row.content, 0 if row.separator else width)
    return entries(rows, width, [Column(each) for each in row.columns], clock.local_day(row.created_at, zone))


def _portions(items: Iterator[Item], pace: Pace) -> Iterator[list[Item]]:
    while portion := list(islice(items, pace.rows)):
        yield portion


def _counts(judged: Sequence[Judged | Refusal]) -> Counter[str]:
    """What became of rows, and by what people were known again."""
    counts: Counter[str] = Counter()
    for each in judged:
        if isinstance(each, Refusal):
            counts["refused"] += 1
            continue
        counts[each.verdict] += 1
        if each.by:
            counts[f"by_{each.by}"] += 1
        elif not each.entry.keys:
            counts["keyless"] += 1
    return counts
