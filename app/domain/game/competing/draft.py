"""A draft of a competition: everything about it can still be changed, and only who runs it sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.game.competing import life
from app.domain.game.competing.audience import invited
from app.domain.game.competing.competition import Audience, Competition, Format, Metric
from app.domain.game.competing.entrant import Side
from app.domain.game.competing.prize import Prize, PrizeKind, prizes_of
from app.domain.game.running import RUNS

LONGEST_DAYS = 92
TEAM_FORMATS = frozenset({Format.TEAM_GOAL, Format.TEAMS})
MANY = frozenset({PrizeKind.RAFFLE, PrizeKind.SURPRISE})
WITH_GOAL = frozenset({Format.TEAM_GOAL, Format.THRESHOLD, Format.FIRST})
OF_POINTS = frozenset({Format.FIRST, Format.IMPROVEMENT})
HIGHEST = 10_000_000
"""Points of a goal, and cents of a prize."""
MOST_OF_ONE = 1000
LONGEST_NAME, LONGEST_SIDE, LONGEST_TITLE = 80, 60, 120


@dataclass(frozen=True, slots=True)
class PrizePlan:
    """A prize as it is planned; `cents` is what one is worth including VAT."""

    kind: PrizeKind
    title: str
    cents: int = 0
    place: int | None = None
    number: int = 1
    kind_of_reward: str = "voucher"
    divisible: bool = False
    per_person: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a wizard asks; `sides` are names of teams made for this competition."""

    name: str
    format: Format
    first: date
    last: date
    about: str = ""
    metric: Metric = Metric.POINTS
    audience: Audience = Audience.PROGRAM
    audience_ids: Sequence[int] = ()
    goal: int | None = None
    step: int | None = None
    by_choice: bool | None = None
    sides: Sequence[str] = ()
    budget_id: int | None = None
    prizes: Sequence[PrizePlan] = field(default=())


class NotADraft(Exception):  # noqa: N818 - it says which rule stands in the way
    """Its rules are locked: it was published, or cancelled."""


class NotAPlan(ValueError):  # noqa: N818 - it says what is wrong with the plan
    """These facts cannot be a competition's; `field` says which is wrong."""

    def __init__(self, wrong: str) -> None:
        super().__init__(wrong)
        self.field = wrong


class MadeBefore(Exception):  # noqa: N818 - it says which rule stands in the way
    """With this key a draft was made."""


def make(program_id: int, plan: Plan, *, by: Person, now: datetime, key: bytes | None = None) -> Competition:
    """A new draft, one for each key.

    Raises:
        NotAPlan: something in the plan cannot be.
        MadeBefore: `made_with` knows which it is.
    """
    _check(plan)
    of_plan = {name: getattr(plan, name) for name in ("name", "format", "first", "last")}
    facts = of_plan | {"program_id": program_id, "audience_ids": [], "made_by_id": by.id, "made_at": now, "key": key}
    once = insert(Competition).values(**facts).on_conflict_do_nothing(index_elements=["key"]).returning(Competition)
    row: Competition | None = db.session.scalar(once)
    if row is None:
        raise MadeBefore
    _write(row, plan)
    return row


def made_with(key: bytes) -> Competition | None:
    """What a form with this key made, unless it was thrown away."""
    return db.session.scalar(select(Competition).where(Competition.key == key))


def change(competition: Competition, plan: Plan) -> None:
    """Another plan for a draft.

    Raises:
        NotADraft: its rules are locked.
        NotAPlan: something in the plan cannot be.
    """
    _hold(competition)
    _check(plan)
    _write(competition, plan)


def drop(competition: Competition) -> None:
    """Throw a draft away.

    Raises:
        NotADraft: it was published.
    """
    _hold(competition)
    for table in (Prize, Side):
        db.session.execute(delete(table).where(table.competition_id == competition.id))
    db.session.delete(competition)
    db.session.flush()


def _hold(competition: Competition) -> None:
    """Nobody publishes it meanwhile: its money is held for the prizes that it has then."""
    if not life.hold(competition) or competition.published_at or competition.cancelled_at:
        raise NotADraft


