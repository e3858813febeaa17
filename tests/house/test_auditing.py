"""The audit log: every command is in it, or it is said why not; what goes out as a file is in it too."""

import dis
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from app.domain.notices.safety import Change
from app.web.deeds import DEEDS, FETCHED
from app.words.audit import labels
from tests.house.matrix import MATRIX, SCOPES
from tests.house.ordinary import ORDINARY
from tests.house.test_routes import READS

APART = {Change.PASSWORD, Change.TOKEN_MADE}
"""Told under names of their own."""


def commands(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if not (rule.methods or set()) <= READS}


def records(function: Callable[..., Any], depth: int = 5) -> bool:
    """Whether a function, or one of ours that it calls by name, adds to the audit log by itself."""
    plain = inspect.unwrap(function)
    if "audit.record(" in inspect.getsource(plain):
        return True
    if depth == 0:
        return False
    return any(records(one, depth - 1) for one in _called(plain))


def _called(plain: Callable[..., Any]) -> list[Callable[..., Any]]:
    codes = [plain.__code__, *(one for one in plain.__code__.co_consts if inspect.iscode(one))]
    names = {name for code in codes for name in code.co_names}
    loaded = {one.argval for code in codes for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL"}
    used = [plain.__globals__.get(name) for name in loaded]
    inside = [getattr(one, name, None) for one in used if inspect.ismodule(one) for name in names]
    return [
        one
        for one in used + inside
        if inspect.isfunction(one) and one.__module__.startswith("app.") and one.__module__ != "app.web.auditing"
    ]


def test_every_command_is_recorded_or_it_is_said_why_not(any_app: Flask) -> None:
    views = {name: any_app.view_functions[name] for name in commands(any_app) - set(ORDINARY) - set(DEEDS)}
    assert {name for name, view in views.items() if not records(view)} == set()


def test_nothing_is_said_of_commands_that_are_not_there(any_app: Flask) -> None:
    assert set(ORDINARY) | set(DEEDS) <= commands(any_app)
    assert not set(ORDINARY) & set(DEEDS)
    assert set(FETCHED) <= set(MATRIX) | set(SCOPES)


def test_what_is_ordinary_does_not_record_by_itself(any_app: Flask) -> None:
    assert {name for name in ORDINARY if records(any_app.view_functions[name])} == set()


def test_every_file_that_goes_out_is_recorded() -> None:
    files = {name for name in MATRIX if name.endswith(("_csv", "_xlsx", "_json"))}
    assert len(files) > 10
    assert files <= set(FETCHED)


def test_every_code_has_its_words(any_app: Flask) -> None:
    with any_app.test_request_context():
        assert set(DEEDS.values()) | set(FETCHED.values()) <= set(labels())


def test_every_code_that_the_domain_records_has_its_words_too(any_app: Flask) -> None:
    code = re.compile(r'audit\.record\(\s*f?"([^"]+)"')
    found = {what for path in Path("app").rglob("*.py") for what in code.findall(path.read_text())}
    written = {f"factor.{change}" for change in Change if change not in APART}
    assert len(found) > 10
    assert "factor.{change}" in found
    with any_app.test_request_context():
        assert (found - {"factor.{change}"}) | written <= set(labels())
