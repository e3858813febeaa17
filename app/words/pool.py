"""Words for questions to the pool: each filter as a chip, the choices of each, and the segments that are built in."""

from collections.abc import Callable, Mapping

from app.domain.candidates.wanted import Agreed, Order, Owned, Signal, Spoken, Wanted, Warmth
from app.language import gettext as _
from app.language import ngettext
from app.words.candidates import channel_name, stage_label


def order_label(order: Order) -> str:
    """In which order a list stands."""
    return {Order.NAME: _("Name"), Order.NEWEST: _("Newest first"), Order.WARMEST: _("Warmest first")}[order]


def owned_label(owned: Owned) -> str:
    """Whose candidates a list holds."""
    return {
        Owned.ALL: _("Everybody"),
        Owned.MINE: _("Mine"),
        Owned.TEAM: _("My team"),
        Owned.NOBODY: _("Nobody's yet"),
    }[owned]


def warmth_band(warmth: Warmth) -> str:
    """A band of warmth."""
    return {
        Warmth.COOL: _("cool"),
        Warmth.LUKEWARM: _("lukewarm"),
        Warmth.WARM: _("warm"),
        Warmth.VERY_WARM: _("very warm"),
    }[warmth]


def signal_label(signal: Signal) -> str:
    """What stands out about somebody."""
    return {
        Signal.FAN: _("fan"),
        Signal.COMING_BACK: _("keeps coming back"),
        Signal.UNFINISHED: _("unfinished application"),
        Signal.WAITING: _("waits for our word"),
        Signal.LATE: _("waits too long"),
    }[signal]


def spoken_label(spoken: Spoken) -> str:
    """When we last spoke."""
    if spoken is Spoken.NEVER:
        return _("never spoken")
    if spoken.within:
        return ngettext("spoken in the last %(num)d day", "spoken in the last %(num)d days", spoken.days)
    return ngettext("not spoken for %(num)d day", "not spoken for %(num)d days", spoken.days)


def agreed_label(agreed: Agreed) -> str:
    """How consent to stay in the pool stands."""
    return {
        Agreed.GIVEN: _("consent given"),
        Agreed.ENDING: _("consent ends within 21 days"),
        Agreed.NONE: _("no consent"),
    }[agreed]


def segment_label(name: str) -> str:
    """A segment that every agency has."""
    return {
        "warm": _("Warm now"),
        "fans": _("Fans"),
        "coming-back": _("Keep coming back"),
        "unfinished": _("Unfinished applications"),
        "waiting": _("Wait for our word"),
        "quiet": _("Gone quiet"),
        "unowned": _("Nobody's yet"),
        "available": _("Available now"),
        "ending": _("Consent ends soon"),
    }[name]


def told(fact: str, wanted: Wanted, owners: Mapping[int, str], day: Callable[..., str]) -> str:
    """What a filter that is on says, in a few words."""
    owner = owners.get(wanted.owner_id or 0) or _("somebody else")
    facts: dict[str, Callable[[], str]] = {
        "text": lambda: _("“%(text)s”", text=wanted.text),
        "stages": lambda: _("stage: %(names)s", names=", ".join(stage_label(each) for each in wanted.stages)),
        "owned": lambda: owned_label(wanted.owned),
        "owner_id": lambda: _("owner: %(name)s", name=owner),
        "skills": lambda: _("skill: %(names)s", names=", ".join(wanted.skills)),
        "certificates": lambda: _("valid certificate: %(names)s", names=", ".join(wanted.certificates)),
        "tags": lambda: _("tag: %(names)s", names=", ".join(wanted.tags)),
        "origin": lambda: _("origin: %(name)s", name=wanted.origin),
        "region": lambda: _("region: %(name)s", name=wanted.region),
        "available_by": lambda: _("available by %(day)s", day=day(wanted.available_by)),
        "hours": lambda: ngettext("at least %(num)d hour a week", "at least %(num)d hours a week", wanted.hours or 0),
        "travel_km": lambda: _("travels %(km)d km or more", km=wanted.travel_km),
        "warmth": lambda: _("warmth: %(names)s", names=", ".join(warmth_band(each) for each in wanted.warmth)),
        "signals": lambda: ", ".join(signal_label(each) for each in wanted.signals),
        "spoken": lambda: spoken_label(wanted.spoken) if wanted.spoken else "",
        "channel": lambda: _("reachable by %(channel)s", channel=channel_name(wanted.channel or "")),
        "consent": lambda: agreed_label(wanted.consent) if wanted.consent else "",
        "referred": lambda: _("referred by another candidate"),
    }
    return facts[fact]()
