"""Kinds of touchpoint: the preset ones, and those that a source sent and nobody has mapped yet."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple, cast

from sqlalchemy import String, Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db


class KindRole(StrEnum):
    """What a touchpoint means for contact: both `inbound` and `form` are the candidate turning to us."""

    INBOUND = "inbound"
    FORM = "form"
    VISIT = "visit"
    OTHER = "other"


class TouchpointKind(Base):
    """Not `known`: kept as the source named it and worth nothing, until somebody maps it."""

    __tablename__ = "touchpoint_kind"

    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    label_nl: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    role: Mapped[KindRole] = mapped_column(String(10), default=KindRole.OTHER)
    known: Mapped[bool] = mapped_column(default=True)


TABLE = cast("Table", TouchpointKind.__table__)
ROLES = select(TABLE.c.code, TABLE.c.role).where(TABLE.c.code.in_(bindparam("codes", expanding=True)))


class Preset(NamedTuple):
    code: str
    label_nl: str
    label_en: str
    role: KindRole


REPLY = "inbound_reply"
PRESET = (
    Preset("application_completed", "Sollicitatie afgerond", "Application completed", KindRole.FORM),
    Preset("form", "Formulier ingevuld", "Form submitted", KindRole.FORM),
    Preset("referral", "Iemand aangedragen", "Referred somebody", KindRole.INBOUND),
    Preset("event_attended", "Bijeenkomst bezocht", "Event attended", KindRole.OTHER),
    Preset(REPLY, "Reactie ontvangen", "Reply received", KindRole.INBOUND),
    Preset("application_started", "Sollicitatie begonnen", "Application started", KindRole.OTHER),
    Preset("survey_answered", "Vragenlijst ingevuld", "Survey answered", KindRole.OTHER),
    Preset("mail_click", "Link in bericht geopend", "Link in message opened", KindRole.VISIT),
    Preset("ad_click", "Advertentie aangeklikt", "Ad clicked", KindRole.VISIT),
    Preset("job_view", "Vacature bekeken", "Job viewed", KindRole.VISIT),
    Preset("site_visit", "Website bezocht", "Website visited", KindRole.VISIT),
    Preset("mail_open", "Mail geopend", "Mail opened", KindRole.OTHER),
)
CODES = frozenset(preset.code for preset in PRESET)
IN_MAIL = frozenset(("mail_click", "mail_open"))
"""What mail programs and scanners do by themselves as well."""


def install_preset() -> None:
    """Make the preset kinds known; those that are there already stay as they are."""
    _insert([preset._asdict() | {"known": True} for preset in PRESET])


def ensure(codes: Collection[str]) -> dict[str, KindRole]:
    """The role of every code; what nobody knows yet is kept under the name that its source gave it."""
    found = _roles(codes) if codes else {}
    missing = set(codes) - set(found)
    if missing & CODES:
        install_preset()
    if new := sorted(missing - CODES):
        _insert([{"code": c, "label_nl": c, "label_en": c, "role": KindRole.OTHER, "known": False} for c in new])
    return found if not missing else found | _roles(missing)


class Meaning(NamedTuple):
    """`is_watching`: it says what somebody looked at, or nobody knows what it says; not what they did towards us."""

    role: KindRole
    is_watching: bool


OWN = {
    preset.code: Meaning(preset.role, preset.role == KindRole.VISIT or preset.code == "mail_open") for preset in PRESET
}


def meanings(codes: Collection[str]) -> dict[str, Meaning]:
    """What kinds mean; what nobody knows yet is kept under the name that its source gave it."""
    others = set(codes) - CODES
    ensure(others)
    found = {code: Meaning(KindRole(kind.role), _watches(kind)) for code, kind in named(others).items()}
    return found | {code: OWN[code] for code in codes if code in OWN}


def _watches(kind: TouchpointKind) -> bool:
    return kind.role == KindRole.VISIT or not kind.known


def _insert(rows: list[dict[str, object]]) -> None:
    db.session.connection().execute(insert(cast("Table", TouchpointKind.__table__)).on_conflict_do_nothing(), rows)


def _roles(codes: Collection[str]) -> dict[str, KindRole]:
    found = db.session.connection().execute(ROLES, {"codes": list(codes)})
    return {code: KindRole(role) for code, role in found}


def known() -> Sequence[TouchpointKind]:
    """The kinds that a person may choose from, in the order of the preset, which is there before any signal is."""
    stored = select(TouchpointKind).where(TouchpointKind.known).order_by(TouchpointKind.code).limit(200)
    preset = {each.code: TouchpointKind(**each._asdict()) for each in PRESET}
    return list((preset | {kind.code: kind for kind in db.session.scalars(stored)}).values())


def named(codes: Collection[str]) -> dict[str, TouchpointKind]:
    """These kinds by their code."""
    if not codes:
        return {}
    found = db.session.scalars(select(TouchpointKind).where(TouchpointKind.code.in_(codes)))
    return {kind.code: kind for kind in found}
