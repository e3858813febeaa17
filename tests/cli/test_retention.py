"""`flask retention` and `flask erasures`: what they say, and that a rehearsal changes nothing."""

from pathlib import Path

import pytest
from flask import Flask

from app import clock
from app.db import db, write
from app.domain.candidates.candidate import Candidate
from app.domain.custody import erasure_log
from app.domain.custody.erasure import Reason
from app.web import custody
from tests import make


@pytest.fixture
def over(real_app: Flask) -> int:
    """A candidate whose time is over."""
    with real_app.app_context():
        make.agency()
        row = make.candidate("Bram Willems", at=clock.now() - 800 * clock.DAY)
        row.keep_until = clock.now()
        db.session.commit()
        return row.id


def name_of(app: Flask, candidate_id: int) -> str:
    with app.app_context():
        return db.session.get_one(Candidate, candidate_id).name


def run(app: Flask, *args: str) -> tuple[int, list[str]]:
    result = app.test_cli_runner().invoke(args=list(args))
    return result.exit_code, [" ".join(line.split()) for line in result.output.splitlines()]


def test_a_rehearsal_changes_nothing(real_app: Flask, over: int) -> None:
    code, said = run(real_app, "retention", "--dry-run")
    assert (code, name_of(real_app, over)) == (0, "Bram Willems")
    assert said[-2:] == ["1 would be anonymised", "1 registered"]


def test_a_night_at_once(real_app: Flask, over: int) -> None:
    code, said = run(real_app, "retention")
    assert (code, name_of(real_app, over)) == (0, f"#{over}")
    assert said[-2:] == ["1 were anonymised", "1 registered"]


def test_erasures_are_repeated_on_a_restored_copy(real_app: Flask, over: int) -> None:
    with real_app.app_context():
        at = db.session.get_one(Candidate, over).registered_at
        admin_id = make_admin()
        write()
        custody.erase(over, by_id=admin_id, reason=Reason.ASKED, now=clock.now())
        back = db.session.get_one(Candidate, over)
        back.name, back.anonymised_at, back.registered_at = "Bram Willems", None, at
        db.session.commit()
    code, said = run(real_app, "erasures", "--replay")
    assert (code, said[-1], name_of(real_app, over)) == (0, "1 candidates forgotten again", f"#{over}")


def make_admin() -> int:
    row = make.person("Ada Smit").id
    db.session.commit()
    return row


def test_the_log_is_counted(real_app: Flask, tmp_path: Path) -> None:
    assert run(real_app, "erasures", "--log", str(tmp_path / "none"))[1] == [f"0 erasures in {tmp_path / 'none'}"]


def test_a_log_that_is_none_is_refused(real_app: Flask, tmp_path: Path) -> None:
    (tmp_path / erasure_log.NAME).write_text("what\n")
    code, said = run(real_app, "erasures", "--replay", "--log", str(tmp_path / erasure_log.NAME))
    assert code == 1
    assert "no line of the log of erasures" in said[-1]
