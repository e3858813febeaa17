"""Logs name no values: what PostgreSQL says in its detail is whom somebody tried to write down."""

import pytest
import structlog

from app.config import Settings
from app.web import logs

REFUSED = """duplicate key value violates unique constraint "uq_identity"
DETAIL:  Failing row contains (1, Kanarie
Pietersen, kanarie@voorbeeld.nl)."""


def test_the_detail_of_an_error_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.prepare(Settings())
    error = ValueError(f"{REFUSED}\n[SQL: INSERT INTO identity]")
    error.__cause__ = OSError(REFUSED)
    structlog.get_logger().error("unexpected", exc_info=error)
    told = capsys.readouterr().err
    assert "anarie" not in told
    assert told.count("uq_identity") == 2
    assert "INSERT INTO identity" in told