def may_run(person: Person, competition: Competition) -> bool:
    """Whether somebody may change, publish or cancel it: sponsor, administrator, a lead for the own team alone."""
    if person.role in RUNS:
        return True
    return (
        person.role == Role.LEAD
        and competition.made_by_id == person.id
        and competition.audience == Audience.TEAM
        and list(competition.audience_ids) == [person.team_id]
    )


def cost(competition: Competition) -> int:
    """The most that its prizes can cost, in cents: whoever is invited may win what each of them gets."""
    people = len(invited(competition))
    return sum(each.cents * (people if each.per_person else each.number) for each in prizes_of(competition.id))


def _write(row: Competition, plan: Plan) -> None:
    row.name, row.about, row.format, row.metric = plan.name.strip(), plan.about.strip(), plan.format, _metric(plan)
    row.first, row.last, row.budget_id = plan.first, plan.last, plan.budget_id
    row.audience, row.audience_ids = plan.audience, list(plan.audience_ids)
    row.goal = plan.goal if plan.format in WITH_GOAL else None
    row.step = plan.step if plan.format == Format.THRESHOLD else None
    row.own_teams = plan.format in TEAM_FORMATS and bool(plan.sides)
    row.by_choice = plan.format not in TEAM_FORMATS if plan.by_choice is None else plan.by_choice
    for table in (Prize, Side):
        db.session.execute(delete(table).where(table.competition_id == row.id))
    sides = plan.sides if row.own_teams else ()
    db.session.add_all(Side(competition_id=row.id, position=at, name=name) for at, name in enumerate(sides))
    db.session.add_all(_prize(row.id, each) for each in plan.prizes)
    db.session.flush()


def _metric(plan: Plan) -> Metric:
    """Of points alone it is known on which day they came, and what somebody usually has."""
    return Metric.POINTS if plan.format in OF_POINTS else plan.metric


def _prize(competition_id: int, plan: PrizePlan) -> Prize:
    return Prize(
        competition_id=competition_id,
        kind=plan.kind,
        place=plan.place,
        number=plan.number,
        title=plan.title.strip(),
        cents=plan.cents,
        kind_of_reward=plan.kind_of_reward,
        divisible=plan.divisible,
        per_person=plan.per_person,
    )


def _check(plan: Plan) -> None:
    wrong = {
        "name": not 0 < len(plan.name.strip()) <= LONGEST_NAME,
        "last": not _shortest(plan.format) <= (plan.last - plan.first).days + 1 <= LONGEST_DAYS,
        "goal": plan.format in WITH_GOAL and not 0 < (plan.goal or 0) <= HIGHEST,
        "step": plan.format == Format.THRESHOLD and not 0 < (plan.step or 0) <= HIGHEST,
        "audience_ids": plan.audience != Audience.PROGRAM and not plan.audience_ids,
        "sides": len(set(plan.sides)) != len(plan.sides)
        or not all(0 < len(name.strip()) <= LONGEST_SIDE for name in plan.sides)
        or (plan.format == Format.TEAMS and len(plan.sides) == 1),
        "prizes": not all(_is_prize(each) for each in plan.prizes) or _twice(plan.prizes),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise NotAPlan(name)


def _shortest(format_: Format) -> int:
    """The fewest days: a bracket has two rounds of a week."""
    return 8 if format_ == Format.BRACKET else 1


def _is_prize(prize: PrizePlan) -> bool:
    """A place has one prize, and so has a team; of the raffle's and for surprises there are as many as one likes."""
    single = prize.number == 1 or (1 < prize.number <= MOST_OF_ONE and prize.kind in MANY)
    named = 0 < len(prize.title.strip()) <= LONGEST_TITLE
    each = prize.kind == PrizeKind.TEAM or not prize.per_person
    placed = (prize.place is not None and prize.place > 0) == (prize.kind == PrizeKind.PLACE)
    return named and 0 <= prize.cents <= HIGHEST and single and each and placed


def _twice(prizes: Sequence[PrizePlan]) -> bool:
    """Whether two prizes are for one place."""
    placed = [each.place for each in prizes if each.place is not None]
    return len(placed) != len(set(placed))
