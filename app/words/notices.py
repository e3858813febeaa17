"""Notices in words: what happened in a sentence, and the page on which something is done about it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app import clock
from app.domain.actions import own_data
from app.domain.agency.person import Person, names_of
from app.domain.candidates import merged
from app.domain.candidates.candidate import names_seen_by
from app.domain.game.competing import seeing
from app.domain.game.recognition import kudos, surprise
from app.domain.game.recognition.kudos import Told
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding import redemption
from app.domain.game.rewarding.redemption import Asked
from app.domain.notices import catalogue
from app.domain.notices.alert import AlertKind
from app.domain.notices.chat_target import Failure
from app.domain.notices.notice import Notice
from app.domain.notices.recipient import candidate_in
from app.language import gettext as _
from app.words import alerts, chats, contest_letters, handing, webhooks
from app.words.kudos import from_whom
from app.words.people import left_token
from app.words.times import when

ALERTS = {catalogue.alert(kind): kind for kind in AlertKind}
LEARNED = frozenset({AlertKind.FAN})
"""What is behind it takes many words; it stands on the candidate's own page."""
ICONS = {
    "retention": "clock",
    "competition": "medal",
    "reward_decided": "gift",
    "reward_waits": "gift",
    "kudos": "hand-heart",
    "surprise": "sparkles",
    "time_chosen": "calendar-check",
    "erasure_asked": "shield-check",
    "unusual": "eye",
    "pulse": "list-checks",
    "chat_paused": "message-square",
    "webhook_off": "plug",
    "token_left": "plug",
}


class Line(NamedTuple):
    """A notice as it is read: a sentence, what there is to know beside it, and where one goes; no path: nowhere."""

    notice: Notice
    sentence: str
    more: str
    path: str

    @property
    def icon(self) -> str:
        return ICONS.get(self.notice.kind, "users")


class Around(NamedTuple):
    """What the notices are about, as it is now, by number; what the reader may not see is missing.

    `merged`: with whom a candidate is one by now.
    """

    candidates: Mapping[int, str]
    merged: Mapping[int, int]
    competitions: Mapping[int, str]
    redemptions: Mapping[int, Asked]
    kudos: Mapping[int, Told]
    surprises: Mapping[int, Surprise]
    people: Mapping[int, str]
    now: datetime


def lines(rows: Sequence[Notice], reader: Person, now: datetime) -> list[Line]:
    """Each of them in the reader's language, but for kinds that only a later version knows."""
    known = [row for row in rows if row.kind in catalogue.KINDS]
    around = _around(known, reader, now)
    return [Line(row, *_said(row, around)) for row in known]


def _around(rows: Sequence[Notice], reader: Person, now: datetime) -> Around:
    about = {number for row in rows if (number := candidate_in(row.about))}
    one_with = merged.into(about)
    return Around(
        names_seen_by(reader, about | set(one_with.values())),
        one_with,
        seeing.names_seen_by(reader, _of(rows, "competition_id")),
        redemption.of_ids(reader, _of(rows, "redemption_id")),
        kudos.of_ids(_of(rows, "kudos_id")),
        surprise.of_ids(reader.id, _of(rows, "surprise_id")),
        names_of(left) if (left := _of(rows, "person_id")) else {},
        now,
    )


def _of(rows: Collection[Notice], fact: str) -> set[int]:
    return {row.facts[fact] for row in rows if fact in row.facts}


def _said(row: Notice, around: Around) -> tuple[str, str, str]:
    if candidate_id := candidate_in(row.about):
        return _of_candidate(row, around.merged.get(candidate_id, candidate_id), around)
    return SAID[row.kind](row.facts, around)


