"""A lead's team in the running week: what each did and has planned, how their candidates are kept in touch with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select

from app import clock
from app.db import db
from app.domain.actions import attendance
from app.domain.actions.attendance import Streak
from app.domain.actions.covering import PLAYERS
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.agency import person as people
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Branch, Team
from app.domain.candidates.candidate import PRESENT, Candidate, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.game import appearance
from app.domain.oversight.contact import reachable, terms
from app.domain.oversight.coverage import Coverage, late, on_time_now
from app.domain.oversight.lead_week import may_name
from app.domain.oversight.tally import tally
from app.domain.program.program import the_program, works_council_ok

MOST = 200
LATELY = clock.WEEK * 4


class Done(NamedTuple):
    """Actions of the running week and of the last one up to the same hour; `last_at` is the last of four weeks."""

    this_week: int = 0
    by_now_last_week: int = 0
    last_at: datetime | None = None


class Planned(NamedTuple):
    """Promises still to be kept: those of which the moment passed, and those due until the week ends."""

    overdue: int = 0
    due: int = 0


class Pool(NamedTuple):
    """Whom somebody looks after, and how many of them were contacted in time or wait too long."""

    candidates: int
    coverage: Coverage


NOBODY = Pool(0, Coverage(0, 0))


@dataclass(frozen=True, slots=True)
class Member:
    """`done`, `planned` and `streak` are None of who may not be named, or chose to be on no list.

    `pool` None: how their candidates are looked after is their work, and nobody agreed that it is told.
    """

    person: Person
    pool: Pool | None
    done: Done | None = None
    planned: Planned | None = None
    streak: Streak | None = None


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """`named`: people may be named; `told`: how the candidates of each are looked after may be told.

    `unowned` is how many candidates of the branch nobody looks after.
    """

    team: Team
    branch: str
    named: bool
    told: bool
    members: Sequence[Member]
    unowned: int


def teams_of(viewer: Person) -> Sequence[Team]:
    """The teams that somebody may look at: a lead the own one, the sponsor and administrators all."""
    query = select(Team).order_by(Team.name, Team.id).limit(MOST)
    if viewer.role == Role.LEAD:
        query = query.where(Team.id == (viewer.team_id or 0))
    return db.session.scalars(query).all()


def team_week(team: Team, viewer: Person, now: datetime, zone: ZoneInfo) -> TeamWeek:
    """The team as it is now; first of whom most candidates wait too long."""
    program = the_program()
    staff = [each for each in people.of_team(team.id) if each.role in PLAYERS]
    named = program is not None and may_name(program)
    unseen = appearance.hidden() if named else {each.id for each in staff}
    told = [each for each in staff if each.id not in unseen]
    agreed = program is not None and works_council_ok(program.id)
    ids, pools = [each.id for each in told], _of_each(staff, now) if agreed else {}
    done, planned, streaks = _done(ids, now, zone), _planned(ids, now, zone), attendance.currents(told, now)
    members = [Member(each, pools.get(each.id)) for each in staff if each.id in unseen]
    members += [
        Member(
            each,
            pools.get(each.id),
            done.get(each.id, Done()),
            planned.get(each.id, Planned()),
            streaks[each.id],
        )
        for each in told
    ]
    members.sort(key=lambda each: -each.pool.coverage.late if each.pool else 0)
    branch = db.session.scalar(select(Branch.name).where(Branch.id == team.branch_id)) or ""
    return TeamWeek(team, branch, named, agreed, members, _unowned(team, viewer))


def longest_unowned(team: Team, viewer: Person, number: int) -> Sequence[int]:
    """The candidates of a team's branch whom nobody looks after, those longest with us first."""
    query = _without_owner(team, viewer).order_by(Candidate.registered_at, Candidate.id).limit(number)
    return db.session.scalars(query.with_only_columns(Candidate.id)).all()


def _unowned(team: Team, viewer: Person) -> int:
    query = _without_owner(team, viewer).with_only_columns(func.count()).order_by(None)
    return db.session.scalar(query) or 0


def _without_owner(team: Team, viewer: Person) -> Select[Candidate]:
    """Whom somebody may see in this branch, or in none yet."""
    here = or_(Candidate.branch_id == team.branch_id, Candidate.branch_id.is_(None))
    return visible(viewer).where(Candidate.owner_id.is_(None), here)


def _of_each(staff: Sequence[Person], now: datetime) -> Mapping[int, Pool]:
    pools = _pools([each.id for each in staff], now)
    return {each.id: pools.get(each.id, NOBODY) for each in staff}


def _pools(owners: Collection[int], now: datetime) -> Mapping[int, Pool]:
    within = terms()
    on_time = on_time_now(now, within)
    query = (
        select(
            Candidate.owner_id,
            func.count(),
            tally(and_(reachable(now), on_time)),
            tally(late(now, on_time, within)),
        )
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .where(PRESENT, Candidate.owner_id.in_(owners))
        .group_by(Candidate.owner_id)
    )
    return {owner: Pool(count, Coverage(*covered)) for owner, count, *covered in db.session.execute(query) if owner}


def week_earlier(now: datetime, zone: ZoneInfo) -> datetime:
    """The same weekday and hour of the wall clock a week before, on both sides of a clock change."""
    local = now.astimezone(zone)
    return (local.replace(tzinfo=None) - clock.WEEK).replace(tzinfo=zone).astimezone(now.tzinfo)


def _done(people_ids: Collection[int], now: datetime, zone: ZoneInfo) -> Mapping[int, Done]:
    action, monday = EngagementAction, clock.week_of(clock.local_day(now, zone)).start
    before = and_(
        action.local_date >= monday - clock.WEEK,
        action.local_date < monday,
        action.occurred_at <= week_earlier(now, zone),
    )
    query = (
        select(action.person_id, tally(action.local_date >= monday), tally(before), func.max(action.occurred_at))
        .where(
            action.person_id.in_(people_ids),
            action.local_date >= monday - LATELY,
            action.occurred_at <= now,
            action.undone_at.is_(None),
        )
        .group_by(action.person_id)
    )
    return {row[0]: Done(row[1], row[2], row[3]) for row in db.session.execute(query) if row[0]}


def _planned(people_ids: Collection[int], now: datetime, zone: ZoneInfo) -> Mapping[int, Planned]:
    promise, ends = Promise, clock.midnight(clock.week_of(clock.local_day(now, zone)).end, zone)
    query = (
        select(promise.person_id, tally(promise.due_at < now), tally(promise.due_at >= now))
        .where(
            promise.person_id.in_(people_ids),
            promise.kept_at.is_(None),
            promise.withdrawn_at.is_(None),
            promise.due_at < ends,
        )
        .group_by(promise.person_id)
    )
    return {row[0]: Planned(row[1], row[2]) for row in db.session.execute(query)}
