"""An agency with a past: contacts that were answered by whoever had done something just before."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in_many
from app.domain.journey.touchpoint import Hit
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.domain.scoring.scene import NOW

DAY = timedelta(days=1)
WEEKS = 6


def make_past(people: int = 60) -> list[int]:
    """Everybody is called each week; who came to the site in the two days before it picks up."""
    make.agency()
    make.program()
    random, hits = Random(7), []
    kind_id = db.session.scalars(select(ActionKind.id).order_by(ActionKind.id)).first() or 0
    ids = [make.candidate().id for _ in range(people)]
    for who in ids:
        for week in range(WEEKS):
            at, came = NOW - DAY * (8 + 7 * week), random.random() < 0.4
            ago = DAY if came else DAY * random.randint(4, 6)
            hits.append(Hit(who, "site_visit", at - ago, "test", f"{who}-{week}"))
            _call(who, at, kind_id, answered=came)
    take_in_many(hits, NOW, silent=True)
    return ids


def _call(who: int, at: object, kind_id: int, *, answered: bool) -> None:
    outcome = Outcome.SPOKE if answered else Outcome.NO_ANSWER
    row = {"candidate_id": who, "kind_id": kind_id, "outcome": outcome, "local_date": NOW.date(), "recorded_at": NOW}
    db.session.add(EngagementAction(occurred_at=at, **row))  # type: ignore[arg-type] # as the row says
