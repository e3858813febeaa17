"""What a draft plans, as the plan that it was made of: for changing some of it."""

from app.domain.game.competing import drawing
from app.domain.game.competing.competition import Audience, Competition, Format, Metric
from app.domain.game.competing.draft import Plan, PrizePlan, cost
from app.domain.game.competing.entrant import sides_of
from app.domain.game.competing.prize import Prize, PrizeKind, prizes_of


def plan_of(competition: Competition) -> Plan:
    """The plan with everything that is written down of it."""
    return Plan(
        name=competition.name,
        format=Format(competition.format),
        first=competition.first,
        last=competition.last,
        about=competition.about,
        metric=Metric(competition.metric),
        audience=Audience(competition.audience),
        audience_ids=list(competition.audience_ids),
        goal=competition.goal,
        step=competition.step,
        by_choice=competition.by_choice,
        sides=[side.name for side in sides_of(competition.id)] if competition.own_teams else [],
        budget_id=competition.budget_id,
        prizes=[_planned(each) for each in prizes_of(competition.id)],
    )


def fingerprint(competition: Competition) -> str:
    """Changes with anything of the plan, and with what it can cost."""
    return drawing.digest(f"{plan_of(competition)} {cost(competition)}")


def _planned(prize: Prize) -> PrizePlan:
    return PrizePlan(
        kind=PrizeKind(prize.kind),
        title=prize.title,
        cents=prize.cents,
        place=prize.place,
        number=prize.number,
        kind_of_reward=prize.kind_of_reward,
        divisible=prize.divisible,
        per_person=prize.per_person,
    )
