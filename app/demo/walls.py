"""The demo's screen in the canteen, and what went well there lately."""

import hashlib
from itertools import pairwise

from sqlalchemy import select

from app import clock
from app.db import db
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.actions import good_news
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate
from app.domain.game import feed, screen
from app.domain.game.feed import FeedItem, Sign, Told
from app.domain.program.action_kind import ActionKind
from app.domain.scoring.fan import FanMoment

NAME = "Kantine"
KEY = hashlib.sha256(b"the screen in the canteen of Uitzendbureau Voorbeeld").hexdigest()
"""Always the same, so that it can be printed: there is nothing in the demo that anybody should not see."""

LATELY = 10 * clock.DAY
MOST = 14


def hang(people: Cast, setting: Setting) -> None:
    """The screen, the news of the last days, and what colleagues said to it."""
    by_id = people.part(Role.ADMIN).id
    screen.make(
        setting.program_id, NAME, team_id=None, seconds=15, sound=False, by_id=by_id, now=setting.now - LATELY, key=KEY
    )
    _contacts(setting)
    _fans(setting)
    db.session.flush()
    items = db.session.scalars(select(FeedItem).order_by(FeedItem.id)).all()
    for number, (item, other) in enumerate(pairwise([*items, *items[:1]])):
        if other.person_id:
            feed.react(setting.program_id, item.id, other.person_id, list(Sign)[number % 3], setting.now)


def _contacts(setting: Setting) -> None:
    """What was logged is from a file, and no news in the real world: here it is told as it would have been."""
    row = EngagementAction
    recent = (
        select(row.id, row.person_id, Person.team_id, row.candidate_id, row.occurred_at, row.points, ActionKind.code)
        .join(ActionKind, ActionKind.id == row.kind_id)
        .join(Person, Person.id == row.person_id)
        .where(ActionKind.code.in_(good_news.WORTH_TELLING), row.occurred_at > setting.now - LATELY, row.points > 0)
        .order_by(row.occurred_at.desc(), row.id)
    )
    for action_id, person_id, team_id, candidate_id, at, points, code in db.session.execute(recent.limit(MOST)):
        feed.tell(
            setting.program_id,
            good_news.WORTH_TELLING[code],
            action_id,
            person_id=person_id,
            team_id=team_id,
            candidate_id=candidate_id,
            points=points,
            now=at,
        )


def _fans(setting: Setting) -> None:
    recent = (
        select(Candidate.id, Person.id, Person.team_id, FanMoment.entered_at)
        .join(Candidate, Candidate.id == FanMoment.candidate_id)
        .join(Person, Person.id == Candidate.owner_id)
        .where(FanMoment.entered_at > setting.now - LATELY)
        .order_by(FanMoment.entered_at.desc(), Candidate.id)
    )
    for candidate_id, person_id, team_id, at in db.session.execute(recent.limit(3)):
        source = feed.of_month(candidate_id, clock.local_day(at, setting.zone))
        feed.tell(
            setting.program_id,
            Told.FAN,
            source,
            person_id=person_id,
            team_id=team_id,
            candidate_id=candidate_id,
            now=at,
        )
