"""Imports every table, so that the metadata is complete for migrations."""

from app.domain.actions import action, place, promise, touchpoint_file
from app.domain.agency import agency, invitation, person, picture, session, team
from app.domain.candidates import candidate, contact_state, identity, importing
from app.domain.game import ledger, running_total
from app.domain.journey import source, touchpoint
from app.domain.notices import heartbeat, outbox, preference
from app.domain.program import action_kind, block, program
from app.domain.scoring import cell, rules

__all__ = [
    "action",
    "action_kind",
    "agency",
    "block",
    "candidate",
    "cell",
    "contact_state",
    "heartbeat",
    "identity",
    "importing",
    "invitation",
    "ledger",
    "outbox",
    "person",
    "picture",
    "place",
    "preference",
    "program",
    "promise",
    "rules",
    "running_total",
    "session",
    "source",
    "team",
    "touchpoint",
    "touchpoint_file",
]
