"""What a screen shows at a moment, with the names of those who appear by name: asked for once, all together."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app import clock
from app.blueprints.tv.ended import Ended, cheers, firsts, told_in
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.naming import sort_name
from app.domain.game import risen as movement
from app.domain.game import together, wall
from app.domain.game.appearance import PSEUDONYM, TEAM, names_for, person_boards
from app.domain.game.feed import FeedItem
from app.domain.game.leaderboard import NAMELESS
from app.domain.game.screen import Screen
from app.domain.game.together import Together
from app.domain.game.wall import Scope
from app.domain.program import common_block
from app.domain.program.program import Program
from app.language import current
from app.web.filters import hour
from app.words.feed import headline
from app.words.program import kind_label
from app.words.wall import short_weekday, until, when


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the board; without a name it is a colleague.

    By `dom_id` it is known when it moves; like the tag, which is made of what is told here, it never tells who it is.
    """

    subject_id: int = field(repr=False)
    dom_id: str
    place: int
    shared: bool
    name: str | None
    score: int


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did, and at what time or on which day; without a name it was a colleague."""

    who: str | None
    what: str
    at: str


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything on it, in words; `team` is whose screen it is, empty for that of everybody."""

    today: date
    team: str
    week: Together
    until: str
    when: str
    scope: Scope
    rows: Sequence[Row]
    done: Sequence[Done]
    cheers: Sequence[tuple[int, str]]

    @property
    def tag(self) -> str:
        """Changes when anything that is shown changes."""
        return hashlib.blake2b(f"{current()} {self!r}".encode(), digest_size=12).hexdigest()


def wall_of(screen: Screen, program: Program, now: datetime) -> Wall:
    """What a screen shows now."""
    today, team_id = clock.local_day(now, the_zone()), screen.team_id
    people = person_boards(program)
    board = wall.board(program.id, "person", today, team_id) if people else []
    acts = wall.last_actions(program.id, today, team_id)
    items = wall.celebrated(program.id, now, team_id)
    ended = told_in(items)
    seen = {row.subject_id for row in board} | {act.person_id for act in acts} | {item.person_id for item in items}
    seen |= firsts(ended)
    names = names_for(program, None, [person_id for person_id in seen if person_id], current())
    scope: Scope = "person" if any(names[row.subject_id] for row in board) else "team"
    if scope == "team":
        board = wall.board(program.id, "team", today)
    teams = wall.team_names([*(row.subject_id for row in board if scope == "team"), *([team_id] if team_id else [])])
    block = common_block.coming(program.id, team_id, now)
    return Wall(
        today=today,
        team=teams.get(team_id or 0, ""),
        week=together.in_week(program, team_id, today),
        until=until(block, now) if block else "",
        when=when(block, now) if block else "",
        scope=scope,
        rows=_rows(board, names if scope == "person" else teams, program.board_mode if scope == "person" else "team"),
        done=[_done(act, names, today) for act in sorted(acts, key=lambda act: act.at, reverse=True)],
        cheers=_cheers(items, ended, names),
    )


def _rows(board: Sequence[wall.Row], names: Mapping[int, str | None] | Mapping[int, str], mode: str) -> list[Row]:
    """Equals are sorted by name, for their order means nothing."""
    named = [(row, names.get(row.subject_id)) for row in board]
    named.sort(key=lambda each: (each[0].place, sort_name(each[1] or NAMELESS)))
    return [
        Row(row.subject_id, _dom_id(row.subject_id, number, name, mode), row.place, row.shared, name, row.score)
        for number, (row, name) in enumerate(named)
    ]


def _dom_id(subject_id: int, number: int, name: str | None, mode: str) -> str:
    """Of a team or somebody with a name their number; under a pseudonym its words; of a colleague where they stand."""
    if mode == TEAM:
        return f"row-team-{subject_id}"
    if name is None:
        return f"row-at-{number}"
    return f"row-{'-'.join(name.lower().split())}" if mode == PSEUDONYM else f"row-person-{subject_id}"


def _done(act: wall.Act, names: Mapping[int, str | None], today: date) -> Done:
    day = clock.local_day(act.at, the_zone())
    when_done = hour(act.at) if day == today else short_weekday(day)
    return Done(names.get(act.person_id or 0), kind_label(act), when_done)


def _cheers(items: Sequence[FeedItem], ended: Ended, names: Mapping[int, str | None]) -> list[tuple[int, str]]:
    """What each tells; of a competition for everybody how it ended."""
    results = cheers(ended, names)
    return [
        (item.id, results.get(item.id) or headline(item.kind, names.get(item.person_id or 0), item.number))
        for item in items
    ]


def risen(screen: Screen, program: Program, shown: Wall, now: datetime) -> Mapping[int, int]:
    """How many places each has risen since Monday; who fell is told nothing that everybody can see.

    Nobody has on a Monday, nor among the people of one team, whose places before are not kept.
    """
    monday = clock.week_of(shown.today).start
    if shown.today == monday or (screen.team_id and shown.scope == "person"):
        return {}
    turn = int(now.timestamp()) // movement.KEPT_SECONDS
    database = str(db.engine.engine.url)
    then = movement.places_then(database, turn, program.id, shown.scope, monday, monday + clock.DAY, "week")
    up = {row.subject_id: then.get(row.subject_id, 0) - row.place for row in shown.rows}
    return {subject_id: places for subject_id, places in up.items() if places > 0}
