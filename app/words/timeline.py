"""Words for a candidate's timeline: by which channel, from which stage to which, consent given and taken back."""

from collections.abc import Mapping

from app import clock
from app.domain.candidates.consent import ConsentPurpose
from app.domain.journey.machine import Verdict
from app.language import gettext as _
from app.words.candidates import channel_name, stage_label
from app.words.times import when


def sides() -> dict[str, str]:
    """Whose doing a timeline can show."""
    return {"": _("Everything"), "candidate": _("The candidate"), "us": _("We"), "changes": _("Changes")}


def by_channel(kind: str, channel: str | None) -> str:
    """As "Gesprek via telefoon"."""
    return _("%(kind)s by %(channel)s", kind=kind, channel=channel_name(channel)) if channel else kind


def moved(from_stage: str | None, to_stage: str) -> str:
    """As "Van boeien naar warmhouden"."""
    if from_stage is None:
        return _("Came in at %(stage)s", stage=stage_label(to_stage))
    return _("From %(before)s to %(after)s", before=stage_label(from_stage), after=stage_label(to_stage))


def purpose_name(purpose: ConsentPurpose | str) -> str:
    """What is consented to, within a sentence."""
    return {
        ConsentPurpose.POOL: _("staying in the talent pool"),
        ConsentPurpose.CONTACT: _("being contacted"),
        ConsentPurpose.TRACKING: _("recording what they look at"),
    }[ConsentPurpose(purpose)]


def consented(purpose: str, channel: str | None, *, given: bool) -> str:
    """As "Toestemming gegeven voor benaderen via WhatsApp"."""
    what = by_channel(purpose_name(purpose), channel)
    return _("Consent given for %(what)s", what=what) if given else _("Consent withdrawn for %(what)s", what=what)


def valid_until(day: str) -> str:
    """As "Geldig tot 20 november 2026"."""
    return _("Valid until %(day)s", day=day)


def payload_note(payload: Mapping[str, object] | None) -> str | None:
    """What was written down with a touchpoint, the time that they chose, else what the page was called."""
    said = payload or {}
    if isinstance(chosen := said.get("time"), str):
        return _("Chose %(when)s", when=when(clock.parse(chosen)))
    notes = (said.get(name) for name in ("note", "title"))
    return next((note for note in notes if isinstance(note, str) and note), None)


def done_by(verdict: Verdict | str) -> str:
    """Whose doing a touchpoint is, as far as we know."""
    return {
        Verdict.HUMAN: _("candidate"),
        Verdict.UNKNOWN: _("the candidate or a machine"),
        Verdict.MACHINE: _("a machine, so it does not count"),
    }[Verdict(verdict)]
