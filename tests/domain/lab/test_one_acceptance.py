"""Of two who accept a draft of the lab at the same moment one makes a version, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.lab import draft, points_draft, run
from app.domain.lab.logbook import LabEntry
from app.domain.lab.run import REPLAY, LabRun
from app.domain.program import action_kind
from app.domain.program.action_kind import ActionRule
from app.domain.program.program import the_program
from tests.domain.lab.desk import kind
from tests.people import make_people

BOTH = 2


def drafted(app: Flask) -> tuple[int, int, int]:
    """A draft in which a conversation is worth more, the sponsor's number, and how many rules there are."""
    with app.test_request_context():
        people, program = make_people(), the_program()
        assert program
        newest = action_kind.newest_rules(program.id)
        worth = {each.id: newest[each.id].points for each in points_draft.kinds(program.id)}
        wanted = points_draft.written(worth | {kind("conversation").id: 45})
        row = draft.make("points", "Meer", wanted, people.ines.id, clock.now())
        db.session.commit()
        return row.id, people.ines.id, _rules()


def _rules() -> int:
    return db.session.scalar(select(func.count()).select_from(ActionRule)) or 0


def test_one_version_is_made(real_app: Flask) -> None:
    draft_id, by_id, before = drafted(real_app)
    start = Barrier(BOTH)

    def accept(_who: int) -> bool:
        with real_app.app_context():
            start.wait(timeout=20)
            write()
            row, program = draft.held(draft_id), the_program()
            if row is None or program is None:
                db.session.rollback()
                return False
            points_draft.publish(row, program, the_zone(), note="", by_id=by_id, now=clock.now())
            db.session.commit()
            return True

    with ThreadPoolExecutor(BOTH) as pool:
        assert sorted(pool.map(accept, range(BOTH))) == [False, True]
    with real_app.app_context():
        assert _rules() == before + 1
        assert [each.what for each in db.session.scalars(select(LabEntry))].count("published") == 1


def test_one_run_is_made_of_two_presses(real_app: Flask) -> None:
    draft_id, by_id, _ = drafted(real_app)
    start, today = Barrier(BOTH), clock.now().date()

    def ask(_who: int) -> int:
        with real_app.app_context():
            start.wait(timeout=20)
            write()
            dates, now = clock.week_of(today), clock.now()
            made = run.ask(REPLAY, "points", {"points": {"1": 45}}, dates, by_id=by_id, now=now, draft_id=draft_id).id
            db.session.commit()
            return made

    with ThreadPoolExecutor(BOTH) as pool:
        assert len(set(pool.map(ask, range(BOTH)))) == 1
    with real_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LabRun)) == 1
