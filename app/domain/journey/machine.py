"""Whether a person or a machine opened something: judged at once, from what is forgotten after."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

PREFETCHED_WITHIN = timedelta(seconds=10)
FLAGS = (
    "machine_open",
    "sg_machine_open",
    "bot",
    "is_bot",
    "isBot",
    "filteredEvent",
    "isMachine",
    "is_machine",
    "prefetch",
)
"""How mail tools say that they saw a machine: SendGrid, Mailgun, HubSpot and others."""
PROXY_FLAGS = ("proxy_open", "isProxy", "is_proxy")
PROXIES = ("googleimageproxy", "ggpht.com", "yahoomailproxy", "duckduckgo-favicons")
PRIVATE_AGENT = "mozilla/5.0"  # all that Apple's mail privacy says of itself
NOTHING_SAID = frozenset({"", "0", "false", "no", "none", "null"})


class Verdict(StrEnum):
    """What a touchpoint counts for: all of its points, a quarter of them, none."""

    HUMAN = "human"
    UNKNOWN = "unknown"
    MACHINE = "machine"


def judge(agent: str, method: str, said: Mapping[str, object], *, after: timedelta | None = None) -> Verdict:
    """Who did it, by what the browser calls itself, how it asked, and what the mail tool said of it.

    `agent` is of whoever did it, not of the system that tells of it; empty when nobody says, and then nothing follows
    from it. `after`: how long after the message was sent. A proxy that fetches within ten seconds did so unasked.
    """
    if method.upper() == "HEAD" or _any(said, FLAGS):
        return Verdict.MACHINE
    if _any(said, PROXY_FLAGS) or _is_proxy(agent):
        return Verdict.MACHINE if after is not None and after <= PREFETCHED_WITHIN else Verdict.UNKNOWN
    return Verdict.MACHINE if agent and _is_crawler(agent) else Verdict.HUMAN


def at_first(judged: Verdict, message: str) -> Verdict:
    """What is stored of something just judged: a click in a message is unknown until it has settled."""
    return Verdict.UNKNOWN if message and judged is Verdict.HUMAN else judged


def _any(said: Mapping[str, object], names: tuple[str, ...]) -> bool:
    return any(str(said.get(name) or "").strip().casefold() not in NOTHING_SAID for name in names)


def _is_proxy(agent: str) -> bool:
    plain = agent.strip().casefold()
    return plain == PRIVATE_AGENT or any(name in plain for name in PROXIES)


def _is_crawler(agent: str) -> bool:
    from crawleruseragents import is_crawler  # noqa: PLC0415 - 600 patterns that only an intake needs

    return bool(is_crawler(agent))
