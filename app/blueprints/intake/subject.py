"""Whom an event is about, in the Segment format: ids, and traits in either of their two places."""

from collections.abc import Mapping
from typing import Any

from app.blueprints.intake.reading import address, first, mapping, text, truth
from app.domain.actions.event import Subject
from app.domain.candidates.address import Channel

LONGEST_ID = 100
CONSENT = ("consent", "tracking_consent")


def subject(item: Mapping[str, Any]) -> Subject:
    """The candidate or the visitor of an event; an alias tells which browser it was before."""
    traits = mapping(item.get("traits")) or mapping(mapping(item.get("context")).get("traits"))
    given, family = text(traits.get("firstName")), text(traits.get("lastName"))
    before = item.get("previousId") if item.get("type") == "alias" else item.get("anonymousId")
    return Subject(
        external_id=text(item.get("userId"), 120),
        email=address(Channel.EMAIL, traits.get("email")),
        phone=address(Channel.PHONE, traits.get("phone")),
        name=text(traits.get("name"), 160) or f"{given} {family}".strip()[:160],
        given_name=given[:80],
        anonymous_id=text(before, LONGEST_ID),
        consent=truth(first(traits, CONSENT)),
    )
