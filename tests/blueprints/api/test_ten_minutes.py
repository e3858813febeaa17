"""docs/api.md: every command in it is carried out as it stands there, one after the other."""

import re
import shlex
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.domain.actions.outcome import Outcome
from app.domain.agency.api_token import Scope
from tests.blueprints.api.conftest import Client
from tests.people import Browser

TOLD = (Path(__file__).parents[3] / "docs/api.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Every curl of the document, as a shell would take it apart."""
    text = "\n".join(BLOCK.findall(TOLD)).replace("\\\n", " ")
    return [words for line in re.split(r"\n(?=curl|export)", text) if (words := shlex.split(line))[:1] == ["curl"]]


def carry_out(client: Client, words: list[str], **ours: str) -> TestResponse:
    """What curl would ask, of the application itself."""
    options: dict[str, list[str]] = {"-H": [], "-d": [], "-X": []}
    rest = iter(words[1:])
    address = ""
    for word in rest:
        if word in options:
            options[word].append(next(rest))
        else:
            address = word
    headers = dict(each.split(": ", 1) for each in options["-H"])
    assert headers.pop("Authorization") == "Bearer $TOKEN"
    assert address.startswith("$FANFARE/")
    path, body = address.removeprefix("$FANFARE"), "".join(options["-d"])
    for name, value in ours.items():
        path, body = (
            path.replace(f"/{name}/1/", f"/{name}/{value}/"),
            body.replace(f'"{name}": 1,', f'"{name}": {value},'),
        )
    method = options["-X"][0] if options["-X"] else ("POST" if body else "GET")
    return client.client.open(path, method=method, data=body or None, headers=headers | client.headers)


def test_every_command_does_what_it_says(sanne: Client) -> None:
    read, add, log, owed, undo = commands()
    assert carry_out(sanne, read).json == {"items": [], "next": None}
    noor: dict[str, Any] = carry_out(sanne, add).json or {}
    assert (noor["name"], carry_out(sanne, add).json) == ("Noor Willems", noor)
    logged: dict[str, Any] = carry_out(sanne, log, candidate_id=str(noor["id"])).json or {}
    assert (logged["points"] > 0, logged["note"]) == (True, "Wants to start in May.")
    assert carry_out(sanne, owed).json == {"items": [], "next": None}
    assert (carry_out(sanne, undo, actions=str(logged["id"])).json or {})["undone_at"]


def test_the_outcomes_and_scopes_that_it_tells_are_those_there_are(browser: Browser, any_app: Flask) -> None:

    assert {each for each in Outcome if f"`{each}`" in TOLD} == set(Outcome)
    assert {each for each in Scope if f"| `{each}` |" in TOLD} == set(Scope)
