"""Every measure counted again, slowly: all rows are read without a condition, and looked at one by one."""

import statistics
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect, Outcome, effect_of
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.stage_move import StageMove
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey.application import Application
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.program.action_kind import ActionKind
from tests.domain.oversight.scene import CONTACT, DAYS, NOW, ZONE

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
STAGES, EARLY = list(Stage), (Stage.ATTRACT, Stage.ENGAGE, Stage.NURTURE)
WORDS = {"spoke", "message_sent", "appointment", "later", "replied", "has_work", "do_not_contact"}
Value = float | None


def every(table: type[Any]) -> list[Any]:
    """All rows as the database has them."""
    return list(db.session.scalars(select(table).execution_options(populate_existing=True)))


class Stood(NamedTuple):
    """How we stood with a candidate at a moment: `how` is on_time, late or neither."""

    candidate_id: int
    stage: Stage
    team_id: int
    how: str
    waits: bool


class Rows:
    """Everything that there is, read once."""

    def __init__(self) -> None:
        self.people = {row.id: row for row in every(Person)}
        self.candidates = {row.id: row for row in every(Candidate)}
        self.states = {row.candidate_id: row for row in every(ContactState)}
        self.kinds = {row.id: row for row in every(ActionKind)}
        self.turns_to_us = {row.code for row in every(TouchpointKind) if row.role in ("inbound", "form")}
        self.actions: list[EngagementAction] = [row for row in every(EngagementAction) if row.undone_at is None]
        self.touchpoints: list[Touchpoint] = every(Touchpoint)
        self.applications: list[Application] = every(Application)
        self.entries: list[LedgerEntry] = every(LedgerEntry)
        self.moves: list[StageMove] = every(StageMove)
        self.blocks: list[BlockWeek] = every(BlockWeek)
        self.answers: list[Feedback] = [row for row in every(Feedback) if row.score and row.answered_at]
        self.effects = {row.id: self._effect(row) for row in self.actions}
        self.ours = [row for row in self.actions if self.effects[row.id] in CONTACT]

    def present(self) -> list[Candidate]:
        """Neither one with another candidate since, nor forgotten."""
        return [row for row in self.candidates.values() if not row.merged_into_id and not row.anonymised_at]

    def team_of(self, candidate_id: int | None) -> int:
        """Of who looks after them; 0: nobody does, or somebody without a team."""
        owner = self.people.get(self.candidates[candidate_id or 0].owner_id)
        return (owner.team_id or 0) if owner else 0

    def _effect(self, action: EngagementAction) -> Effect:
        kind = self.kinds[action.kind_id]
        return effect_of(Outcome(action.outcome), kind.code, kind.place_class, two_way=kind.two_way)

    def turns(self) -> list[Touchpoint]:
        rows = [row for row in self.touchpoints if row.kind in self.turns_to_us]
        return [row for row in rows if row.verdict == "human" and row.reversed_at is None]

    def contacts(self, candidate_id: int) -> list[datetime]:
        """Ours with them, or theirs with us."""
        ours = [row.occurred_at for row in self.ours if row.candidate_id == candidate_id]
        return ours + [row.occurred_at for row in self.turns() if row.candidate_id == candidate_id]

    def stage_at(self, candidate: Candidate, at: datetime) -> Stage:
        """In which stage they were, by what they left at their next move."""
        later = [row for row in self.moves if row.candidate_id == candidate.id and row.moved_at > at]
        first = min(later, key=lambda row: (row.moved_at, row.id), default=None)
        return Stage(first.from_stage or first.to_stage if first else candidate.stage)

    def how(self, candidate: Candidate, at: datetime) -> str:
        state = self.states[candidate.id]
        refused = state.do_not_contact_at is not None and state.do_not_contact_at <= at
        if candidate.owner_id is None or refused or (state.paused_until is not None and state.paused_until > at):
            return "neither"
        limit = at - timedelta(days=DAYS[self.stage_at(candidate, at)])
        if any(limit <= moment <= at for moment in self.contacts(candidate.id)):
            return "on_time"
        return "late" if candidate.registered_at < limit else "neither"

    def waits(self, candidate: Candidate, at: datetime) -> bool:
        """Our word about an application or a message was due, and not more than thirty days ago."""
        state = self.states[candidate.id]
        refused = state.do_not_contact_at is not None and state.do_not_contact_at <= at
        if refused or (state.paused_until is not None and state.paused_until > at):
            return False
        about = [row for row in self.applications if row.candidate_id == candidate.id]
        return any(at - 30 * DAY <= due <= at for due in (*self._words(about), *self._replies(candidate.id, about)))

    def _words(self, applications: Collection[Application]) -> Iterator[datetime]:
        for row in applications:
            told = [each.occurred_at for each in self.actions if self._is_word(each, row)]
            if row.state == "completed" and max(told, default=row.state_at - DAY) < row.state_at:
                yield in_working_days(row.state_at, 2)

    def _is_word(self, action: EngagementAction, about: Application) -> bool:
        kind = self.kinds[action.kind_id]
        word = action.outcome in WORDS or kind.two_way or kind.code == "status_update"
        return action.candidate_id == about.candidate_id and word

    def _replies(self, candidate_id: int, applications: Collection[Application]) -> Iterator[datetime]:
        heard = max((row.occurred_at for row in self.turns() if row.candidate_id == candidate_id), default=None)
        ours = [row for row in self.ours if row.candidate_id == candidate_id]
        if heard is None or any(row.occurred_at >= heard for row in ours):
            return
        if any(row.state == "completed" and row.state_at == heard for row in applications):
            return  # an application that was sent has its own days
        due = heard + DAY
        while due.astimezone(ZONE).weekday() > 4:
            due += DAY
        yield due


