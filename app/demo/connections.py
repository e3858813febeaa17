"""What is connected to the demo agency: a website, a mail tool, events that nobody mapped yet, and tokens."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.domain.actions.incoming import (
    Became,
    Event,
    Fate,
    Happened,
    Introduced,
    Refusal,
    Sender,
    Subject,
    take_in_events,
)
from app.domain.agency import api_token, provisioning_token
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person
from app.domain.journey import event_name, intake_log, source
from app.domain.journey.intake_log import Line

HOUR = timedelta(hours=1)


def connect(admin: Person, now: datetime) -> None:
    """Make the sources, and let them send what a morning brings."""
    known = [Subject(f"VB-{number:05d}", anonymous_id=f"demo-{number}") for number in range(41, 45)]
    website, _ = source.make("Website", admin.id, now - 400 * HOUR, trusted=False)
    desk, _ = source.make("Mailprogramma", admin.id, now - 390 * HOUR)
    event_name.map_to("Banner Shown", None, admin.id, now - 20 * HOUR)
    _send(Sender(desk.id, desk.name, trusted=True), _mails(known, now), now)
    _send(Sender(website.id, website.name, trusted=False), _visits(known, now), now)
    provider, _ = provisioning_token.make(admin, now - 200 * HOUR)
    provisioning_token.count(provider.id, now - 2 * HOUR)


def give_tokens(recruiter: Person, sponsor: Person, now: datetime) -> None:
    """A script of the recruiter's that logs calls, one that ended, and a report of the sponsor's."""
    month = timedelta(days=30)
    calls, _ = api_token.make(
        recruiter, "Belscript", [Scope.CANDIDATES_READ, Scope.ACTIONS_WRITE], now + 3 * month, now - month
    )
    api_token.count(calls.id, now - 3 * HOUR)
    old, _ = api_token.make(recruiter, "Proef in Excel", [Scope.ACTIONS_READ], now + month, now - month)
    api_token.end(old.id, now - 20 * HOUR)
    api_token.make(sponsor, "Maandrapport", [Scope.FIGURES_READ, Scope.BOARDS_READ], now + 9 * month, now - 2 * month)


def _mails(known: Sequence[Subject], now: datetime) -> list[Event]:
    stranger = Subject("VB-99999", "nieuw@vasteband.example", name="Nieuw Gezicht")
    return [
        *(Introduced(f"demo-who-{number}", one) for number, one in enumerate(known)),
        Introduced("demo-stranger", stranger),
        Happened("demo-open", known[0], "Email Opened", now - 30 * HOUR),
        Happened("demo-brochure", known[0], "Brochure Downloaded", now - 29 * HOUR),
        Happened("demo-brochure-2", known[1], "Brochure Downloaded", now - 28 * HOUR),
        Happened("demo-chat", known[2], "Chat Started", now - 27 * HOUR),
        Happened("demo-banner", known[2], "Banner Shown", now - 27 * HOUR),
    ]


def _visits(known: Sequence[Subject], now: datetime) -> list[Event]:
    visitor = Subject(anonymous_id="demo-visitor")
    at = now - 26 * HOUR
    return [
        Happened("demo-page", visitor, "page", at),
        Happened("demo-job", visitor, "Job Viewed", at + timedelta(seconds=40)),
        Happened("demo-seen", visitor, "Page Seen", at + timedelta(seconds=44)),
        Happened("demo-home", Subject(anonymous_id=known[3].anonymous_id), "Job Viewed", at),
        Happened("demo-home", Subject(anonymous_id=known[3].anonymous_id), "Job Viewed", at),
        Introduced("demo-claim", known[1]),
    ]


def _send(sender: Sender, events: Sequence[Event], now: datetime) -> None:
    became = take_in_events(sender, events, now)
    lines = [_line(event, one) for event, one in zip(events, became, strict=True)]
    intake_log.write(sender.source_id, lines, now - timedelta(minutes=3))


def _line(event: Event, became: Became) -> Line:
    kind = "identify" if isinstance(event, Introduced) else "track"
    called = event.event if isinstance(event, Happened) else ""
    fate: Fate | Refusal = became.fate
    return Line(kind, called, event.message_id, fate, became.candidate_id)
