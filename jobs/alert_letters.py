"""Turns the alerts of a planned mail into a letter, as far as they still are so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.actions import alert_mail
from app.domain.actions.alert_topic import KIND, Topic
from app.domain.actions.channel_choice import Choice, choices_of
from app.domain.candidates import identity, preference
from app.domain.candidates.address import Channel
from app.domain.notices import catalogue
from app.domain.notices.alert import AlertKind
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import program_name
from app.mail import Mail, public_url, render
from app.words import alerts as words
from app.words.mails import contact_label, preferably
from app.words.reasons import given_name
from jobs import foot


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate in the mail, with the page on which everything about them stands.

    `call` opens the telephone of whoever is best reached by it, as long as that is open now.
    """

    topic: Topic
    channel: Channel | None
    call: str | None
    url: str
    given_name: str


def compose(row: OutboxRow, language: str, now: datetime) -> Mail | None:
    """The letter; None when nothing of it is so any more."""
    topics, name = alert_mail.topics_of(row, now), program_name()
    ways = choices_of([topic.candidate.id for topic in topics], now)
    facts = {
        "topics": topics,
        "lines": [_line(topic, ways.get(topic.candidate.id, ())) for topic in topics],
        "program": name,
        "today_url": public_url("/"),
        **foot.of(row, language, name, stops(row)),
    }
    said = {"words": words, "preferably": preferably, "contact_label": contact_label}
    return render(KIND, language, now=now, **said, **facts) if topics else None


def stops(row: OutboxRow) -> str:
    """To what one says no with this mail: to its one kind of alert, else to all of them."""
    kinds = {kind for kind, _ in row.payload["alerts"]}
    return catalogue.alert(AlertKind(kinds.pop())) if len(kinds) == 1 else KIND


def _line(topic: Topic, choices: Sequence[Choice]) -> Line:
    them = topic.candidate
    ways, liked = identity.ways(identity.identities_of(them.id)), preference.preferred(them.id)
    channel = liked if liked in ways else next(iter(ways), None)
    calls = [each.href for each in choices if each.channel == channel == Channel.PHONE and each.is_open]
    return Line(topic, channel, next(iter(calls), None), public_url(f"/candidates/{them.id}"), given_name(them))
