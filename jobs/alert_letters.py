"""Turns the alerts of a planned mail into a letter, as far as they still are so."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.actions import alert_mail
from app.domain.actions.alert_topic import KIND, Topic
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.notices import catalogue
from app.domain.notices.alert import AlertKind
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import program_name
from app.mail import Mail, public_url, render
from app.words import alerts as words
from app.words.mails import preferably
from app.words.reasons import given_name
from jobs import foot


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate in the mail, with the page on which everything about them stands."""

    topic: Topic
    channel: Channel | None
    url: str
    given_name: str


def compose(row: OutboxRow, language: str, now: datetime) -> Mail | None:
    """The letter; None when nothing of it is so any more."""
    topics, name = alert_mail.topics_of(row, now), program_name()
    facts = {
        "topics": topics,
        "lines": [_line(topic) for topic in topics],
        "program": name,
        "today_url": public_url("/"),
        **foot.of(row, language, name, stops(row)),
    }
    return render(KIND, language, words=words, preferably=preferably, now=now, **facts) if topics else None


def stops(row: OutboxRow) -> str:
    """To what one says no with this mail: to its one kind of alert, else to all of them."""
    kinds = {kind for kind, _ in row.payload["alerts"]}
    return catalogue.alert(AlertKind(kinds.pop())) if len(kinds) == 1 else KIND


def _line(topic: Topic) -> Line:
    them = topic.candidate
    ways, liked = identity.ways(identity.identities_of(them.id)), preference.preferred(them.id)
    channel = liked if liked in ways else next(iter(ways), None)
    return Line(topic, channel, public_url(f"/candidates/{them.id}"), given_name(them))