def in_working_days(moment: datetime, days: int) -> datetime:
    """The same hour so many working days later; the house works from nine to eight on weekdays."""
    local = moment.astimezone(ZONE).replace(tzinfo=None)
    if local.weekday() > 4 or local.hour >= 20:
        local = local.replace(hour=9, minute=0, second=0, microsecond=0) + DAY
    local = max(local, local.replace(hour=9, minute=0, second=0, microsecond=0))
    while local.weekday() > 4:
        local += DAY
    for _ in range(days):
        local += DAY
        while local.weekday() > 4:
            local += DAY
    return local.replace(tzinfo=ZONE)


def stand(rows: Rows, at: datetime) -> list[Stood]:
    """How we stood with everybody at a moment, as the rows tell."""
    return [
        Stood(each.id, rows.stage_at(each, at), rows.team_of(each.id), rows.how(each, at), rows.waits(each, at))
        for each in rows.present()
        if each.registered_at <= at
    ]


class Recount:
    """One window: its periods, and how the pool stood at the end, None when that is not known.

    `teams` None: everybody; `whose` None: all candidates.
    """

    def __init__(
        self,
        rows: Rows,
        periods: Sequence[Period],
        stood: Sequence[Stood] | None,
        *,
        teams: Collection[int] | None = None,
        whose: Collection[int] | None = None,
    ) -> None:
        self.rows, self.periods, self.teams, self.whose = rows, periods, teams, whose
        mine = [each for each in stood or () if self.has_team(each.team_id) and self.about(each.candidate_id)]
        self.stood = None if stood is None else mine

    def has_team(self, team_id: int | None) -> bool:
        return self.teams is None or (team_id or 0) in self.teams

    def about(self, candidate_id: int | None) -> bool:
        return self.whose is None or candidate_id in self.whose

    def at(self, moment: datetime) -> bool:
        return self.on(moment.astimezone(ZONE).date())

    def on(self, day: date) -> bool:
        return any(each.start <= day < each.end for each in self.periods)

    def of(self, candidate_id: int) -> bool:
        return self.has_team(self.rows.team_of(candidate_id)) and self.about(candidate_id)

    def actions(self) -> list[EngagementAction]:
        return [
            row
            for row in self.rows.actions
            if row.person_id and self.has_team(self.rows.people[row.person_id].team_id) and self.about(row.candidate_id)
        ]

    def weeks(self) -> Iterator[tuple[date, date]]:
        """Back from the last day of each period; a period of less than a week is one."""
        for period in self.periods:
            end = period.end
            yield max(end - WEEK, period.start), end
            while end - 2 * WEEK >= period.start:
                end -= WEEK
                yield end - WEEK, end

    def adoption(self) -> Value:
        active = expected = 0
        for first, past in self.weeks():
            until = min(NOW, clock.midnight(past, ZONE))
            here = {
                row.id
                for row in self.rows.people.values()
                if row.role == Role.RECRUITER and row.joined_on < past and self.has_team(row.team_id)
                if row.deactivated_at is None or row.deactivated_at > until
            }
            active += len({row.person_id for row in self.actions() if first <= row.local_date < past} & here)
            expected += len(here)
        return percent(active, expected)

    def attendance(self) -> Value:
        rows = [row for row in self.rows.blocks if self.on(row.week) and row.state != "excused"]
        rows = [row for row in rows if self.has_team(self.rows.people[row.person_id].team_id)]
        return percent(sum(row.state == "kept" for row in rows), len(rows))

    def coverage(self) -> Value:
        if self.stood is None:
            return None
        turned = [each.how for each in self.stood if each.how != "neither"]
        return percent(turned.count("on_time"), len(turned))

    def late(self) -> Value:
        return None if self.stood is None else sum(each.how == "late" for each in self.stood)

    def waiting(self) -> Value:
        return None if self.stood is None else sum(each.waits for each in self.stood)

    def two_way(self) -> Value:
        effects = [self.rows.effects[row.id] for row in self.actions() if self.on(row.local_date)]
        took_part = sum(each in (Effect.ANSWERED, Effect.HEARD) for each in effects)
        return percent(took_part, took_part + effects.count(Effect.UNANSWERED))

    def first_response(self) -> Value:
        turns = [row for row in self.rows.turns() if self.on(row.local_date) and self.of(row.candidate_id)]
        hours = [found for row in turns if (found := self._waited(row)) is not None]
        return statistics.median(hours) if hours else None

    def _waited(self, turn: Touchpoint) -> int | None:
        """Whole hours, from a day on whole days, at most seven; None while the first seven run."""
        ours = [row for row in self.rows.ours if row.person_id]
        words = [row.occurred_at for row in ours if row.candidate_id == turn.candidate_id]
        words = [each for each in words if each >= turn.occurred_at]
        if not words:
            return 168 if NOW - turn.occurred_at >= WEEK else None
        hours = (min(words) - turn.occurred_at) // HOUR
        return min(168, hours if hours < 24 else hours - hours % 24)

    def moves(self) -> list[StageMove]:
        rows = [row for row in self.rows.moves if row.from_stage]
        return [row for row in rows if self.at(row.moved_at) and self.of(row.candidate_id)]

    def conversion(self) -> Value:
        if self.stood is None:
            return None
        left = [row for row in self.moves() if row.from_stage in EARLY]
        on = sum(STAGES.index(Stage(row.to_stage)) > STAGES.index(Stage(str(row.from_stage))) for row in left)
        return percent(on, len(left) + sum(each.stage in EARLY for each in self.stood))

    def placed(self) -> list[int]:
        """After how many days each was."""
        rows = [row for row in self.moves() if row.to_stage == "convert" and row.from_stage != "redeploy"]
        return [max(0, (row.moved_at - self.rows.candidates[row.candidate_id].registered_at).days) for row in rows]

    def placements(self) -> Value:
        return len(self.placed())

    def time_to_placement(self) -> Value:
        return statistics.median(self.placed()) if self.placed() else None

    def redeployments(self) -> Value:
        return sum((row.from_stage, row.to_stage) == ("redeploy", "convert") for row in self.moves())

    def referrals(self) -> Value:
        """Two who turned out to be one came once."""
        came = [row for row in self.rows.candidates.values() if row.referred_by_id and not row.merged_into_id]
        return sum(self.at(row.registered_at) and self.of(row.id) for row in came)

    def rescued(self) -> Value:
        """By the team of who was in touch then, also when the candidate is part of another one by now."""
        undone = {row.reverses_id for row in self.rows.entries}
        rows = [row for row in self.rows.entries if row.source_kind == "rescue" and row.kind == "bonus"]
        rows = [row for row in rows if row.id not in undone and self.on(row.local_date)]
        return sum(self.has_team(row.team_id) and self.about(self.now(row)) for row in rows)

    def now(self, entry: LedgerEntry) -> int:
        """Who the candidate of an entry is by now."""
        them = self.rows.candidates[entry.candidate_id]
        return int(them.merged_into_id or them.id)

    def satisfaction(self) -> Value:
        faces = [row.score or 0 for row in self.answered() if self.has_team(row.team_id)]
        return statistics.fmean(faces) if len(faces) >= 5 else None

    def answered(self) -> list[Feedback]:
        """Of all teams."""
        rows = [row for row in self.rows.answers if self.about(row.candidate_id)]
        return [row for row in rows if row.answered_at and self.at(row.answered_at)]

    def is_of_few(self) -> bool:
        """Whether fewer than five answers could be told from the figure, by itself or beside that of everybody."""
        answers = Counter(row.team_id or 0 for row in self.answered())
        mine = {team: number for team, number in answers.items() if self.has_team(team)}
        few = [number for number in answers.values() if number < 5]
        smallest = min((number for number in answers.values() if number >= 5), default=0)
        beside = len(mine) == 1 and 0 < sum(few) < 5 and sum(mine.values()) == smallest
        return sum(mine.values()) < 5 or 0 < answers.total() - sum(mine.values()) < 5 or beside


def percent(part: int, whole: int) -> Value:
    """Rounded down."""
    return part * 100 // whole if whole else None
