"""How the demo is governed: two editions of the rules, points adjusted by hand, and an answer to what stood out."""

from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.db import db
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.actions import game_rules
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person, Role
from app.domain.game import adjustment
from app.domain.oversight import anomaly, noticing
from app.domain.program import action_kind

LATELY = timedelta(hours=1)
LAST_WEEK = timedelta(days=8)
SEASON_START = timedelta(weeks=4)
RAISED = ("status_update", 40)
OF_MEMBERS = (("Papieren in orde gemaakt", "Papers put in order", 20), ("Rooster doorgegeven", "Roster passed on", 10))
MISSED = "Drie gesprekken op de banenmarkt stonden dubbel op een collega."
FAIR = "Een hele week de balie waargenomen, zonder eigen kandidaten."
VOICEMAIL = "Ik zet bij elke voicemail dezelfde zin neer, dat leest sneller."
AS_AGREED = "Prima zo: het waren echte voicemails."
ANSWER = "Ik zat vier weken op locatie bij een klant en voerde op maandag alles in."


def play(people: Cast, setting: Setting) -> None:
    """What the pages of those who run it, and of whom it concerns, show."""
    _publish(people.part(Role.ADMIN), setting)
    _adjust(people, setting)
    _notice(people.star, setting)
    _closed(people, setting)


def _publish(admin: Person, setting: Setting) -> None:
    program, (code, points) = setting.program, RAISED
    for label_nl, label_en, worth in OF_MEMBERS:
        names = {"label_nl": label_nl, "label_en": label_en}
        at = setting.now - SEASON_START
        action_kind.add_kind(program.id, **names, points=worth, by_id=admin.id, at=at, for_members=True)
    game_rules.publish(program, admin.id, setting.now - SEASON_START)
    kind = next(each for each in action_kind.kinds_of(program.id) if each.code == code)
    action_kind.change_points(kind, points, admin.id, setting.now - LATELY, setting.zone)
    game_rules.publish(program, admin.id, setting.now - LATELY)


def _adjust(people: Cast, setting: Setting) -> None:
    """A small one that counted at once, in a week that is over; a large one that waits for a second person."""
    lead = next(each for each in people.leads if each.team_id == people.star.team_id)
    last_week, lately = setting.now - LAST_WEEK, setting.now - LATELY
    adjustment.make(people.star, 90, MISSED, by=lead, now=last_week, key=UUID(int=1).bytes, **_same(setting))
    colleague = next(each for each in people.recruiters[1:] if each.team_id == people.star.team_id)
    adjustment.make(
        colleague, 750, FAIR, by=people.part(Role.ADMIN), now=lately, key=UUID(int=2).bytes, **_same(setting)
    )


class Same(TypedDict):
    """Where the points are."""

    program_id: int
    zone: ZoneInfo


def _same(setting: Setting) -> Same:
    return {"program_id": setting.program_id, "zone": setting.zone}


def _notice(star: Person, setting: Setting) -> None:
    """Somebody on the road wrote up each week on the Monday after, and said so when it stood out."""
    week = clock.week_of(clock.local_day(setting.now - LAST_WEEK, setting.zone))
    _write_up(star, week.start - clock.WEEK * 3, setting.zone)
    evidence = noticing.found(week, setting.zone)[star.id]
    anomaly.keep({star.id: evidence}, week.start, setting.now - timedelta(days=4), "vasteband.example")
    anomaly.answer(anomaly.of_person(star.id)[0], ANSWER, setting.now - timedelta(days=2))


def _write_up(person: Person, first: date, zone: ZoneInfo) -> None:
    """What they did in four weeks was recorded by themselves, a minute apart, on the Mondays."""
    action, until = EngagementAction, first + clock.WEEK * 4
    span = action.person_id == person.id, action.local_date >= first, action.local_date < until
    for number, row in enumerate(db.session.scalars(select(action).where(*span).order_by(action.occurred_at))):
        monday = clock.week_of(row.local_date).end
        row.source = "page"
        row.recorded_at = max(row.occurred_at, clock.wall(monday, 9 * 60 + number, zone))
    db.session.flush()


def _closed(people: Cast, setting: Setting) -> None:
    """Last month, of a colleague: explained, and closed by their lead."""
    lead = next(each for each in people.leads if each.team_id == people.star.team_id)
    colleague = [each for each in people.recruiters[1:] if each.team_id == people.star.team_id][1]
    week = clock.week_of(clock.local_day(setting.now, setting.zone)).start - clock.WEEK * 5
    notes = {"count": 22, "of": 31, "limit": 15}
    anomaly.keep({colleague.id: {"same_note": notes}}, week, setting.now - clock.DAY * 25, "vasteband.example")
    row = anomaly.of_person(colleague.id)[0]
    anomaly.answer(row, VOICEMAIL, setting.now - clock.DAY * 24)
    anomaly.settle(row, anomaly.Conclusion.EXPLAINED, AS_AGREED, by=lead, now=setting.now - clock.DAY * 23)
