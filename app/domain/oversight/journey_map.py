"""The journey map: every stage with who passed it, how long it took, where they dropped off, and its contact points."""

from dataclasses import dataclass

from app.domain.oversight.contact_point import Point, Side, points
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.stage_flow import Flow, flows


@dataclass(frozen=True, slots=True)
class Station:
    """A stage, and what happened in it."""

    flow: Flow
    points: list[Point]

    def of(self, side: Side) -> list[Point]:
        """The contact points where one of the sides acted."""
        return [point for point in self.points if point.side is side]


def draw(scope: Scope) -> list[Station]:
    """The stations in the order of the journey; without anybody they are empty."""
    passed = points(scope)
    return [Station(flow, [point for point in passed if point.stage is flow.stage]) for flow in flows(scope)]
