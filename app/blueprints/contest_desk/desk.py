"""What the desk shows: drafts, what runs, what waits for a decision or to be handed over, and the agenda."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import render_template

from app import clock
from app.blueprints.contest_desk.wizard import allowed, today
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, names_of
from app.domain.game.competing import agenda, handing
from app.domain.game.competing.competition import Competition, State
from app.domain.game.competing.draft import may_run
from app.domain.game.competing.life import state_of
from app.domain.game.competing.prize import PrizeAward, titles_of
from app.domain.game.competing.seeing import all_for
from app.domain.game.competing.taking_part import AT_ONCE
from app.domain.game.competing.waiting import open_disputes
from app.domain.game.running import RUNS
from app.domain.program.program import the_program
from app.language import short_day
from app.web import auth
from app.web.errors import found
from app.words.competition import days, state_label, state_tone
from app.words.competition_formats import format_label
from app.words.contest_desk import closed

AHEAD = (State.PUBLISHED, State.LIVE, State.GRACE, State.REVIEW)
MOST = 100
WORDS: Mapping[str, object] = {
    "days": days,
    "state": state_label,
    "tone": state_tone,
    "format": format_label,
    "closed": closed,
    "short": short_day,
    "at_once": AT_ONCE,
}


class Row(NamedTuple):
    """A competition and where it is in its life."""

    it: Competition
    state: State


class Award(NamedTuple):
    """A prize that was won and not handed over yet; `own` is the viewer's, whom somebody else hands it."""

    row: PrizeAward
    title: str
    who: str | None
    competition: str
    own: bool


@allowed
def desk() -> str:
    viewer, day = auth.person(), today()
    rows = _rows(viewer)
    competitions = [row.it for row in rows if row.state != State.DRAFT]
    return render_template(
        "contest_desk/desk.html",
        drafts=[row.it for row in rows if row.state == State.DRAFT],
        ahead=[row for row in reversed(rows) if row.state in AHEAD],
        past=[row for row in rows if row.state not in (*AHEAD, State.DRAFT)][:MOST],
        disputes=open_disputes([each.id for each in competitions]) if viewer.role in RUNS else {},
        awards=_awards(viewer, rows) if viewer.role in RUNS else [],
        weeks=agenda.weeks(found(the_program()).id, competitions, day),
        words=WORDS,
        today=day,
    )


def _rows(viewer: Person) -> list[Row]:
    now, zone = clock.now(), the_zone()
    return [Row(each, state_of(each, now, zone)) for each in all_for(viewer) if may_run(viewer, each)]


def _awards(viewer: Person, rows: Sequence[Row]) -> list[Award]:
    waiting = handing.to_hand_over(MOST)
    names = names_of({each.person_id for each in waiting if each.person_id})
    titles = titles_of([each.prize_id for each in waiting])
    told = {row.it.id: row.it.name for row in rows}
    return [
        Award(
            each,
            titles[each.prize_id],
            names.get(each.person_id or 0),
            told.get(each.competition_id, ""),
            each.person_id == viewer.id,
        )
        for each in waiting
    ]
