"""How the leaderboard compares, in words: the fair score, places, who sees what, and the seasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.game import fairness
from app.domain.game.fairness import Weight
from app.language import decimal
from app.language import gettext as _
from app.words.chapter import Chapter
from app.words.comparing import mode_labels, season_days

EXAMPLE_AVERAGE = 60
FULL_TIME = 5
EXAMPLES = ((2, 200), (5, 400))
"""Days and points of two people in a week."""


def fair(settings: Mapping[str, int]) -> Chapter:
    return Chapter(
        _("The fair score"),
        [
            _(
                "The leaderboard counts what you could work: whoever works two days has the same chance as whoever "
                "works five."
            ),
            _(
                "It is your points and a head start, times the working days plus %(more)s, divided by your days plus "
                "%(more)s. The head start is what %(more)s days brought on average before it began, the same for all.",
                more=settings["padding"],
            ),
        ],
        [
            _(
                "Your days are those of your contract without days off, public holidays and closures. Log on more "
                "days and the best of them count, as many as you have: logging never lowers your score."
            ),
            *(_example(days, points) for days, points in EXAMPLES),
            _(
                "A team's score is its points times the working days, divided by the days that its people could work; "
                "from %(least)s people on.",
                least=settings["team"],
            ),
        ],
    )


def _example(days: int, points: int) -> str:
    """The example is reckoned by what reckons the board."""
    score = fairness.person_score(points, Weight(FULL_TIME, days, fairness.head_start(100 * EXAMPLE_AVERAGE)))
    return _(
        "Example: a day brings %(average)s on average. %(points)s points in %(days)s of %(full)s days is a score of "
        "%(score)s.",
        average=EXAMPLE_AVERAGE,
        points=points,
        days=days,
        full=FULL_TIME,
        score=decimal(score / fairness.HUNDREDTHS),
    )


def places(board: Mapping[str, Any]) -> Chapter:
    return Chapter(
        _("Places"),
        points=[
            _("The highest fair score comes first; without points you have no place yet."),
            _(
                "At an equal score whoever helped more candidates per working day stands higher, then whoever has the "
                "larger share of proven actions. Then the place is shared: who was first never counts."
            ),
            _(
                "My place shows the first %(top)s, and you with %(near)s above and %(near)s below. Everybody shows the "
                "upper half. The bottom is never shown.",
                top=board["top"],
                near=board["near"],
            ),
        ],
    )


def seen(board: Mapping[str, Any]) -> Chapter:
    allowed = board["agreed"]
    return Chapter(
        _("Who sees what"),
        points=[
            f"{dict(mode_labels())[board['mode']]}." if allowed else _no_consent(),
            _("Others see the fair score only. Your points and days are for you, your team lead and administrators."),
            _(
                "You choose yourself whether you appear, on your profile. If not, your name is nowhere and your points "
                "still count for your team; it has no disadvantage."
            ),
            _("There is a leaderboard of all time besides.")
            if board["all_time"]
            else _("There is no leaderboard of all time."),
        ],
    )


def _no_consent() -> str:
    return _(
        "The works council has not agreed yet, so people are not compared: you see your own points, and the teams."
    )


def seasons(told_seasons: Sequence[Mapping[str, str]]) -> Chapter:
    told = [f"{each['name']}: {season_days(_days(each))}" for each in told_seasons]
    text = _("A season runs for some weeks, with a pause after it. It closes at noon of the next working day.")
    return Chapter(
        _("Seasons"), [text] if told else [_("There is no season yet: the leaderboard is by week and month.")], told
    )


@dataclass(slots=True)
class _Days:
    """The days of a season as an edition has them."""

    first: date
    last: date


def _days(told: Mapping[str, str]) -> _Days:
    return _Days(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
