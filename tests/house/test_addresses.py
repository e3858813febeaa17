"""Where a key stands in an address, and that docs/security.md tells of each: whoever adds one says why there."""

import re

import pytest
from flask import Flask

from app.config import ROOT

TOLD = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("\n## What is not met\n")[2]
TABLE = TOLD.partition("\n## ")[0]
IN_QUERIES = {"app/vendors/whatsapp.py": {"hub.verify_token"}}
KEYS = re.compile(r"token|secret|key|password", re.IGNORECASE)
READ = re.compile(r"(?:args|asked)(?:\.get\(|\[)\"([^\"]+)\"")


def places(app: Flask) -> set[str]:
    """What stands before a key in the addresses that have one."""
    return {rule.rule.partition("<token>")[0] for rule in app.url_map.iter_rules() if "token" in rule.arguments}


def test_every_key_in_an_address_is_told_of(any_app: Flask) -> None:
    found = places(any_app)
    assert len(found) > 8
    assert {place for place in found if not re.search(f"`/{place.split('/')[1]}/", TABLE)} == set()
    assert {place for place in found if place.startswith("/account/") and f"`{place}`" not in TABLE} == set()


def test_no_other_secret_is_read_from_behind_the_question_mark() -> None:
    code = {
        str(path.relative_to(ROOT)): {
            name for name in READ.findall(path.read_text(encoding="utf-8")) if KEYS.search(name)
        }
        for folder in ("blueprints", "vendors", "web", "mail_providers")
        for path in (ROOT / "app" / folder).rglob("*.py")
    }
    assert {path: names for path, names in code.items() if names} == IN_QUERIES


@pytest.mark.parametrize("place", ["/account/outside/back", "/hooks/whatsapp", "/v1/pixel/"])
def test_what_others_send_in_one_is_told_of_too(place: str) -> None:
    assert f"`{place}`" in TABLE
