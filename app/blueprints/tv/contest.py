"""The running competition on a screen: a bar towards the goal, sides that race, or the first five, all in words."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.lists import format_list

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.agency.naming import sort_name
from app.domain.game.appearance import names_for
from app.domain.game.competing import glance
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.glance import Glance
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.ranking import Line
from app.domain.game.fairness import HUNDREDTHS
from app.domain.game.screen import Screen
from app.domain.program.program import Program
from app.language import current
from app.language import gettext as _
from app.words import board, competition, competition_formats, duels
from app.words.days import capital

MOST_SIDES = 8
FULL = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """Somebody or a side that is shown: the bar is measured by the first one, nobody is called the last."""

    label: str
    text: str
    part: int


@dataclass(frozen=True, slots=True)
class Contest:
    """What the slide says; `part` is how much of the goal is there, None without one."""

    name: str
    kind: str
    countdown: str
    people: int
    part: int | None
    figure: str
    sentence: str
    bars: Sequence[Bar]


def running_on(screen: Screen, program: Program, now: datetime) -> Contest | None:
    """The slide of a screen now; None while nothing runs."""
    today = clock.local_day(now, the_zone())
    row = glance.running(program.id, screen.team_id, today)
    if row is None:
        return None
    seen = glance.at_a_glance(row, now)
    shown = [line.subject_id for line in seen.best] + list(seen.ahead[:MOST_SIDES])
    names = names_for(program, None, shown, current())
    return _contest_of(row, seen, names, today)


def tag_of(contest: Contest | None) -> str:
    """Changes when anything that is shown changes."""
    return hashlib.blake2b(f"{current()} {contest!r}".encode(), digest_size=12).hexdigest()


def _contest_of(row: Competition, seen: Glance, names: Mapping[int, str | None], today: date) -> Contest:
    """The slide of one competition; `names` are of those who appear by one."""
    part, figure, sentence = _figure(row, seen, names)
    return Contest(
        name=row.name,
        kind=competition_formats.format_label(row.format),
        countdown=capital(board.days_left(dates_of(row), today)),
        people=seen.people,
        part=part,
        figure=figure,
        sentence=sentence,
        bars=_sides(seen) if seen.sides else _people(row, seen.best, names),
    )


def _figure(row: Competition, seen: Glance, names: Mapping[int, str | None]) -> tuple[int | None, str, str]:
    """The part of the goal, the figure in front, and what it is."""
    if row.format == Format.TEAM_GOAL and row.goal:
        part = min(FULL, FULL * seen.together // row.goal)
        return part, board.percent(part * HUNDREDTHS), competition.together(row, seen.together)
    if row.format == Format.BRACKET and seen.rounds:
        sentence = capital(_ahead(seen, names)) or competition.taking_part(seen.people)
        return None, duels.round_name(seen.round - 1, seen.rounds), sentence
    if row.format == Format.THRESHOLD:
        part = FULL * seen.in_draw // max(seen.people, 1)
        return part, board.number(seen.in_draw), _("in the draw, of %(people)s who take part", people=seen.people)
    return None, board.number(seen.people), "; ".join(filter(None, [_("take part"), _ahead(seen, names)]))


def _ahead(seen: Glance, names: Mapping[int, str | None]) -> str:
    """Who is ahead in their pair, a few by name; nobody is called the one behind."""
    named = sorted(filter(None, (names.get(each) for each in seen.ahead[:MOST_SIDES])), key=sort_name)
    more = len(seen.ahead) - len(named)
    told = [*named, competition.colleagues(more)] if more else named
    return _("ahead: %(names)s", names=format_list(told, locale=current())) if told else ""


def _sides(seen: Glance) -> list[Bar]:
    """Those with a score: an empty bar would mark somebody."""
    racing = [side for side in seen.sides if side.place][:MOST_SIDES]
    return [Bar(side.name, board.score(side.score), _part(side.score, racing[0].score)) for side in racing]


def _people(row: Competition, best: Sequence[Line], names: Mapping[int, str | None]) -> list[Bar]:
    """Of nobody when nobody appears by name."""
    if not any(names.get(line.subject_id) for line in best):
        return []
    highest = max(line.score for line in best)
    return [
        Bar(
            names.get(line.subject_id) or _("A colleague"),
            competition.score(row, line.score),
            _part(line.score, highest),
        )
        for line in best
    ]


def _part(score: int, highest: int) -> int:
    return FULL * score // highest if highest > 0 else 0
