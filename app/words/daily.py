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
    first, others = lines[0].sentence, len(lines) - 1
    return ngettext("%(first)s, and %(num)d more notice", "%(first)s, and %(num)d more notices", others, first=first)


def preheader(lines: Sequence[Told]) -> str:
    """What a mail program shows beside the subject: what comes after the first."""
    return " · ".join(each.sentence for each in lines[1:]) or " ".join(lines[0].more)


def heading(lines: Sequence[Told]) -> str:
    """What stands above them."""
    if len(lines) == 1:
        return lines[0].sentence
    return ngettext("%(num)d notice since the last time", "%(num)d notices since the last time", len(lines))
