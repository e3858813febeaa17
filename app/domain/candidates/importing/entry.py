"""What a row of a file says of somebody, and why a row is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.candidates.address import Channel
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.label import LabelKind


class Reason(StrEnum):
    """Why a row is refused; the value that goes with it says what it is about."""

    HEADER = "header"
    RAGGED = "ragged"
    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_LINKEDIN = "bad_linkedin"
    BAD_CRM_ID = "bad_crm_id"
    BAD_STAGE = "bad_stage"
    BAD_CHANNEL = "bad_channel"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    BAD_HOURS = "bad_hours"
    BAD_DISTANCE = "bad_distance"
    BAD_LANGUAGE = "bad_language"
    BAD_CONSENT = "bad_consent"
    BAD_LABEL = "bad_label"
    TWICE = "twice"
    TWO_PEOPLE = "two_people"
    OTHER_ID = "other_id"
    OTHER_NAME = "other_name"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`cells` are the row as it was brought."""

    line: int
    reason: Reason
    about: str = ""
    cells: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a row says of staying in the talent pool."""

    given: bool
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says; a blank cell says nothing, so it never wipes what is known."""

    line: int
    facts: Mapping[str, Any]
    addresses: tuple[tuple[Channel, str], ...] = ()
    crm_ids: tuple[tuple[Crm, str], ...] = ()
    owner: str = ""
    preferred: Channel | None = None
    registered: date | None = None
    labels: Mapping[LabelKind, Mapping[str, date | None]] = field(default_factory=dict)
    consent: Agreed | None = None
    cells: Sequence[str] = ()

    @property
    def own_number(self) -> str:
        """The number in the agency's own system, told apart from phone numbers; empty without one."""
        return f"id {self.facts['external_id']}" if "external_id" in self.facts else ""

    @property
    def keys(self) -> frozenset[str]:
        """By what a person is known again: the own number, mail addresses and phone numbers."""
        addresses = {address for channel, address in self.addresses if channel != Channel.LINKEDIN}
        return frozenset(addresses | ({self.own_number} if self.own_number else set()))


class Refused(ValueError):  # noqa: N818 - it carries a refusal out of a cell
    def __init__(self, reason: Reason, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about