def _of_candidate(row: Notice, candidate_id: int, around: Around) -> tuple[str, str, str]:
    name = around.candidates.get(candidate_id)
    path = f"/candidates/{candidate_id}" if name else ""
    of = name or _("a candidate whom you do not see any more")
    if row.kind == own_data.ERASURE_KIND:
        return (
            _("%(name)s asks to be forgotten", name=of),
            _("It cannot be undone, so somebody looks at it first."),
            path,
        )
    if row.kind not in ALERTS:
        return _("%(name)s chose a time: %(when)s", name=of, when=when(clock.parse(row.facts["at"]))), "", path
    kind = ALERTS[row.kind]
    more = "" if kind in LEARNED or not name else alerts.why_of(kind, row.facts, around.now)
    return alerts.headline_of(kind, of), more, path


def _competition(facts: Mapping[str, Any], around: Around) -> tuple[str, str, str]:
    name = around.competitions.get(facts["competition_id"])
    if name is None:
        return _("A competition in which you do not take part any more"), "", ""
    won = contest_letters.won(facts["won"]) if facts.get("won") else ""
    return contest_letters.headline(facts["moment"], name), won, f"/contests/{facts['competition_id']}"


def _decided(facts: Mapping[str, Any], around: Around) -> tuple[str, str, str]:
    asked = around.redemptions.get(facts["redemption_id"])
    if asked is None:
        return _("Something was decided of a reward that you asked for"), "", "/rewards"
    return handing.decided(facts["state"], asked.reward), "", "/rewards"


def _waits(facts: Mapping[str, Any], around: Around) -> tuple[str, str, str]:
    asked, path = around.redemptions.get(facts["redemption_id"]), "/budget/requests"
    if asked is None:
        return _("A reward waits for you"), "", path
    return handing.waits(facts["state"], asked.person.name, asked.reward), "", path


def _kudos(facts: Mapping[str, Any], around: Around) -> tuple[str, str, str]:
    given = around.kudos.get(facts["kudos_id"])
    if given is None:
        return _("You got kudos"), "", "/kudos"
    return from_whom(given.giver, given.value), given.text or "", "/kudos"


def _surprise(facts: Mapping[str, Any], around: Around) -> tuple[str, str, str]:
    given = around.surprises.get(facts["surprise_id"])
    if given and not given.cents:
        return _("The sponsor has a compliment for you"), given.text, "/feed"
    return _("The sponsor surprises you"), given.text if given else "", "/feed"


def _retention(_facts: Mapping[str, Any], _around: Around) -> tuple[str, str, str]:
    sentence = _("Of candidates of yours the data end within three weeks")
    return sentence, _("The mail about it names them; whoever says that they may stay, stays."), "/candidates"


def _unusual(_facts: Mapping[str, Any], _around: Around) -> tuple[str, str, str]:
    return _("Something in how you log stands out"), _("You see it before anybody else."), "/account/recorded"


def _chat_paused(facts: Mapping[str, Any], _around: Around) -> tuple[str, str, str]:
    return chats.paused_sentence(facts["label"]), chats.why_paused(Failure(facts["failure"])), "/notices/chats"


def _webhook_off(facts: Mapping[str, Any], _around: Around) -> tuple[str, str, str]:
    sentence, path = webhooks.off_sentence(facts["label"]), f"/connections/webhooks/{facts['endpoint_id']}"
    return sentence, webhooks.why_off(facts["why"]), path


def _token_left(facts: Mapping[str, Any], around: Around) -> tuple[str, str, str]:
    sentence = left_token(around.people.get(facts["person_id"], _("A colleague")))
    return sentence, _("Make a new one, paste it at the provider, and end the old one."), "/people/provisioning"


def _pulse(_facts: Mapping[str, Any], _around: Around) -> tuple[str, str, str]:
    more = _("Answers are only counted; nobody sees who said what.")
    return _("Four short questions about the program"), more, "/sponsor/pulse"


SAID: Mapping[str, Callable[[Mapping[str, Any], Around], tuple[str, str, str]]] = {
    "competition": _competition,
    "reward_decided": _decided,
    "reward_waits": _waits,
    "kudos": _kudos,
    "surprise": _surprise,
    "retention": _retention,
    "unusual": _unusual,
    "pulse": _pulse,
    "chat_paused": _chat_paused,
    "webhook_off": _webhook_off,
    "token_left": _token_left,
}
