"""Whether a person was there: judged from the browser's name for itself, which is kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.blueprints.intake.reading import mapping, text
from app.domain.journey.machine import Verdict, judge

LONGEST_AGENT = 512


@dataclass
class Judge:
    """Judges the events of one request, each name once; `agent` is of the browser that asks, None: events tell."""

    method: str
    agent: str | None
    known: dict[str, Verdict] = field(default_factory=dict)

    def verdict(self, item: Mapping[str, Any]) -> Verdict:
        """A server tells of others: its own name says nothing, and what it tells of their browser does."""
        agent = text(mapping(item.get("context")).get("userAgent"), LONGEST_AGENT) if self.agent is None else self.agent
        flagged = judge("", self.method, mapping(item.get("properties")))
        if flagged is not Verdict.HUMAN:
            return flagged
        if agent not in self.known:
            self.known[agent] = judge(agent, self.method, {})
        return self.known[agent]
