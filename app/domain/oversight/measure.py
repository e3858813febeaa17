"""Measures: the one list of figures of which goals, improvements, charts, mails and files speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Unit(StrEnum):
    """In what a figure is counted; FACES is an average of what candidates chose, from 1 to 5."""

    PERCENT = "percent"
    NUMBER = "number"
    HOURS = "hours"
    DAYS = "days"
    FACES = "faces"


@dataclass(frozen=True, slots=True)
class Measure:
    """`good_if_more`: which direction is welcome."""

    code: str
    unit: Unit
    good_if_more: bool = True


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        each.code: each
        for each in (
            Measure("adoption", Unit.PERCENT),
            Measure("attendance", Unit.PERCENT),
            Measure("coverage", Unit.PERCENT),
            Measure("late", Unit.NUMBER, good_if_more=False),
            Measure("waiting", Unit.NUMBER, good_if_more=False),
            Measure("two_way", Unit.PERCENT),
            Measure("first_response", Unit.HOURS, good_if_more=False),
            Measure("conversion", Unit.PERCENT),
            Measure("rescued", Unit.NUMBER),
            Measure("placements", Unit.NUMBER),
            Measure("redeployments", Unit.NUMBER),
            Measure("referrals", Unit.NUMBER),
            Measure("time_to_placement", Unit.DAYS, good_if_more=False),
            Measure("satisfaction", Unit.FACES),
        )
    }
)
