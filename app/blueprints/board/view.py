"""What a board looks like: its rows with the lines between them, its movement, and the tag of what is shown."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from app.blueprints.board.asked import Asked
from app.domain.actions.way_up import ways_up
from app.domain.agency.naming import initials
from app.domain.agency.person import Person, Role
from app.domain.game import improvement, risen
from app.domain.game.appearance import PSEUDONYM
from app.domain.game.leaderboard import PLAYS, Board, BoardRow, MyPlace
from app.language import current
from app.words import board as words
from app.words.explained import ways_words

OF_HUNDRED = frozenset(("improvement", "kept"))


class Line(NamedTuple):
    """A row as it is shown, or with a `text` alone a line between rows; `rise` is 0 for whoever did not rise."""

    text: str = ""
    dom_id: str = ""
    place: int | None = None
    shared: bool = False
    name: str = ""
    initials: str = ""
    detail: str = ""
    href: str | None = None
    rise: int = 0
    score: str = ""
    me: bool = False


class Seen(NamedTuple):
    """Everything that is shown of a board, and the tag that changes with any of it.

    `note` is why somebody is not on it yet, `ways` what they could do to stand one place higher.
    """

    lines: Sequence[Line]
    moves: bool
    note: str
    ways: str
    tag: str


def seen(asked: Asked, board: Board, viewer: Person, now: datetime, also: object) -> Seen:
    """`also` is what else the page shows that may change."""
    since = risen.moved_since(board, asked.today) if asked.metric == "points" else None
    rises = risen.risen(board, since, now) if since else None
    lines = list(_lines(asked, board, rises or {}, viewer))
    note, ways = _note(asked, board, viewer), ways_of(asked, board.mine, viewer)
    shown = f"{current()} {asked.today} {asked.facts()} {lines} {board.mine} {board.compared} {note} {ways} {also}"
    tag = hashlib.blake2b(shown.encode(), digest_size=12).hexdigest()
    return Seen(lines, rises is not None, note, ways, tag)


def ways_of(asked: Asked, mine: MyPlace, viewer: Person) -> str:
    """What somebody could log today to stand one place higher on a board that runs."""
    if not mine.gap or asked.rests or asked.scope == "teams":
        return ""
    return ways_words(ways_up(asked.program.id, viewer, mine.gap, asked.today))


def _note(asked: Asked, board: Board, viewer: Person) -> str:
    if asked.metric != "improvement" or board.mine.place or viewer.role not in PLAYS:
        return ""
    known = improvement.periods_known(board.key, viewer.id)
    return words.growing(known) if known < improvement.LEAST_PERIODS else ""


def _lines(asked: Asked, board: Board, rises: Mapping[int, int], viewer: Person) -> Iterator[Line]:
    """The rows, with how many are left out between them and where the top quarter and the upper half end."""
    edges = _benchmarks(board)
    fine = _fine(board.rows)
    for number, (row, left_out) in enumerate(_gaps(board.rows)):
        passed = [text for score, text in edges if row.score < score]
        edges = edges[len(passed) :]
        texts = [words.hidden_words(left_out), *passed] if left_out else passed
        if texts:
            yield Line(" · ".join(texts))
        shown = _of_team(asked, row) if board.scope == "team" else _of_person(asked, row, viewer, number)
        rise = max(rises.get(row.subject_id, 0), 0)
        yield shown._replace(score=_score(asked, board, row, fine=fine[number]), rise=rise, me=row.me)
    if edges:
        yield Line(" · ".join(text for _, text in edges))


def _score(asked: Asked, board: Board, row: BoardRow, *, fine: bool) -> str:
    if not board.compared:
        return words.number(row.points or 0)
    return words.percent(row.score) if asked.metric in OF_HUNDRED else words.score(row.score, fine=fine)


def _of_team(asked: Asked, row: BoardRow) -> Line:
    """A team opens to its people."""
    name = row.name or ""
    shown = words.own_team(name) if row.me else name
    return Line(
        "",
        f"row-team-{row.subject_id}",
        row.place,
        row.shared,
        shown,
        initials(name),
        "",
        asked.team_url(row.subject_id),
    )


def _of_person(asked: Asked, row: BoardRow, viewer: Person, number: int) -> Line:
    """By its id a row is known when it moves; it never tells who somebody without a name is."""
    name, masked = row.name or words.nameless(), asked.program.board_mode == PSEUDONYM
    if row.me:
        return Line(
            "",
            "row-me",
            row.place,
            row.shared,
            words.own_name(name),
            initials(name),
            words.own_words(row.points or 0, row.days) if row.place or row.days else "",
            asked.person_url(viewer.id),
        )
    known = "-".join(name.lower().split()) if masked else f"person-{row.subject_id}"
    opens = row.name and not masked and _opens(asked, viewer)
    return Line(
        "",
        f"row-{known}" if row.name else f"row-at-{number}",
        row.place,
        row.shared,
        name,
        initials(name) if row.name else "?",
        "",
        asked.person_url(row.subject_id) if opens else None,
    )


def _opens(asked: Asked, viewer: Person) -> bool:
    """Whoever runs the people shown sees the rows behind a total."""
    return viewer.role == Role.ADMIN or (viewer.role == Role.LEAD and asked.team == viewer.team_id)


def _benchmarks(board: Board) -> list[tuple[int, str]]:
    both: tuple[tuple[int | None, Callable[[int], str]], ...] = (
        (board.quarter, words.quarter_words),
        (board.median, words.median_words),
    )
    return [(score, say(score)) for score, say in both if score is not None]


def _fine(rows: Sequence[BoardRow]) -> list[bool]:
    """Whether a score needs its decimals: a neighbour at another place would read the same without them."""
    same = [one.score // 100 == two.score // 100 and one.place != two.place for one, two in pairwise(rows)]
    return [before or after for before, after in zip([False, *same], [*same, False], strict=True)]


def _gaps(rows: Sequence[BoardRow]) -> Iterator[tuple[BoardRow, int]]:
    """Every row with the number of people left out before it."""
    last = 0
    for number, row in enumerate(rows):
        yield row, max(0, (row.place or 0) - last - 1)
        equals = sum(1 for other in rows[:number] if other.place == row.place)
        last = (row.place or 0) + equals
