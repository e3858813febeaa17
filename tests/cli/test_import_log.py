"""`flask import-log` on a database that is only migrated."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from app.db import db
from app.domain.actions import history, importing
from app.domain.actions.action import EngagementAction
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.program import action_kind
from app.domain.program.program import consent_of, the_program
from tests import make
from tests.lost import loses_once
from tests.people import make_people

ACTIONS = """recruiter,candidate,kind,started_at,occurred_at
,c1,Completeren aanvraag,x,2011-10-01T09:45:13Z
r1,c1,Nabellen offertes,x,2011-10-08T14:32:00Z
r1,c1,Nabellen offertes,x,2011-10-08T15:32:00Z
r2,c1,Nabellen offertes,x,2011-10-09T14:32:00Z
r2,c2,Beoordelen fraude,x,2011-10-09T15:00:00Z
r2,c2,Nabellen offertes,x,not a moment
"""
TOUCHPOINTS = """candidate,kind,occurred_at
c1,A_SUBMITTED,2011-09-30T22:38:44Z
c3,A_SUBMITTED,2011-10-02T22:38:44Z
c1,O_SENT_BACK,2011-10-10T08:00:00Z
c1,O_SELECTED,2011-10-10T08:00:00Z
"""
Run = Callable[..., Result]


@pytest.fixture
def run(real_app: Flask, tmp_path: Path) -> Run:
    """Write both files and run the command on them."""

    def import_log(*options: str, actions: str = ACTIONS, touchpoints: str = TOUCHPOINTS) -> Result:
        (tmp_path / "actions.csv.gz").write_bytes(gzip.compress(actions.encode()))
        (tmp_path / "touchpoints.csv").write_text(touchpoints)
        files = (str(tmp_path / "actions.csv.gz"), str(tmp_path / "touchpoints.csv"))
        return real_app.test_cli_runner().invoke(args=["import-log", *files, *options])

    return import_log


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_makes_what_the_log_names_and_says_what_it_did(run: Run) -> None:
    assert told(run("--json")) == {
        "people": 2,
        "candidates": 3,
        "actions": 5,
        "actions_known": 0,
        "touchpoints": 4,
        "touchpoints_known": 0,
        "unknown_action_kinds": ["Beoordelen fraude"],
        "unknown_touchpoint_kinds": ["O_SELECTED"],
        "refused": [["actions.csv.gz", 7, "no moment in ISO 8601: 'not a moment'"]],
    }


@pytest.mark.parametrize("step", ["name_candidates", "record_actions", "record_touchpoints"])
def test_a_deadlock_ends_it_not_and_makes_nothing_twice(run: Run, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    faults = loses_once(monkeypatch, importing, step)
    did = told(run("--json"))
    assert (did["candidates"], did["actions"], did["touchpoints"], faults) == (3, 5, 4, [])
    again = told(run("--json"))
    assert (again["candidates"], again["actions_known"], again["touchpoints_known"]) == (0, 5, 4)


def test_a_second_run_adds_nothing(run: Run) -> None:
    run()
    again = told(run("--json"))
    assert [again[name] for name in ("people", "candidates", "actions", "touchpoints")] == [0, 0, 0, 0]
    assert (again["actions_known"], again["touchpoints_known"]) == (5, 4)


def test_points_owners_and_consent(run: Run, real_app: Flask) -> None:
    run()
    with real_app.app_context():
        rows = db.session.execute(select(EngagementAction.points, EngagementAction.award_reason).order_by("id")).all()
        assert rows == [(0, None), (30, None), (0, "already_today"), (30, None), (0, None)]
        names = select(Candidate.external_id, Person.name).join(Person, Person.id == Candidate.owner_id)
        assert db.session.execute(names.order_by(Candidate.external_id)).all() == [("c1", "r1"), ("c2", "r2")]
        agency, program = the_agency(), the_program()
        assert agency
        assert program
        assert (agency.name, program.name) == ("Follow-up desk", "Nabellen")
        consent = consent_of(program.id)
        assert consent
        assert (consent.exists, consent.reason) == (False, "imported log")


def test_states_and_standings_are_what_the_history_says(run: Run, real_app: Flask) -> None:
    run()
    with real_app.app_context():
        assert [history.differences(row) for row in db.session.scalars(select(Candidate.id))] == [[]] * 3
        boards = text("SELECT sum(points) FROM standing WHERE scope = 'person' AND period = 'month'")
        assert db.session.scalar(boards) == 60


def in_use() -> int:
    """An agency with its people and its program, whose id this is."""
    make_people()
    program = the_program()
    assert program
    if not action_kind.kinds_of(program.id):
        action_kind.install_preset(program.id, None, make.START)
    db.session.commit()
    return program.id


def test_a_kind_that_was_retired_is_a_failure(run: Run, real_app: Flask) -> None:
    with real_app.app_context():
        kind = action_kind.add_kind(
            in_use(), label_nl="Koffie", label_en="Coffee", points=20, by_id=None, at=make.START
        )
        action_kind.retire(kind, make.START)
        db.session.commit()
        db.session.remove()
    result = run(actions="recruiter,candidate,kind,occurred_at\nr1,c1,coffee,2026-02-01")
    assert result.exit_code == 1
    assert "does not log coffee any more" in result.output


def test_an_agency_that_is_there_keeps_its_people_and_its_consent(run: Run, real_app: Flask) -> None:
    with real_app.app_context():
        kept = consent_of(in_use())
        db.session.remove()
    lines = (
        "recruiter,candidate,kind,occurred_at",
        "sanne@voorbeeld.nl,c1,spoke,2026-02-01",
        "Bram Jansen,c1,no_answer,2026-02-02",
    )
    assert told(run("--json", actions="\n".join(lines)))["people"] == 0
    with real_app.app_context():
        program = the_program()
        assert program
        assert kept
        assert (consent_of(program.id) or kept).id == kept.id


def test_without_json_it_speaks(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "2 people and 3 candidates made" in result.output
    assert "line 7: left out, no moment" in result.output


def test_only_the_first_refusals_are_shown(run: Run) -> None:
    broken = ACTIONS + "r1,c1,call,never\n" * 30
    assert "and 11 more rows left out" in run(actions=broken).output


def test_nothing_that_can_be_read_is_a_failure(run: Run) -> None:
    result = run(
        actions="recruiter,candidate,kind,occurred_at\nr1,c1,call,never", touchpoints="candidate,kind,occurred_at\n"
    )
    assert result.exit_code == 1
    assert "nothing could be read" in result.output


@pytest.mark.parametrize("facts", [{"actions": "a,b\n1,2"}, {"touchpoints": ""}])
def test_a_file_without_the_columns_is_a_failure(run: Run, facts: dict[str, str]) -> None:
    result = run(**facts)
    assert result.exit_code == 1
    assert "the header lacks" in result.output


def test_a_map_of_one_s_own(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text('{"actions": {"Beoordelen fraude": {"kind": "event"}}, "touchpoints": {"O_SELECTED": "form"}}')
    report = told(run("--json", "--map", str(own)))
    assert report["unknown_action_kinds"] == ["Completeren aanvraag", "Nabellen offertes"]
    own.write_text("{")
    assert run("--map", str(own)).exit_code == 1
