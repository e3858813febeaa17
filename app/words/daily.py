"""Words of the mail that brings all of a day at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.domain.actions.alert_topic import Topic
from app.language import ngettext
from app.words import alerts, notices


class Told(NamedTuple):
    """Something that happened, what there is to know beside it, and where one goes."""

    sentence: str
    more: Sequence[str]
    path: str


def of_topic(topic: Topic, now: datetime) -> Told:
    """A candidate who asks for attention, with every reason."""
    place = alerts.in_place_of(topic)
    more = [*alerts.why(topic, now), *([place] if place else [])]
    return Told(alerts.headline(topic), more, f"/candidates/{topic.candidate.id}")


def of_notice(line: notices.Line) -> Told:
    """Anything else."""
    return Told(line.sentence, [line.more] if line.more else [], line.path)


def subject(lines: Sequence[Told]) -> str:
    """What the mail is about."""
    if len(lines) == 1:
        return lines[0].sentence
    return ngettext("%(num)d thing since the last time", "%(num)d things since the last time", len(lines))
