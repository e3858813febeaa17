"""Logs name no values: what PostgreSQL says in its detail is whom somebody tried to write down."""

import logging

import pytest
import structlog

from app.config import Settings
from app.domain.agency import token
from app.web import logs
from tests import make
from tests.canaries import watch
from tests.people import Browser, make_people

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
