"""The practice queue: three invented candidates and the screen of the follow-up block; nothing of it is kept.

How far one is stands in the address, so that a page can be opened again and undone without a row in any table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from app import clock
from app.blueprints.block.blank import STEPS
from app.blueprints.block.invented import Happened, Invented, invented
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_zone
from app.domain.scoring.contact_next import NextUp
from app.language import gettext as _
from app.web import auth
from app.web.htmx import wants_part
from app.words.actions import outcome_label
from app.words.queue import WORDS
from app.words.reasons import given_name
from app.words.ways import Ready

COUNT = 3


@dataclass(frozen=True, slots=True)
class State:
    """Who is still to come, the first one on the screen, and what came of the others, in that order."""

    order: tuple[int, ...] = tuple(range(COUNT))
    log: tuple[tuple[int, Outcome], ...] = ()

    def step(self, asked: str) -> "State":
        """After a press: an outcome takes the card away, the others turn the pile."""
        if not self.order:
            return self
        if asked in {"next", "skip"}:
            return replace(self, order=(*self.order[1:], self.order[0]))
        if asked == "back":
            return replace(self, order=(self.order[-1], *self.order[:-1]))
        return self

    def logged(self, outcome: Outcome) -> "State":
        """After an outcome was chosen for the card on the screen."""
        if not self.order:
            return self
        return State(self.order[1:], (*self.log, (self.order[0], outcome)))

    def undone(self) -> "State":
        """With the card that was logged last on the screen again."""
        return State((self.log[-1][0], *self.order), self.log[:-1])

    @property
    def kept(self) -> dict[str, str]:
        """The state as the fields of a form."""
        return {
            "order": "".join(map(str, self.order)),
            "log": ".".join(f"{number}-{outcome}" for number, outcome in self.log),
        }


@dataclass(frozen=True, slots=True)
class Last:
    """What was just pressed, in words; `undo_url` leads back to before it."""

    message: str
    undo_url: str
    next_step_url: str = ""


@dataclass(frozen=True, slots=True)
class PracticeView:
    """What the screen of the queue shows of it."""

    state: str
    kept: dict[str, str]
    number: int
    done: int
    card: Invented | None
    last: Last | None
    of: int = COUNT
    whose: str = ""
    claimed_by: None = None
    streak: int = 0
    points: int = 0
    ends_at: datetime | None = None
    form: None = None
    fields: None = None
    told: tuple[str, ...] = ()
    hot: tuple[NextUp, ...] = ()
    last_spoken: str = ""
    sum: tuple[tuple[str, int], ...] = ()
    coming: tuple[NextUp, ...] = ()

    @property
    def steps(self) -> dict[str, str]:
        return dict.fromkeys(STEPS, url_for("block.practise"))

    @property
    def next_up(self) -> NextUp | None:
        return self.card.next_up if self.card else None

    @property
    def ways(self) -> tuple[Ready, ...]:
        return self.card.ways if self.card else ()

    @property
    def history(self) -> Sequence[Happened]:
        return self.card.history if self.card else ()

    @property
    def talking_points(self) -> Sequence[str]:
        return self.card.talking_points if self.card else ()


def _asked() -> State:
    """The state that the address tells; one that cannot be is the beginning."""
    try:
        order = tuple(map(int, request.args.get("order", "012")[:COUNT]))
        pairs = [each.split("-") for each in request.args.get("log", "").split(".") if each]
        log = tuple((int(number), Outcome(outcome)) for number, outcome in pairs)
    except ValueError:
        return State()
    everybody = sorted([*order, *(number for number, _outcome in log)])
    return State(order, log) if everybody == list(range(COUNT)) else State()


def _pressed(state: State) -> State:
    outcome = request.args.get("outcome", "")
    if outcome in list(Outcome):
        return state.logged(Outcome(outcome))
    return state.step(request.args.get("step", ""))


def _view(state: State, now: datetime) -> PracticeView:
    cards = invented(now, the_zone())
    return PracticeView(
        state="card" if state.order else "done",
        kept=state.kept,
        number=min(len(state.log) + 1, COUNT),
        done=len(state.log),
        card=cards[state.order[0]] if state.order else None,
        last=_last(state, cards) if state.log else None,
    )


def _last(state: State, cards: list[Invented]) -> Last:
    number, outcome = state.log[-1]
    name = given_name(cards[number].next_up.candidate)
    message = _(
        "%(name)s: %(outcome)s. This was practice; nothing is logged.", name=name, outcome=outcome_label(outcome)
    )
    return Last(message, f"{url_for('block.practise')}?{urlencode(state.undone().kept)}")


@auth.signed_in
def practise() -> str:
    """One card of the practice queue, or its end."""
    view = _view(_pressed(_asked()), clock.now())
    template = "block/_queue.html" if wants_part() else "block/page.html"
    return render_template(template, view=view, words=WORDS, practice=url_for("block.practise"))


def add_to(bp: Blueprint) -> None:
    """Where it is."""
    bp.get("/practice")(practise)
