"""A candidate's timeline in words: both sides and what changed, narrowed as the address asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from app import clock
from app.domain.actions import action, timeline
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.actions.timeline import CHANGES, Cursor, Entry, Kind, Side, Wanted
from app.domain.agency.person import Person
from app.domain.candidates.consent import Consent
from app.domain.candidates.stage_move import StageMove
from app.domain.journey.application import ApplicationMove, ApplicationState
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.journey.vacancy import Vacancy
from app.domain.program.action_kind import ActionKind
from app.language import gettext as _
from app.web.filters import day, moment
from app.words import applications as application_words
from app.words import program as program_words
from app.words import promises as promise_words
from app.words import score as score_words
from app.words import timeline as words
from app.words.actions import note_text
from app.words.candidates import channel_icon

SIDES = {"": tuple(Side), "candidate": (Side.CANDIDATE,), "us": (Side.US,), "changes": CHANGES}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the timeline; `show` is a side, or a side's kind as in `us.message`.

    `choosing`: a kind is to be chosen.
    """

    show: str = ""
    before: Cursor | None = None
    choosing: bool = False

    @property
    def wanted(self) -> Wanted:
        side, _dot, kind = self.show.partition(".")
        return Wanted(SIDES[side], kind or None)


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
    """`older` is where the next page begins, or None; `kinds` are those to choose from, if one is to be chosen."""

    moments: Sequence[Moment]
    older: str | None
    asked: Asked
    kinds: Sequence[Kind]

    @property
    def first(self) -> bool:
        return self.asked.before is None

    def sides(self, here: str) -> list[dict[str, object]]:
        """The choices of whose doing is shown, each with its address."""
        chosen = self.asked.show.partition(".")[0]
        labels = words.sides()
        return [
            {"label": labels[side], "href": f"{here}?{urlencode({'show': side})}", "current": side == chosen}
            for side in SIDES
        ]

    def offered(self, side: str) -> list[tuple[str, str]]:
        """The kinds of one side, each with what it is called."""
        kinds = (kind for kind in self.kinds if (kind.side,) == SIDES[side])
        return [(f"{side}.{kind.code}", program_words.kind_label(kind)) for kind in kinds]


def asked_of(args: Mapping[str, str]) -> Asked:
    """What can be read of an address; the rest means everything, from the newest on."""
    show = args.get("show", "")[:100]
    side, dot, _kind = show.partition(".")
    readable = side in SIDES and (not dot or side in {"candidate", "us"})
    return Asked(show if readable else "", timeline.cursor(args.get("before", "")), dot != "" or "kinds" in args)


def timeline_of(candidate_id: int, viewer: Person, asked: Asked) -> Timeline:
    """One page of the timeline as a person may see it."""
    page, now = timeline.page_of(candidate_id, asked.wanted, asked.before), clock.now()
    moments = [_moment(entry, viewer, now) for entry in page.entries]
    return Timeline(moments, str(page.older) if page.older else None, asked, timeline.kinds() if asked.choosing else ())


def _moment(entry: Entry, viewer: Person, now: datetime) -> Moment:
    match entry.what, entry.kind:
        case Touchpoint() as row, TouchpointKind() as kind:
            return _theirs(row, kind)
        case EngagementAction() as row, ActionKind() as kind:
            return _ours(row, kind, entry.by, viewer, now)
        case StageMove() as row, _:
            return _moved(row, entry.by)
        case Consent() as row, _:
            return _consented(row, entry.by)
        case ApplicationMove() as row, Vacancy() as vacancy:
            return _applied(row, vacancy, entry.by)
        case Promise() as row, _:
            return _promised(row, entry.by, now)
    raise AssertionError(entry)


def _promised(row: Promise, by: str | None, now: datetime) -> Moment:
    """A promise whose moment has come, kept or not."""
    return Moment(
        at=row.due_at,
        icon="calendar-check" if row.kept_at else "clock",
        what=promise_words.fate(row, now),
        id=f"promise-{row.id}",
        by=by,
        ours=True,
    )


def _theirs(row: Touchpoint, kind: TouchpointKind) -> Moment:
    return Moment(
        at=row.occurred_at,
        icon=score_words.role_icon(kind.role),
        what=score_words.kind_label(kind),
        id=f"touchpoint-{row.id}",
        by=words.done_by(row.verdict),
        note=words.payload_note(row.payload),
        undone=row.reversed_at is not None,
    )


def _ours(row: EngagementAction, kind: ActionKind, by: str | None, viewer: Person, now: datetime) -> Moment:
    label, undoable = program_words.kind_label(kind), action.may_undo(viewer, row, now)
    return Moment(
        at=row.occurred_at,
        icon=channel_icon(row.channel) if row.channel else "check",
        what=words.by_channel(label, row.channel),
        id=f"action-{row.id}",
        by=by or _("automatic"),
        note=row.note,
        ours=True,
        undoable=row.id if undoable else None,
        copied=_copied(row, label, viewer) if row.note or undoable else None,
    )


def _copied(row: EngagementAction, label: str, viewer: Person) -> str | None:
    if row.person_id != viewer.id:
        return None
    return note_text(label, row.channel, moment(row.occurred_at), viewer.name, row.note)


def _moved(row: StageMove, by: str | None) -> Moment:
    return Moment(
        at=row.moved_at,
        icon="chevron-right",
        what=words.moved(row.from_stage, row.to_stage),
        id=f"move-{row.id}",
        by=by or _("automatic"),
        note=row.reason or None,
        ours=True,
    )


def _consented(row: Consent, by: str | None) -> Moment:
    return Moment(
        at=row.at,
        icon="shield-check" if row.given else "ban",
        what=words.consented(row.purpose, row.channel, given=row.given),
        id=f"consent-{row.id}",
        by=by or _("candidate"),
        note=words.valid_until(day(row.until)) if row.given and row.until else None,
    )


def _applied(row: ApplicationMove, vacancy: Vacancy, by: str | None) -> Moment:
    """A step that a recruiter told, or a completion that followed on their contact."""
    return Moment(
        at=row.moved_at,
        icon="briefcase",
        what=application_words.moved(application_words.vacancy_title(vacancy), row.from_state, row.to_state),
        id=f"application-move-{row.id}",
        by=by,
        note=_("Finished after we were in touch.") if row.to_state == ApplicationState.COMPLETED else None,
        ours=True,
    )
