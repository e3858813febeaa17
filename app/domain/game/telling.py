"""The feed as somebody may see it: who did it when they appear by name, for whom when that is theirs to see."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from app.db import Page, db, page_of
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.game.appearance import PSEUDONYM, names_for
from app.domain.game.competing.seeing import names_seen_by
from app.domain.game.feed import FeedItem, Reaction, Told
from app.domain.game.recognition import kudos
from app.domain.game.recognition.value import ProgramValue
from app.domain.program.program import Program

SIZE = 20


@dataclass(frozen=True, slots=True)
class Praise:
    """Kudos as the viewer may read them: `giver` None is a colleague; `text` None are words that are not for them."""

    giver: str | None
    value: ProgramValue
    text: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """`name` None is a colleague; `candidate` None is nobody whom the viewer may know; `said` counts the signs.

    `contest` is what the competition of a result is called, for whom it is for.
    """

    item: FeedItem
    name: str | None
    candidate: str | None
    said: Mapping[str, int]
    my_sign: str | None
    own: bool
    praise: Praise | None = None
    contest: str | None = None


def latest(program: Program, viewer: Person, number: int = 1, size: int = SIZE) -> Page[Telling]:
    """One page of what was told, the newest first."""
    newest = _standing(program).order_by(FeedItem.happened_at.desc(), FeedItem.id.desc())
    page = page_of(newest, number, size)
    return Page(_as_seen(program, viewer, page.rows), page.number, page.size, page.total)


def newest(program: Program, viewer: Person, most: int) -> Sequence[Telling]:
    """The last that was told."""
    query = _standing(program).order_by(FeedItem.happened_at.desc(), FeedItem.id.desc()).limit(most)
    return _as_seen(program, viewer, db.session.scalars(query).all())


def one(program: Program, viewer: Person, item_id: int) -> Telling | None:
    """A single item that stands."""
    found = db.session.scalars(_standing(program).where(FeedItem.id == item_id)).all()
    return next(iter(_as_seen(program, viewer, found)), None)


def _standing(program: Program) -> Select[FeedItem]:
    return select(FeedItem).where(FeedItem.program_id == program.id, FeedItem.withdrawn_at.is_(None))


def _as_seen(program: Program, viewer: Person, items: Sequence[FeedItem]) -> list[Telling]:
    given = kudos.of_ids([item.source_id for item in items if item.kind == Told.KUDOS])
    givers = {each.row.giver_id for each in given.values()}
    names = names_for(program, viewer, givers | {item.person_id for item in items if item.person_id})
    named = [item for item in items if _open(program, viewer, item, names)]
    candidates = _candidates(viewer, {item.candidate_id for item in named if item.candidate_id})
    contests = names_seen_by(viewer, [item.source_id for item in items if item.kind == Told.RESULT])
    said, mine = _reactions(viewer, [item.id for item in items])
    return [
        Telling(
            item,
            names.get(item.person_id or 0),
            candidates.get(item.candidate_id or 0) if item in named else None,
            said[item.id],
            mine.get(item.id),
            own=item.person_id == viewer.id,
            praise=_praise(program, viewer, given[item.source_id], names) if item.kind == Told.KUDOS else None,
            contest=contests.get(item.source_id) if item.kind == Told.RESULT else None,
        )
        for item in items
    ]


def _open(program: Program, viewer: Person, item: FeedItem, names: Mapping[int, str | None]) -> bool:
    """Whether it may say for whom: the candidate's own page names who did it, so not where that is kept quiet."""
    if item.person_id in (None, viewer.id):
        return True
    return program.board_mode != PSEUDONYM and names[item.person_id] is not None


def _praise(program: Program, viewer: Person, given: kudos.Told, names: Mapping[int, str | None]) -> Praise:
    """The words may name either of the two: whoever else reads them knows both by their own names, or does not."""
    row = given.row
    if viewer.id in {row.giver_id, row.receiver_id}:
        return Praise(given.giver, given.value, given.text)
    open_to_all = program.board_mode != PSEUDONYM and names[row.giver_id] and names[row.receiver_id]
    return Praise(names[row.giver_id], given.value, given.text if open_to_all else None)


def _candidates(viewer: Person, ids: Collection[int]) -> Mapping[int, str]:
    """The names of those whom the viewer may see."""
    if not ids:
        return {}
    columns = Candidate.id, Candidate.name
    rows = db.session.execute(visible(viewer).where(Candidate.id.in_(ids)).with_only_columns(*columns))
    return {row.id: row.name for row in rows}


def _reactions(viewer: Person, ids: Iterable[int]) -> tuple[Mapping[int, Counter[str]], Mapping[int, str]]:
    """How often each sign was given to each item, and which one by the viewer."""
    said: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = db.session.execute(
        select(Reaction.item_id, Reaction.person_id, Reaction.sign).where(Reaction.item_id.in_(list(ids)))
    ).all()
    for item_id, _person_id, sign in rows:
        said[item_id][sign] += 1
    return said, {item_id: sign for item_id, person_id, sign in rows if person_id == viewer.id}
