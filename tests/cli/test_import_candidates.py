"""`flask import-candidates` on a database that commits."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing.candidate_import import CandidateImport
from tests.people import make_people

FILE = "Nr;Naam;Mobiel;Intercedent\n1;Zoë Çelik;0612345678;Sanne de Vries\n2;Els;geen;Wie\n3;Piet;0687654321;Wie\n"


@pytest.fixture
def path(real_app: Flask, tmp_path: Path) -> Path:
    with real_app.app_context():
        make_people()
        db.session.commit()
    found = tmp_path / "pool.csv"
    found.write_text(FILE)
    return found


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["import-candidates", *map(str, arguments)])


def told(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def count(app: Flask, table: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_dry_run_leaves_nothing(real_app: Flask, path: Path) -> None:
    result = run(real_app, path, "--dry-run", "--json")
    report = told(result)
    assert (result.exit_code, report["new"], report["refused"], report["written"]) == (2, 2, 1, False)
    assert report["columns"][2] == {"header": "Mobiel", "column": "phone", "sure": "certain"}
    assert report["unknown_owners"] == ["Wie"]
    assert [line for line, _ in report["refusals"]] == [3]
    assert (count(real_app, Candidate), count(real_app, CandidateImport)) == (0, 0)


def test_it_imports(real_app: Flask, path: Path) -> None:
    result = run(real_app, path)
    assert result.exit_code == 2
    assert "3 rows imported: 2 new, 0 changed, 0 same, 1 refused" in result.output
    assert "line 3: " in result.output
    assert count(real_app, Candidate) == 2
    again = told(run(real_app, path, "--json", "--as", "ada@voorbeeld.nl"))
    assert (again["same"], again["new"], again["written"]) == (2, 0, True)


def test_it_ends_well_when_nothing_is_refused(real_app: Flask, path: Path) -> None:
    path.write_text("Naam;Mobiel\nEls;0612345678\n")
    assert run(real_app, path).exit_code == 0


@pytest.mark.parametrize(("content", "said"), [("", "is empty"), ("Notitie;Plaats\nx;Zwolle\n", "holds the name")])
def test_what_cannot_be_imported(real_app: Flask, path: Path, content: str, said: str) -> None:
    path.write_text(content)
    result = run(real_app, path)
    assert (result.exit_code, said in result.output) == (1, True)


def test_somebody_must_bring_it(real_app: Flask, path: Path) -> None:
    result = run(real_app, path, "--as", "niemand@voorbeeld.nl")
    assert (result.exit_code, "no such administrator" in result.output) == (1, True)
