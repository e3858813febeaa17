"""Everything that people can be told of: its kinds, the ways in which each comes, and to which they may say no."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.agency.person import Role
from app.domain.notices.alert import AlertKind
from app.domain.notices.preference import Way

EVERYBODY = frozenset(Role)
PLAYERS = frozenset({Role.RECRUITER, Role.LEAD})
RUN_IT = frozenset({Role.SPONSOR, Role.ADMIN})
APP, MAIL = frozenset({Way.APP}), frozenset({Way.MAIL})
ALL_WAYS = frozenset(Way)


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of a kind, and how; `optional`: it is theirs to say no to, else it comes because they asked or must."""

    ways: frozenset[Way]
    roles: frozenset[Role] = EVERYBODY
    optional: bool = True


def alert(kind: AlertKind) -> str:
    """The name of a kind of alert among all kinds."""
    return f"alert:{kind}"


KINDS: Mapping[str, Told] = MappingProxyType(
    {
        "weekly_reminder": Told(MAIL, PLAYERS),
        **{alert(kind): Told(ALL_WAYS) for kind in AlertKind},
        "retention": Told(APP | MAIL, PLAYERS),
        "competition": Told(ALL_WAYS),
        "reward_decided": Told(APP | MAIL),
        "kudos": Told(APP),
        "surprise": Told(APP | MAIL),
        "lead_week": Told(MAIL, frozenset({Role.LEAD})),
        "sponsor_week": Told(MAIL, frozenset({Role.SPONSOR})),
        "sponsor_month": Told(MAIL, RUN_IT),
        "reward_waits": Told(APP | MAIL, RUN_IT),
        "block_invitation": Told(MAIL, PLAYERS, optional=False),
        "time_chosen": Told(APP | MAIL, optional=False),
        "erasure_asked": Told(APP | MAIL, optional=False),
        "unusual": Told(APP | MAIL, optional=False),
        "invitation": Told(MAIL, optional=False),
        "sign_in": Told(MAIL, optional=False),
        "password": Told(MAIL, optional=False),
    }
)
