"""What went before, on the screen of the queue: the last signals and contacts, and what was just logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask import url_for
from markupsafe import Markup

from app.blueprints.block import blank
from app.blueprints.block.forms import NextStepForm
from app.domain.actions import queue_log, timeline
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.queue import QueueCard
from app.domain.actions.timeline import Entry, Side, Wanted
from app.domain.agency.agency import the_zone
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.program.action_kind import ActionKind
from app.language import gettext as _
from app.web.filters import ago, hour, long_day
from app.words import program as program_words
from app.words import score as score_words
from app.words import timeline as words
from app.words.actions import logged_sentence, promised_sentence
from app.words.reasons import given_name

SHOWN = 5
BOTH = Wanted((Side.CANDIDATE, Side.US))


@dataclass(frozen=True, slots=True)
class Happened:
    """A signal or a contact, and who of us had it."""

    what: str
    at: datetime
    by: str | None = None
    note: str | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """What was logged with the card before this one; its next step and note can still be changed, or all undone.

    `form` is what was sent and could not be taken, else `fields` are those of what stands.
    """

    message: str
    undo_url: str
    next_step_url: str
    form: NextStepForm | None = None
    fields: Markup | None = None


def history_of(candidate_id: int) -> Sequence[Happened]:
    """The last signals and contacts, newest first."""
    return [_happened(entry) for entry in timeline.page_of(candidate_id, BOTH, size=SHOWN).entries]


def _happened(entry: Entry) -> Happened:
    what, kind = entry.what, entry.kind
    if isinstance(what, EngagementAction) and isinstance(kind, ActionKind):
        label = words.by_channel(program_words.kind_label(kind), what.channel)
        return Happened(label, what.occurred_at, entry.by or _("automatic"), what.note, ours=True)
    if isinstance(what, Touchpoint) and isinstance(kind, TouchpointKind):
        return Happened(score_words.kind_label(kind), what.occurred_at, note=words.payload_note(what.payload))
    raise AssertionError(entry)


def last_spoken(at: datetime | None) -> str:
    """When there last was a conversation, in words; nothing when there never was."""
    return _("spoken %(when)s", when=ago(at)) if at else ""


def last_of(
    cards: Sequence[QueueCard], step: NextStepForm | None = None, known: queue_log.Said | None = None
) -> Last | None:
    """What was logged last with one of these cards and stands, which is `known` when it was logged just now.

    `step` is what was sent and could not be taken.
    """
    done = [(card.done_at, card.id, card) for card in cards if card.done_at and card.action_id]
    if not done:
        return None
    card = max(done)[2]
    said = known or queue_log.said_of(card.action_id or 0)
    message = logged_sentence(given_name(said.candidate), said.points, said.reason, said.bonuses, said.owing)
    if said.due_at:
        message += " " + promised_sentence(long_day(said.due_at), hour(said.due_at))
    return Last(
        message,
        url_for("today.undo", action_id=card.action_id, next=url_for("block.page")),
        url_for("block.next_step", card_id=card.id),
        step,
        None if step else _as_it_is(said.note, said.due_at),
    )


def _as_it_is(note: str | None, due_at: datetime | None) -> Markup:
    due = due_at.astimezone(the_zone()) if due_at else None
    return blank.step_fields(f"step-{uuid4().hex[:8]}-", due, note or "")
