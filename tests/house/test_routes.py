"""Who may open what: every route is listed in the matrix with its roles, and a route that is not listed fails."""

import dis
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.domain.agency.person import Role
from tests.house.matrix import APPENDING, EVERYBODY, MATRIX, SCOPES, WITHOUT_TOKEN, WITHOUT_WRITE
from tests.people import Browser, People, make_people

NAMES = {Role.RECRUITER: "sanne", Role.MEMBER: "tess", Role.LEAD: "lead", Role.SPONSOR: "ines", Role.ADMIN: "ada"}
READS = {"GET", "HEAD", "OPTIONS"}
ABSENT = {"number": "2", "hue": "200", "token": "absent", "name": "absent.css"}
SIGN_IN = "/account/sign-in"


def rules(app: Flask, method: str) -> list[Rule]:
    """Those for people; software is let in otherwise (tests/blueprints/api/test_admission.py)."""
    pages = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in SCOPES]
    found = [rule for rule in pages if method in (rule.methods or ())]
    return sorted(found, key=lambda rule: (rule.rule, rule.endpoint))


def url_of(rule: Rule) -> str:
    """An address that fits the rule, with ids that do not exist."""
    url = rule.rule
    for name in rule.arguments:
        converter = next(part for part in (f"<int:{name}>", f"<{name}>") if part in url)
        url = url.replace(converter, ABSENT.get(name, "999999"))
    return url


def people_of(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def test_every_route_is_listed(any_app: Flask) -> None:
    assert {rule.endpoint for rule in any_app.url_map.iter_rules()} == set(MATRIX) | set(SCOPES)


@pytest.mark.parametrize("role", list(Role))
def test_what_is_not_a_roles_own_does_not_exist_for_it(role: Role, browser: Browser) -> None:
    signed_in = browser.sign_in(getattr(people_of(browser), NAMES[role]))
    statuses = {
        rule.rule: (signed_in.get(url_of(rule)).status_code, role in MATRIX[rule.endpoint])
        for rule in rules(browser.app, "GET")
    }
    assert {url: status for url, (status, allowed) in statuses.items() if not allowed and status != 404} == {}
    # Over since the founding, for a token, off until somebody turns them on.
    for elsewhere in ("/setup/1", "/metrics", "/about", "/hooks/whatsapp"):
        statuses.pop(elsewhere)
    plain = {url: status for url, (status, allowed) in statuses.items() if allowed and "<" not in url}
    assert {url: status for url, status in plain.items() if status not in {200, 303}} == {}


@pytest.mark.parametrize("role", list(Role))
def test_commands_of_others_do_not_exist_either(role: Role, browser: Browser) -> None:
    signed_in = browser.sign_in(getattr(people_of(browser), NAMES[role]))
    forbidden = [rule for rule in rules(browser.app, "POST") if role not in MATRIX[rule.endpoint]]
    statuses = {rule.rule: signed_in.post(url_of(rule)).status_code for rule in forbidden}
    assert {url: status for url, status in statuses.items() if status != 404} == {}


def test_a_visitor_is_asked_to_sign_in(browser: Browser) -> None:
    people_of(browser)
    answers = {
        rule.rule: browser.get(url_of(rule))
        for rule in rules(browser.app, "GET")
        if MATRIX[rule.endpoint] is not EVERYBODY
    }
    assert {
        url for url, one in answers.items() if one.status_code != 303 or SIGN_IN not in one.headers["Location"]
    } == set()


def test_a_visitors_command_is_refused(browser: Browser) -> None:
    people_of(browser)
    guarded = [rule for rule in rules(browser.app, "POST") if MATRIX[rule.endpoint] is not EVERYBODY]
    assert {rule.rule for rule in guarded if browser.post(url_of(rule)).status_code != 401} == set()


def test_somebody_who_left_is_a_visitor(browser: Browser) -> None:
    assert browser.sign_in(people_of(browser).gone).get("/").status_code == 303


def test_every_command_needs_the_forms_token(browser: Browser) -> None:
    signed_in = browser.sign_in(people_of(browser).ada)
    commands = [rule for rule in rules(browser.app, "POST") if rule.endpoint not in WITHOUT_TOKEN]
    assert {rule.rule for rule in commands if signed_in.client.post(url_of(rule)).status_code != 400} == set()


def test_every_command_takes_the_write_transaction(any_app: Flask) -> None:
    commands = {rule.endpoint for rule in any_app.url_map.iter_rules() if not (rule.methods or set()) <= READS}
    views = {name: any_app.view_functions[name] for name in commands - set(WITHOUT_WRITE)}
    assert {name for name, view in views.items() if not writes(view)} == set()


def test_no_page_takes_the_write_transaction(any_app: Flask) -> None:
    pages = {rule.endpoint for rule in any_app.url_map.iter_rules() if (rule.methods or set()) <= READS}
    assert len(pages) > 30
    assert {name for name in pages if writes(any_app.view_functions[name])} == set(APPENDING)


def writes(view: Callable[..., Any], depth: int = 4) -> bool:
    """Whether a view, or a function that it calls by name, begins the write transaction."""
    plain = inspect.unwrap(view)
    source = inspect.getsource(plain)
    if "write()" in source:
        return True
    names = plain.__code__.co_names
    loaded = {one.argval for one in dis.get_instructions(plain) if one.opname == "LOAD_GLOBAL"}
    used = [plain.__globals__.get(name) for name in loaded]
    called = used + [getattr(one, name, None) for one in used if inspect.ismodule(one) for name in names]
    ours = [one for one in called if inspect.isfunction(one) and one.__module__.startswith("app.")]
    return depth > 0 and any(writes(one, depth - 1) for one in ours)
