"""When somebody becomes a fan and when no longer: a high score that their own acts on several days bear out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.scoring.ruleset import Ruleset

WITHIN = timedelta(days=30)
"""How far back an act bears a score out, and for how long after a fan was told of nobody is told again."""
FEWEST_DAYS = 2
FEWEST_KINDS = 2
OPENS = "mail_open"


class Act(NamedTuple):
    """Something that a person did themselves, no machine: its kind, and the local day."""

    kind: str
    local_date: date


def enters(shown: float, acts: Iterable[Act], rules: Ruleset) -> bool:
    """Whether a score of 0 to 100, with the acts of the last thirty days, makes a fan."""
    return shown >= rules.fan_from and borne_out(acts, rules)


def stays(shown: float, rules: Ruleset) -> bool:
    """Whether somebody who is a fan still is; well below where it began, so that nobody flickers."""
    return shown >= rules.fan_until


def borne_out(acts: Iterable[Act], rules: Ruleset) -> bool:
    """On two days at least, with one strong act or two kinds; opening a mail, and what earns nothing, never counts."""
    counted = [act for act in acts if act.kind != OPENS and rules.on(act.local_date).rule(act.kind).points > 0]
    kinds = {act.kind for act in counted}
    several = len({act.local_date for act in counted}) >= FEWEST_DAYS
    return several and (len(kinds) >= FEWEST_KINDS or any(rules.rule(kind).strong for kind in kinds))


def points(shown: float, s50: float) -> float:
    """The score in points that reads as this."""
    return s50 * shown / (100 - shown)
