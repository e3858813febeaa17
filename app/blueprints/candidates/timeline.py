"""A candidate's timeline: what they did and what we did, newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import engagement_action
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.journey import touchpoint
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.program.action_kind import ActionKind
from app.language import gettext as _
from app.words import program as program_words
from app.words import score as score_words
from app.words.candidates import channel_icon, channel_name

PAGE = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened; `ours` when the agency did it."""

    at: datetime
    icon: str
    what: str
    id: str
    by: str | None = None
    note: str | None = None
    ours: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """`older` is where the next page begins, or None; `first` says that this is the newest page."""

    moments: Sequence[Moment]
    older: str | None
    first: bool


def timeline_of(candidate_id: int, before: str = "") -> Timeline:
    """One page of the timeline; a moment that cannot be read means the newest page."""
    cursor = _moment(before)
    touchpoints = touchpoint.latest_for(candidate_id, PAGE + 1, (cursor, 0) if cursor else None)
    actions = engagement_action.latest_for(candidate_id, PAGE + 1, cursor)
    merged = sorted(_theirs(touchpoints) + _ours(actions), key=lambda moment: (moment.at, moment.id), reverse=True)
    shown = merged[:PAGE]
    if len(merged) > PAGE:
        shown = [moment for moment in shown if moment.at > merged[PAGE].at] or shown
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


def _ours(actions: Sequence[EngagementAction]) -> list[Moment]:
    told = (
        select(EngagementAction.id, ActionKind, Person.name)
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .outerjoin(Person, Person.id == EngagementAction.person_id)
        .where(EngagementAction.id.in_([row.id for row in actions]))
    )
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
        )
        for row in actions
    ]


def _described(kind: str, channel: str | None) -> str:
    return _("%(kind)s by %(channel)s", kind=kind, channel=channel_name(channel)) if channel else kind
