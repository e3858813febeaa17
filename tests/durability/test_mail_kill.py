"""The sender of mails is killed again and again before a mail server of every mood: no letter is lost."""

import gc
from pathlib import Path

import pytest

from app.db import db
from tests.certificates import Authority
from tests.conftest import make_app
from tests.torture.smtp import MOODS, Server, Trial, faults, plan, run

LETTERS = 5 * len(MOODS)
# The mail server of the test never closes a connection whose client was killed while TLS was agreed on.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def trial(folder: Path, kills: int, *, control: bool = False) -> list[str]:
    """What is not as promised, after so many kills."""
    app, authority = make_app(folder), Authority(folder)
    plan(app, LETTERS)
    server = Server(authority)
    at = Trial(str(folder), "", server.url, str(authority.trusted), control)
    held = run(app, server, at, kills=kills, seed=8, patience=5 if control else 120)
    gc.collect()  # what is left of those goes here, and not in another test
    found = faults(app, server, held)
    with app.app_context():
        db.engine.dispose()
    return found


@pytest.mark.slow
def test_all_that_can_be_delivered_is_and_twice_only_when_an_answer_was_lost(tmp_path: Path) -> None:
    assert trial(tmp_path, 10) == []


@pytest.mark.slow
def test_without_the_end_of_a_lease_some_are_lost(tmp_path: Path) -> None:
    assert any("lost" in fault or "sending" in fault for fault in trial(tmp_path, 2, control=True))
