"""Everything that people can be told of: its kinds, the ways in which each comes, and to which they may say no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.domain.agency.person import Role
from app.domain.notices import preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.preference import Choice, Way

EVERYBODY = frozenset(Role)
PLAYERS = frozenset({Role.RECRUITER, Role.LEAD})
RUN_IT = frozenset({Role.SPONSOR, Role.ADMIN})
NOBODY = frozenset[Role]()
"""It is told to a team or to all at once, so that nobody chooses it for themselves."""
APP, MAIL, CHAT = (frozenset({way}) for way in (Way.APP, Way.MAIL, Way.CHAT))
ALL_WAYS = frozenset(Way)
ALERT = "alert"
"""Mails with alerts of any kind; a no to it is a no to all of them."""
TEST = "mail_test"
"""A mail to oneself, to see whether mail arrives."""
DAILY = "daily"
"""The mail that brings all of a day at once, for those who like that better."""
BLOCK_STARTS, CHAT_TEST, CHAT_PAUSED = "block_starts", "chat_test", "chat_paused"
"""That everybody's block begins, that a chat works, and that it pauses itself because it does not."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of a kind, and how; `optional`: it is theirs to say no to, else it comes because they asked or must.

    `waits`: it can be read in the mail of the day as well. `in_hours`: only while the agency works. `at_once`:
    somebody sits there and waits for it, whatever the hour.
    """

    ways: frozenset[Way]
    roles: frozenset[Role] = EVERYBODY
    optional: bool = True
    waits: bool = False
    in_hours: bool = False
    at_once: bool = False


def alert(kind: AlertKind) -> str:
    """The name of a kind of alert among all kinds, and of a no to it."""
    return f"{ALERT}:{kind}"


KINDS: Mapping[str, Told] = MappingProxyType(
    {
        "weekly_reminder": Told(MAIL | CHAT, PLAYERS),
        **{alert(kind): Told(ALL_WAYS, waits=True, in_hours=True) for kind in AlertKind},
        "retention": Told(APP | MAIL, PLAYERS),
        "competition": Told(ALL_WAYS, waits=True, in_hours=True),
        "reward_decided": Told(APP | MAIL, waits=True, in_hours=True),
        "kudos": Told(APP),
        "pulse": Told(APP | MAIL),
        "surprise": Told(APP | MAIL, waits=True, in_hours=True),
        "lead_week": Told(MAIL, frozenset({Role.LEAD})),
        "sponsor_week": Told(MAIL, frozenset({Role.SPONSOR})),
        "sponsor_month": Told(MAIL, RUN_IT),
        "reward_waits": Told(APP | MAIL, RUN_IT, waits=True, in_hours=True),
        DAILY: Told(MAIL),
        "block_invitation": Told(MAIL, PLAYERS, optional=False),
        "time_chosen": Told(APP | MAIL, optional=False),
        "erasure_asked": Told(APP | MAIL, optional=False, in_hours=True),
        "unusual": Told(APP | MAIL, optional=False, in_hours=True),
        BLOCK_STARTS: Told(CHAT, NOBODY),
        CHAT_TEST: Told(CHAT, NOBODY, optional=False, at_once=True),
        CHAT_PAUSED: Told(APP, optional=False),
        "webhook_off": Told(APP | MAIL, frozenset({Role.ADMIN}), optional=False, in_hours=True),
        "token_left": Told(APP | MAIL, frozenset({Role.ADMIN}), optional=False, at_once=True),
        "colleague_came": Told(MAIL, frozenset({Role.ADMIN}), optional=False, at_once=True),
        TEST: Told(MAIL, frozenset({Role.ADMIN}), optional=False, at_once=True),
        "invitation": Told(MAIL, optional=False, at_once=True),
        "sign_in": Told(MAIL, optional=False, at_once=True),
        "password": Told(MAIL, optional=False, at_once=True),
        "safety": Told(MAIL, optional=False, at_once=True),
    }
)


def told(kind: str) -> Told:
    """How a kind is told; what goes under no name of its own is one of the alerts."""
    return KINDS[alert(AlertKind.REPLY)] if kind == ALERT else KINDS[kind]


def stopped_by(kind: str) -> list[str]:
    """To which kinds of mail one says no by stopping this one: the mail of the day is all that is in it."""
    if kind != DAILY:
        return [kind]
    return [each for each, told in KINDS.items() if told.waits and Way.MAIL in told.ways]


def stop(recipient: str, kind: str, at: datetime) -> None:
    """Somebody wants no more of a kind of mail, nor of what is in it."""
    for each in stopped_by(kind):
        preference.unsubscribe(recipient, each, at)


def choices_of(role: Role) -> list[Choice]:
    """Everything about which somebody of a role can say yes or no."""
    mine = [(kind, told) for kind, told in KINDS.items() if told.optional and role in told.roles and kind != DAILY]
    return [Choice(kind, way) for kind, told in mine for way in Way if way in told.ways]
