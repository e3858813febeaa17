"""Mails about one's own candidates: alerts, data that end soon, and times and blocks for the calendar."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from app.demo.mails.invented import DAY, NOW, Sample, around, candidate, person
from app.domain.actions.alert_topic import Topic
from app.domain.candidates.address import Channel
from app.domain.custody.retention_warning import SHOWN, EndingSoon, RetentionWarning
from app.domain.notices.alert import Alert, AlertKind
from app.domain.program.block import Block
from app.mail import public_url
from app.words import alerts, daily, retention_mail
from app.words.mails import contact_label, preferably
from app.words.program import block_sentence
from app.words.reasons import given_name
from app.words.times import appointment, when

SOON = NOW + 4 * DAY
FACTS: Mapping[AlertKind, dict[str, Any]] = {
    AlertKind.RECOVERY: {"cause": "complaint", "due_at": (NOW + DAY).isoformat()},
    AlertKind.REPLY: {"at": (NOW - timedelta(minutes=12)).isoformat()},
    AlertKind.UNFINISHED_APPLICATION: {"vacancy": "Elektromonteur in Zwolle", "step": "Je cv"},
    AlertKind.KEEPS_COMING_BACK: {"days": 3},
    AlertKind.FAN: {
        "reasons": [
            {"kind": "application_completed", "days": 1, "last": "2026-11-16"},
            {"kind": "job_view", "days": 3, "last": "2026-11-18"},
        ]
    },
}


class Line(NamedTuple):
    """One candidate of an alert."""

    topic: Topic
    channel: Channel | None
    call: str | None
    url: str
    given_name: str


def samples() -> list[Sample]:
    """Each kind of alert alone, all of them at once, and the other mails."""
    return [
        *(Sample("alert", kind.value, partial(_alert, kind)) for kind in AlertKind),
        Sample("alert", "nobody-s", lambda: _alert(AlertKind.REPLY, owned=False)),
        Sample("alert", "several", lambda: _alert(*AlertKind)),
        Sample("daily", "typical", partial(_daily, *AlertKind)),
        Sample("daily", "one", partial(_daily, AlertKind.REPLY)),
        Sample("retention", "one", lambda: _retention(1)),
        Sample("retention", "typical", lambda: _retention(4)),
        Sample("retention", "full", lambda: _retention(23)),
        Sample("block_invitation", "first", lambda: _block(again=False)),
        Sample("block_invitation", "moved", lambda: _block(again=True)),
        Sample("time_chosen", "by-phone", _chosen),
    ]


def _alert(*kinds: AlertKind, owned: bool = True) -> Mapping[str, object]:
    topics = [_topic(kind, number, owned=owned) for number, kind in enumerate(kinds)]
    channels = (Channel.PHONE, Channel.WHATSAPP, Channel.EMAIL, None, Channel.SMS)
    calls: Mapping[Channel | None, str] = {Channel.PHONE: "tel:+31689800001"}
    return {
        "topics": topics,
        "lines": [
            Line(topic, way, calls.get(way), public_url(f"/candidates/{number}"), given_name(topic.candidate))
            for number, (topic, way) in enumerate(zip(topics, channels, strict=False), 1)
        ],
        "program": "Vaste Band",
        "words": alerts,
        "preferably": preferably,
        "contact_label": contact_label,
        "now": NOW,
        "today_url": public_url("/"),
        **around("alert"),
    }


def _daily(*kinds: AlertKind) -> Mapping[str, object]:
    lines = [daily.of_topic(_topic(kind, number, owned=True), NOW) for number, kind in enumerate(kinds)]
    return {
        "lines": [each._replace(path=public_url(each.path)) for each in lines],
        "program": "Vaste Band",
        "words": daily,
        "url": public_url("/notices"),
        **around("daily"),
    }


def _topic(kind: AlertKind, number: int, *, owned: bool) -> Topic:
    alert = Alert(kind=kind, recipient="person:1", period="", about="", facts=FACTS[kind], raised_at=NOW, due_at=NOW)
    return Topic(candidate(number), [alert], person() if owned else None)


def _retention(number: int) -> Mapping[str, object]:
    ends = (2 * DAY, 5 * DAY, 11 * DAY, 20 * DAY)
    people = [candidate(each % 8, ends=ends[each % 4]) for each in range(min(number, SHOWN))]
    first = [
        EndingSoon(one, one.keep_until or NOW, NOW - 9 * DAY if place % 3 else None) for place, one in enumerate(people)
    ]
    return {
        "found": RetentionWarning(first, number),
        "program": "Vaste Band",
        "words": retention_mail,
        "given_name": given_name,
        "urls": {one.id: public_url(f"/candidates/{one.id}") for one in people},
        **around("retention"),
    }


def _block(*, again: bool) -> Mapping[str, object]:
    return {"sentence": block_sentence(Block(program_id=0)), "again": again, **_calendar("block_invitation")}


def _chosen() -> Mapping[str, object]:
    them = candidate(1)
    facts = {"candidate": them, "when": when(SOON), "what": appointment(them.name, Channel.PHONE)}
    return facts | {"url": public_url("/candidates/2"), **_calendar("time_chosen")}


def _calendar(kind: str) -> dict[str, object]:
    return {"program": "Vaste Band", "calendar_url": public_url("/account/calendar"), **around(kind)}
