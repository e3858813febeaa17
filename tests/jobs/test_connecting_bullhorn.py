"""docs/connect-bullhorn.md and connect-carerix.md: their settings and commands are carried out as they stand there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.db import db
from app.domain.actions.bullhorn import preset
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.scoring import rules
from tests.fakes import bullhorn, carerix
from tests.jobs.bullhorn_desk import PERSON
from tests.jobs.desk import Desk, make_desk
from tests.jobs.test_carerix import warm

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def lines(name: str) -> list[list[str]]:
    text = "".join(BLOCK.findall((DOCS / name).read_text(encoding="utf-8")))
    return [shlex.split(line) for line in text.splitlines() if line]


def exported(name: str) -> list[str]:
    """The settings that a document has one make."""
    return [words[1].partition("=")[0] for words in lines(name) if words[0] == "export"]


def commands(name: str) -> list[list[str]]:
    return [words[1:] for words in lines(name) if words[0] == "flask"]


@pytest.fixture
def desk(real_app: Flask) -> Iterator[Desk]:
    with real_app.app_context():
        made = make_desk()
        rules.install_preset(None, clock.now())
        db.session.commit()
        yield made


def settle(app: Flask, name: str, ours: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings from the environment, by the names in the document; the address of the test's server besides."""
    for each in exported(name):
        monkeypatch.setenv(each, ours[each.removeprefix("FANFARE_").lower()])
    found = Settings(instance=app.config["SETTINGS"].instance)
    told = {each.removeprefix("FANFARE_").lower() for each in exported(name)}
    update = {each: getattr(found, each) for each in told} | {each: ours[each] for each in set(ours) - told}
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update=update)


def run(app: Flask, words: list[str]) -> str:
    db.session.remove()
    answer = app.test_cli_runner().invoke(args=words)
    assert answer.exit_code == 0, answer.output
    return answer.output.strip()


def test_bullhorn_is_connected_as_told(real_app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    author, aisha = desk.sanne.email, desk.aisha.id
    crm_id.give(aisha, Crm.BULLHORN, str(PERSON), origin="", now=clock.now())
    db.session.commit()
    with bullhorn.serving() as there:
        settle(real_app, "connect-bullhorn.md", bullhorn.settings(there.base), monkeypatch)
        (ask,) = commands("connect-bullhorn.md")
        assert run(real_app, ask) == "bullhorn: 0 done"
        facts = {"action": "Left Message", "dateAdded": int(clock.now().timestamp() * 1000), "isDeleted": False}
        about = {"id": PERSON, "_subtype": "Candidate"}
        whose = {"commentingPerson": {"id": 7, "email": author}, "personReference": about}
        there.put("Note", 9001, **facts, **whose)
        assert run(real_app, ask) == "bullhorn: 1 done"
    row = db.session.scalars(select(EngagementAction)).one()
    assert (row.candidate_id, row.outcome, row.source) == (aisha, Outcome.NO_ANSWER, "bullhorn")


def test_carerix_is_connected_as_told(real_app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    crm_id.give(desk.aisha.id, Crm.CARERIX, "88", origin="page", now=clock.now())
    warm(desk.aisha, clock.now())
    db.session.commit()
    with carerix.serving() as there:
        there.employees.add("88")
        settle(real_app, "connect-carerix.md", carerix.settings(there), monkeypatch)
        said = [run(real_app, each) for each in commands("connect-carerix.md")]
    assert said == ["scores for carerix: 1 done", "carerix: 1 done"]
    assert [number for number, _ in there.writes] == ["88"]


@pytest.mark.parametrize(
    ("sort", "names"), [("note", preset.NOTES), ("submission", preset.SUBMISSIONS), ("placement", preset.PLACEMENTS)]
)
def test_the_names_that_it_tells_are_those_that_are_preset(sort: str, names: preset.Names) -> None:
    text = (DOCS / "connect-bullhorn.md").read_text(encoding="utf-8")
    table = text.partition(f"| {sort} | taken for |\n| --- | --- |\n")[2].partition("\n\n")[0]
    told = [tuple(row.split("|")[1].strip().split(", ")) for row in table.splitlines()]
    assert told == list(names.values())
