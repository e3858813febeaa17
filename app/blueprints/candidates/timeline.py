"""A candidate's timeline: what they did and what we did, newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import action, engagement_action
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.journey import touchpoint
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.program.action_kind import ActionKind
from app.language import gettext as _
from app.web.filters import moment
from app.words import program as program_words
from app.words import score as score_words
from app.words.actions import note_text
from app.words.candidates import channel_icon, channel_name

PAGE = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened; `ours` when the agency did it.

    `undoable` is the action that the viewer may still take back, `copied` their own action as text for another system.
    """

    at: datetime
    icon: str
    what: str
    id: str
    by: str | None = None
    note: str | None = None
    ours: bool = False
    undone: bool = False
    undoable: int | None = None
    copied: str | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """`older` is where the next page begins, or None; `first` says that this is the newest page."""

    moments: Sequence[Moment]
    older: str | None
    first: bool


def timeline_of(candidate_id: int, viewer: Person, before: str = "") -> Timeline:
    """One page of the timeline; a moment that cannot be read means the newest page."""
    cursor = _moment(before)
    touchpoints = touchpoint.latest_for(candidate_id, PAGE + 1, (cursor, 0) if cursor else None)
    actions = engagement_action.latest_for(candidate_id, PAGE + 1, cursor)
    merged = sorted(_theirs(touchpoints) + _ours(actions, viewer), key=lambda row: (row.at, row.id), reverse=True)
    shown = merged[:PAGE]
    if len(merged) > PAGE:
        shown = [row for row in shown if row.at > merged[PAGE].at] or shown
    older = shown[-1].at.isoformat() if len(merged) > len(shown) else None
    return Timeline(shown, older, cursor is None)


def _moment(text: str) -> datetime | None:
    try:
        return clock.parse(text.replace(" ", "+"))
    except ValueError:
        return None


def _theirs(touchpoints: Sequence[Touchpoint]) -> list[Moment]:
    codes = {row.kind for row in touchpoints}
    kinds = db.session.scalars(select(TouchpointKind).where(TouchpointKind.code.in_(codes))) if codes else ()
    by_code = {kind.code: kind for kind in kinds}
    return [
        Moment(
            at=row.occurred_at,
            icon=score_words.role_icon(by_code[row.kind].role),
            what=score_words.kind_label(by_code[row.kind]),
            id=f"touchpoint-{row.id}",
            by=_("candidate"),
            undone=row.reversed_at is not None,
        )
        for row in touchpoints
    ]


def _ours(actions: Sequence[EngagementAction], viewer: Person) -> list[Moment]:
    told = (
        select(EngagementAction.id, ActionKind, Person.name)
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .outerjoin(Person, Person.id == EngagementAction.person_id)
        .where(EngagementAction.id.in_([row.id for row in actions]))
    )
    now = clock.now()
    kinds = {action_id: (kind, name) for action_id, kind, name in db.session.execute(told)} if actions else {}
    return [
        Moment(
            at=row.occurred_at,
            icon=channel_icon(row.channel) if row.channel else "check",
            what=_described(program_words.kind_label(kinds[row.id][0]), row.channel),
            id=f"action-{row.id}",
            by=kinds[row.id][1] or _("automatic"),
            note=row.note,
            ours=True,
            undone=row.undone_at is not None,
            undoable=row.id if row.undone_at is None and action.may_undo(viewer, row, now) else None,
            copied=_copied(row, kinds[row.id][0], viewer, now),
        )
        for row in actions
    ]


def _copied(row: EngagementAction, kind: ActionKind, viewer: Person, now: datetime) -> str | None:
    fresh = row.undone_at is None and (row.note or action.may_undo(viewer, row, now))
    if row.person_id != viewer.id or not fresh:
        return None
    return note_text(program_words.kind_label(kind), row.channel, moment(row.occurred_at), viewer.name, row.note)


def _described(kind: str, channel: str | None) -> str:
    return _("%(kind)s by %(channel)s", kind=kind, channel=channel_name(channel)) if channel else kind
