"""Logs name no values: what PostgreSQL says in its detail is whom somebody tried to write down."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from app.config import ROOT, Settings
from app.domain.agency import token
from app.web import logs
from tests import make
from tests.canaries import watch
from tests.people import Browser, make_people

BOTH = """
import json, logging, sys, structlog
import jobs.worker, wsgi
known = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
to = [(each.name, repr(one)) for each in known for one in each.handlers if not isinstance(one, logging.NullHandler)]
print(json.dumps([each for each in to if "stderr" not in each[1]]))
structlog.get_logger().warning("said")
"""
ELSEWHERE = re.compile(
    r"\b\w*(?:File|SysLog|SMTP|HTTP|Socket|Datagram|Queue)Handler\(|addHandler|basicConfig|dictConfig|sentry"
)
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


def test_both_processes_write_to_standard_error_and_nowhere_else(tmp_path: Path) -> None:
    environment = os.environ | {"FANFARE_INSTANCE": str(tmp_path), "FANFARE_DATABASE_URL": ""}
    said = subprocess.run(
        [sys.executable, "-c", BOTH], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(said.stdout) == []
    assert json.loads(said.stderr.splitlines()[-1])["event"] == "said"
    assert [path.name for path in tmp_path.rglob("*log*")] == []


def test_no_code_opens_another_place_for_them() -> None:
    code = [path for folder in ("app", "jobs") for path in (ROOT / folder).rglob("*.py")]
    assert len(code) > 500
    assert [path.name for path in code if ELSEWHERE.search(path.read_text(encoding="utf-8"))] == []
    assert ELSEWHERE.search("logging.handlers.SysLogHandler()")


def test_control_a_name_in_a_log_is_found(session: None) -> None:
    make.candidate("Kanarie Ö. Pietersen")
    structlog.get_logger().warning("whoever", name="Kanarie Ö. Pietersen")
    assert watch.told() == ["Kanarie Ö. Pietersen"]
    watch.begin()


def test_control_so_is_a_mail_address_in_what_a_library_logs(session: None) -> None:
    email = make.person("Kanarie Jansen").email
    logging.getLogger("library").warning("no mail for %s", email)
    assert watch.told() == [email]
    watch.begin()


def test_control_so_is_a_secret_in_an_error(session: None) -> None:
    value = token.fresh()
    structlog.get_logger().error("unexpected", exc_info=ValueError(value))
    assert watch.told() == [value]
    watch.begin()


def test_control_so_is_a_password_that_was_typed(browser: Browser) -> None:
    with browser.app.app_context():
        make_people()
    browser.post("/account/sign-in", {"email": "kanarie@voorbeeld.nl", "password": "een geel vogeltje"})
    structlog.get_logger().info("tried", form="een geel vogeltje for kanarie@voorbeeld.nl")
    assert watch.told() == ["een geel vogeltje", "kanarie@voorbeeld.nl"]
    watch.begin()
