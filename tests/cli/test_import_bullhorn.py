"""`flask import-bullhorn`: notes that Bullhorn did not tell count once, and are then the notes that they are there."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.actions import action
from app.domain.actions.bullhorn import meaning, notes, record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.promise import Promise
from app.domain.candidates import crm_id
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.game.feed import FeedItem
from app.domain.game.ledger import LedgerEntry
from tests import make
from tests.jobs.bullhorn_desk import NOTE, PERSON, make_known_desk
from tests.jobs.desk import TUESDAY, Desk

HEAD = "note,recruiter,candidate,kind,occurred_at"
MONTH_AGO, WHEN = TUESDAY - timedelta(days=21), "2026-02-10T11:00"
"""The same moment: in Amsterdam, which is what a file means that names no zone."""
Run = Callable[..., Result]


@pytest.fixture
def desk(real_app: Flask) -> Iterator[Desk]:
    with real_app.app_context(), time_machine.travel(TUESDAY, tick=False):
        made = make_known_desk(origin="Bullhorn")
        db.session.commit()
        yield made


@pytest.fixture
def run(real_app: Flask, tmp_path: Path) -> Run:
    """Write the file and run the command on it."""

    def import_bullhorn(*rows: str, head: str = HEAD, options: tuple[str, ...] = ("--json",)) -> Result:
        (tmp_path / "notes.csv").write_text("\n".join([head, *rows]))
        db.session.commit()
        db.session.remove()
        return real_app.test_cli_runner().invoke(args=["import-bullhorn", str(tmp_path / "notes.csv"), *options])

    return import_bullhorn


def row(desk: Desk, number: object = NOTE, *, kind: str = "Outbound Call", at: str = WHEN) -> str:
    return f"{number},{desk.sanne.email},{PERSON},{kind},{at}"


def told(result: Result) -> tuple[int, int, list[str]]:
    """How many were new, how many were known, and why the others were left out."""
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    return found["notes"], found["notes_known"], [why for _, why in found["left_out"]]


def tell(desk: Desk, number: int = NOTE, *, at: datetime = MONTH_AGO, deleted: bool = False) -> None:
    """Bullhorn tells of a note by itself."""
    notes.settle(Note(number, "Outbound Call", PERSON, desk.sanne.email or "", at, deleted), number, TUESDAY)
    db.session.commit()


def logged() -> list[tuple[str, str | None, bool]]:
    rows = db.session.scalars(select(EngagementAction).order_by(EngagementAction.id))
    return [(row.outcome, row.external_id, row.undone_at is not None) for row in rows]


def points() -> int:
    return db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))) or 0


def test_a_note_however_old_is_the_action_of_whoever_wrote_it(run: Run, desk: Desk) -> None:
    assert told(run(row(desk))) == (1, 0, [])
    found = db.session.scalars(select(EngagementAction)).one()
    assert (found.person_id, found.candidate_id, found.source) == (desk.sanne.id, desk.aisha.id, "bullhorn")
    assert (found.occurred_at, found.external_id, found.points > 0) == (MONTH_AGO, str(NOTE), True)
    assert points() == found.points
    assert db.session.scalars(select(Candidate)).one().id == desk.aisha.id


def test_what_is_known_is_not_counted_twice_whoever_told_it_first(run: Run, desk: Desk) -> None:
    tell(desk, at=TUESDAY)
    earned = points()
    assert told(run(row(desk, at=TUESDAY.isoformat()))) == (0, 1, [])
    assert told(run(row(desk, NOTE + 1))) == (1, 0, [])
    assert told(run(row(desk, NOTE + 1), row(desk, at=TUESDAY.isoformat()))) == (0, 2, [])
    assert (len(logged()), points() > earned) == (2, True)


def test_the_agencys_own_number_is_another_systems(run: Run, desk: Desk) -> None:
    crm_id.take_away(crm_id.ids_of(desk.aisha.id)[0], TUESDAY)
    db.session.get_one(Candidate, desk.aisha.id).external_id = str(PERSON)
    assert told(run(row(desk))) == (0, 0, ["nobody here has the number of its candidate"])
    assert logged() == []


@pytest.mark.parametrize("at", [TUESDAY, MONTH_AGO])
def test_what_bullhorn_tells_of_it_later_unchanged_changes_nothing(run: Run, desk: Desk, at: datetime) -> None:
    run(row(desk, at=at.replace(second=0).isoformat(), kind="outbound  call"))
    tell(desk, at=at + timedelta(seconds=17))
    assert logged() == [("spoke", str(NOTE), False)]


def test_what_changes_or_is_deleted_there_later_changes_the_same_action(run: Run, desk: Desk) -> None:
    run(row(desk, at=TUESDAY.isoformat()), row(desk, NOTE + 1, at=TUESDAY.isoformat()))
    changed = Note(NOTE, "Left Message", PERSON, desk.sanne.email or "", TUESDAY)
    notes.settle(changed, NOTE, TUESDAY)
    tell(desk, NOTE + 1, deleted=True)
    spoke = [("spoke", str(NOTE), True), ("spoke", str(NOTE + 1), True)]
    assert logged() == [*spoke, ("no_answer", f"{NOTE}.1", False)]


def test_what_somebody_took_back_here_stays_so(run: Run, desk: Desk) -> None:
    run(row(desk))
    (found,) = db.session.scalars(select(EngagementAction.id))
    assert action.undo(desk.sanne, found, TUESDAY)
    assert told(run(row(desk))) == (0, 1, [])
    assert (logged(), points()) == ([("spoke", str(NOTE), True)], 0)


def test_what_was_deleted_there_is_not_brought_back_by_an_older_file(run: Run, desk: Desk) -> None:
    tell(desk, at=TUESDAY)
    tell(desk, at=TUESDAY, deleted=True)
    assert told(run(row(desk))) == (0, 0, ["it was deleted in Bullhorn"])
    assert (len(logged()), points()) == (1, 0)


def test_what_was_too_old_when_it_was_heard_of_waits_no_more(run: Run, desk: Desk) -> None:
    tell(desk)
    found = select(BullhornRecord.reason, BullhornRecord.action_id).where(BullhornRecord.number == NOTE)
    assert db.session.execute(found).one() == (Reason.TOO_OLD, None)
    assert told(run(row(desk))) == (1, 0, [])
    assert db.session.execute(found).one()[0] == ""


def test_a_note_that_was_taken_back_for_its_name_and_means_something_again_counts_anew(run: Run, desk: Desk) -> None:
    tell(desk, at=TUESDAY)
    meaning.map_to(Entity.NOTE, "Lunch", None, TUESDAY)
    notes.settle(Note(NOTE, "Lunch", PERSON, desk.sanne.email or "", TUESDAY), NOTE, TUESDAY)
    meaning.map_to(Entity.NOTE, "Lunch", Outcome.SPOKE, TUESDAY)
    assert told(run(row(desk, kind="Lunch", at=TUESDAY.isoformat()))) == (1, 0, [])
    assert logged() == [("spoke", str(NOTE), True), ("spoke", f"{NOTE}.1", False)]


def test_what_cannot_be_placed_is_left_out_and_said_why(run: Run, desk: Desk) -> None:
    other = make.branch("Zuid")
    far = make.candidate("Kees de Boer", branch_id=other.id)
    crm_id.give(far.id, Crm.BULLHORN, "502", origin="page", now=TUESDAY)
    meaning.map_to(Entity.NOTE, "Lunch", "kind:gone", TUESDAY)
    mail = desk.sanne.email
    result = run(
        f"1,{mail},999,Email,{WHEN}",
        f"2,weg@elders.nl,{PERSON},Email,{WHEN}",
        f"3,{mail},502,Email,{WHEN}",
        f"4,{mail},{PERSON},Kopje koffie,{WHEN}",
        f"5,{mail},{PERSON},Other,{WHEN}",
        f"6,{mail},{PERSON},Lunch,{WHEN}",
        f"x7,{mail},{PERSON},Email,{WHEN}",
        f"8,{mail},{PERSON},Email,next week",
        f",{mail},{PERSON},Email,{WHEN}",
        f"9,{mail},{PERSON},Email,{(TUESDAY + timedelta(days=1)).isoformat()}",
        f"'10,{mail},{PERSON}.0,Email,{WHEN}",
        f"10,{mail},{PERSON},Email,{WHEN}",
    )
    assert told(result) == (
        1,
        0,
        [
            "no moment in ISO 8601: 'next week'",
            "no note",
            "in the future",
            "'x7' is no number of Bullhorn's",
            "it stands in the file more than once",
            "nobody here has the number of its candidate",
            "nobody who works here has the mail address of its recruiter",
            "its recruiter may not see the candidate, who is of another branch",
            "nobody said yet what notes of this name are",
            "notes of this name are passed over",
            "what its name is mapped to is not logged",
        ],
    )
    assert logged() == [("message_sent", "10", False)]
    assert record.counts() == {"": 1}


def test_the_past_is_no_news_also_where_it_keeps_a_promise(run: Run, desk: Desk) -> None:
    before = TUESDAY - timedelta(hours=2)
    due = TUESDAY + timedelta(hours=2)
    action.log(desk.sanne, desk.aisha, Outcome.LATER, at=before, now=before, promise_at=due)
    run(row(desk, kind="Appointment", at=TUESDAY.isoformat()))
    assert [outcome for outcome, _, _ in logged()] == ["later", "appointment"]
    assert db.session.scalars(select(Promise.kept_at).where(Promise.due_at == due)).one() == TUESDAY
    assert db.session.scalars(select(FeedItem)).all() == []


def test_without_json_it_speaks(run: Run, desk: Desk) -> None:
    said = run(row(desk), row(desk, NOTE + 1, kind="Kopje koffie"), options=())
    assert said.exit_code == 0
    assert "1 notes recorded (0 were known)" in said.output
    assert f"note {NOTE + 1}: left out, nobody said yet" in said.output


def test_a_file_without_notes_is_a_failure(run: Run, desk: Desk) -> None:
    assert desk
    assert [run(head="a,b").exit_code, run().exit_code, run("x,y,z,1,2").exit_code] == [1, 1, 1]


def test_without_an_agency_there_is_nobody_whose_notes_they_would_be(real_app: Flask, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text(HEAD)
    result = real_app.test_cli_runner().invoke(args=["import-bullhorn", str(tmp_path / "notes.csv")])
    assert (result.exit_code, "no agency" in result.output) == (1, True)
