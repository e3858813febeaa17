"""The weekly reminder: as usual, with one name, with everything, and when nobody waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.demo.mails.invented import BLOCK, NOW, TODAY, Sample, around, candidate, person, program
from app.domain.actions.attendance import Streak
from app.domain.actions.reminder import LastWeek, Reminder, Taking
from app.domain.agency.agency import the_zone
from app.domain.candidates.address import Channel
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.own_part import OwnPart
from app.domain.scoring.card import NextUp
from app.domain.scoring.contact_next import Listing, Upcoming
from app.domain.scoring.engagement import Score
from app.domain.scoring.priority import Contribution
from app.domain.scoring.ranking import Ranked
from app.mail import public_url
from app.words import mails
from app.words import weekly_reminder as words
from app.words.reasons import given_name, headline

KIND = "weekly_reminder"
SECONDS = NOW.timestamp()
DAY = 86_400.0
REASONS = (
    (
        Contribution("promise", 3000, "strong", {"promise_at": SECONDS - 2 * DAY, "promise_kind": "call"}),
        Contribution("engagement", 2100, "strong", {}),
    ),
    (Contribution("trigger", 3500, "strong", {"trigger_at": SECONDS - DAY, "trigger_kind": "unfinished_application"}),),
    (Contribution("cadence", 900, "medium", {"last_attempt_at": SECONDS - 41 * DAY}),),
)
WAYS = (
    (Channel.PHONE, "tel:+31689800001"),
    (Channel.WHATSAPP, "https://wa.me/31689800002?text=Hoi%20A%C3%AFsha"),
    (Channel.EMAIL, "mailto:scene2@vasteband.example?subject=Hoe%20gaat%20het%3F"),
)


USUAL = LastWeek(14, 340)


class Way(NamedTuple):
    """A channel with the link that opens it."""

    channel: Channel
    href: str


class Line(NamedTuple):
    """A candidate with the best way to them."""

    next_up: NextUp
    given_name: str
    way: Way | None
    done_url: str


@dataclass(frozen=True, slots=True)
class Told:
    """How much a reminder says."""

    waiting: int = 12
    last_week: LastWeek = USUAL
    weeks: int = 6
    contests: Sequence[Taking] = ()
    cooled: Sequence[str] = ()
    moved: bool = False


def samples() -> list[Sample]:
    """From nothing to everything."""
    return [
        Sample(KIND, "typical", lambda: _facts(Told(contests=[_goal()]))),
        Sample(KIND, "one", lambda: _facts(Told(1, LastWeek(1, 1), 1))),
        Sample(KIND, "full", lambda: _facts(_everything())),
        Sample(KIND, "new", lambda: _facts(Told(3, LastWeek(0, 0), 0))),
        Sample(KIND, "nobody-waits", lambda: _facts(Told(0, contests=[_goal()]))),
    ]


def _everything() -> Told:
    raffle = OwnPart(Format.THRESHOLD, "points", 400, 0, score=320)
    pair = OwnPart(Format.HEAD_TO_HEAD, "points", None, 0, other_id=2, ahead=1, round=1, rounds=1)
    return Told(
        1_240,
        LastWeek(87, 2_460),
        51,
        [
            _goal(),
            Taking(_competition("Iedereen een lot", Format.THRESHOLD), raffle),
            Taking(_pairs(), pair, "Bram Jansen"),
            Taking(_joined(), None),
        ],
        ["Noor van Leeuwen", "Daan Veenstra"],
        moved=True,
    )


def _goal() -> Taking:
    return Taking(_competition("Samen naar 12.000", Format.TEAM_GOAL), OwnPart("team_goal", "points", 12_000, 9_360))


def _pairs() -> Competition:
    return _competition("Tweestrijd van de maand met een heel lange naam", Format.HEAD_TO_HEAD)


def _joined() -> Competition:
    return _competition("Wie het meest groeit", Format.IMPROVEMENT)


def _competition(name: str, of: Format) -> Competition:
    return Competition(
        program_id=0, name=name, format=of, first=TODAY.replace(day=9), last=TODAY.replace(day=27), made_by_id=1,
        made_at=NOW,
    )  # fmt: skip


def _facts(told: Told) -> Mapping[str, object]:
    rows = [_next(number) for number in range(min(told.waiting, len(REASONS)))]
    reminder = Reminder(
        person=person(),
        program=program(),
        block=replace(BLOCK, moved="holiday") if told.moved else BLOCK,
        upcoming=_upcoming(rows, told.waiting) if rows else None,
        waiting=told.waiting if rows else 0,
        last_week=told.last_week,
        streak=Streak(told.weeks, 1, told.weeks, 0, BLOCK, BLOCK),
        contests=list(told.contests),
        cooled=list(told.cooled),
    )
    return {
        "reminder": reminder,
        "lines": [_line(one, number) for number, one in enumerate(rows)],
        "told": list(words.lines(reminder, TODAY)),
        "words": words,
        "headline": headline,
        "contact_label": mails.contact_label,
        "start_url": public_url("/block"),
        "today_url": public_url("/"),
        **around(KIND),
    }


def _upcoming(rows: list[NextUp], waiting: int) -> Upcoming:
    listing = Listing(NOW, 1, 1, 200, 1, {}, ())
    return Upcoming(rows, 200, [], None, the_zone(), listing, lambda: waiting)


def _next(number: int) -> NextUp:
    ranked = Ranked(number + 1, 5_000, REASONS[number], slot="ranked")
    return NextUp(candidate(number), ranked, WAYS[number][0], (), Score(60, 60, None, None), None, NOW, the_zone())


def _line(one: NextUp, number: int) -> Line:
    way = Way(*WAYS[number]) if number < len(WAYS) else None
    return Line(one, given_name(one.candidate), way, public_url(f"/done/voorbeeld{number}"))
