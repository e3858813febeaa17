"""Imports every table, so that the metadata is complete for migrations."""

from app.domain.actions import action, place, promise, touchpoint_file
from app.domain.agency import agency, invitation, person, picture, session, team
from app.domain.candidates import (
    bulk,
    candidate,
    consent,
    contact_state,
    erasure_wish,
    exporting,
    identity,
    label,
    link,
    privacy_terms,
    question,
    search,
    segment,
    stage_move,
)
from app.domain.candidates.importing import candidate_import, trace
from app.domain.custody import duplicate, erasure, merge, retention_run
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
    "bulk",
    "candidate",
    "candidate_import",
    "cell",
    "consent",
    "contact_state",
    "duplicate",
    "erasure",
    "erasure_wish",
    "exporting",
    "heartbeat",
    "identity",
    "invitation",
    "label",
    "ledger",
    "link",
    "merge",
    "outbox",
    "person",
    "picture",
    "place",
    "preference",
    "privacy_terms",
    "program",
    "promise",
    "question",
    "retention_run",
    "rules",
    "running_total",
    "search",
    "segment",
    "session",
    "source",
    "stage_move",
    "team",
    "touchpoint",
    "touchpoint_file",
    "trace",
]
