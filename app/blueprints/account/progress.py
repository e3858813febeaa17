"""One's own progress: points, level, badges, the weeks of the streak, and the kudos one got; nobody else sees it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Blueprint, render_template

from app import clock
from app.domain.actions import streak_calendar
from app.domain.actions.streak_calendar import Calendar
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.game.leaderboard import PLAYS
from app.domain.game.recognition import awarding, kudos, levels, totals
from app.domain.game.recognition.awarding import Standing
from app.domain.game.recognition.badges import Progress
from app.domain.program.action_kind import kinds_of
from app.domain.program.program import Program, the_program
from app.web import auth
from app.web.errors import found
from app.words import badge as badge_words
from app.words import kudos as kudos_words
from app.words import progress as words
from app.words.program import kind_label

KEEPS = frozenset({Role.RECRUITER, Role.LEAD})
KUDOS = 5


class Shown(NamedTuple):
    """A badge with what is missing, in words; nothing is when it was earned."""

    badge: Standing
    missing: str


@auth.signed_in
def progress() -> str:
    """Everything at a glance."""
    person, program = auth.person(), found(the_program())
    return render_template(
        "account/progress.html",
        calendar=_calendar(person) if person.role in KEEPS else None,
        kudos=kudos.received(person.id, size=KUDOS),
        person=person,
        words=words,
        badge_words=badge_words,
        kudos_words=kudos_words,
        **(_played(program, person) if person.role in PLAYS else {"plays": False}),
    )


def _played(program: Program, person: Person) -> dict[str, object]:
    """What there is of whoever plays."""
    points = totals.totals_of(program.id, person.id, clock.local_day(clock.now(), the_zone()))
    level = levels.level_at(points.lifetime) if program.levels else None
    facts = {"plays": True, "points": points, "level": level, "all_time": program.all_time_board}
    return facts | {"badges": _badges(program, person)}


def _calendar(person: Person) -> Calendar:
    return streak_calendar.calendar_of(person, clock.now())


def _badges(program: Program, person: Person) -> Sequence[Shown]:
    """Those that one has first."""
    standing = awarding.of_person(program.id, person.id)
    names = _kind_names(program) if any(each.progress.missing for each in standing) else {}
    shown = [Shown(each, "" if each.given_on else _missing(each.progress, names)) for each in standing]
    return sorted(shown, key=lambda each: each.badge.given_on is None)


def _kind_names(program: Program) -> Mapping[str, str]:
    return {kind.code: kind_label(kind) for kind in kinds_of(program.id)}


def _missing(each: Progress, names: Mapping[str, str]) -> str:
    return badge_words.missing(each, [names.get(code, code) for code in each.missing])


def add_to(bp: Blueprint) -> None:
    """Where it is."""
    bp.get("/progress")(progress)
