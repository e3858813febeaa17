"""Requests made from the API's own description, good ones and broken ones, at every address: `make fuzz-api`.

None may be a fault of ours, and what the description promises of an answer has to hold. It goes on until as many were
sent as were asked for, says how many of them were different, and breaks off when an address of the API is not tried.
The control plants a fault in one view, which has to be found.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask, request
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Err
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app import clock
from app.db import db
from app.domain.agency import api_token
from app.domain.agency.api_token import Scope
from tests import make
from tests.house.matrix import SCOPES
from tests.people import make_people
from tests.torture.ground import chosen, conclude, ground

DESCRIPTION = "/api/v1/openapi.json"
SEED = 20261123
HERE = 0.5
CONFORMANCE = [content_type_conformance, response_schema_conformance, status_code_conformance]
OURS = frozenset({"authorization", "user-agent", "x-schemathesis-testcaseid", "content-length"})
"""Headers that every request has of ours: they make no other request of it."""


@dataclass
class Tried:
    """What was sent and what came back: at which address, and how many requests were `different`."""

    statuses: Counter[int] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    different: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return self.statuses.total()

    def note(self, case: Any, answer: Any) -> None:  # noqa: ANN401 - the library's cases are of its own types
        """Count one."""
        sent = answer.request
        headers = sorted((name, text) for name, text in sent.headers.items() if name.lower() not in OURS)
        self.statuses[answer.status_code] += 1
        self.operations[name_of(case.operation)] += 1
        self.different.add(hash((sent.method, sent.url, repr(sent.body), repr(headers))))


def main() -> None:
    options = chosen(__doc__, cases=10_000)
    api_token.A_MINUTE = api_token.OF_ALL = 10**9  # it is asked as fast as it goes
    with ground(options.engine) as at:
        if options.control:
            plant(at.app)
        tried = attack(at.app, options.cases)
    sent = f"{len(tried.different)} different requests at {len(tried.operations)} addresses"
    told = f"{options.engine}: {sent}, {dict(sorted(tried.statuses.items()))}"
    conclude(len(tried), tried.faults, control=options.control, told=told)


def attack(app: Flask, cases: int) -> Tried:
    """So many requests at least, spread over all addresses, half of them broken."""
    headers = {"Authorization": f"Bearer {somebodys_token(app)}", "Accept-Encoding": "identity"}
    operations, tried, turn = operations_of(app), Tried(), SEED
    ask = asking(headers, tried)
    while len(tried) < cases:
        share = -(-(cases - len(tried)) // (2 * len(operations)))
        for operation in operations:
            for mode in GenerationMode:
                run(operation.as_strategy(generation_mode=mode), ask, share, turn)
        turn += 1
    assert set(tried.operations) == set(SCOPES), "an address was not tried"
    return tried


def operations_of(app: Flask) -> list[Any]:
    """Every address of the API as its description has it; each is read, and none is missing."""
    read = list(schemathesis.openapi.from_wsgi(DESCRIPTION, app).get_all_operations())
    unread = [str(each.err()) for each in read if isinstance(each, Err)]
    operations = [each.ok() for each in read if not isinstance(each, Err)]
    unread += [f"{each.label}: {left_out}" for each in operations for left_out in each.skipped_parameters]
    assert not unread, f"these are described so that they cannot be tried: {unread}"
    assert {name_of(each) for each in operations} == set(SCOPES), "the description has not the addresses that there are"
    return operations


def name_of(operation: Any) -> str:  # noqa: ANN401 - as above
    """The endpoint."""
    return f"api.{operation.definition.raw['operationId']}"


def somebodys_token(app: Flask) -> str:
    """A token that may everything, of somebody in an agency with candidates."""
    with app.app_context():
        people = make_people()
        for _ in range(5):
            make.candidate(owner=people.ada)
        now = clock.now()
        _, value = api_token.make(people.ada, "Proef", list(Scope), now + 30 * clock.DAY, now)
        db.session.commit()
    return value


def asking(headers: dict[str, str], tried: Tried) -> Callable[[Any], None]:
    """Ask one case, half of them of rows that are there; what is wrong with its answer is written down."""
    rng = random.Random(SEED)

    def ask(case: Any) -> None:  # noqa: ANN401 - as above
        for name in case.path_parameters or {} if rng.random() < HERE else ():
            if name.endswith("_id"):
                case.path_parameters[name] = rng.randrange(1, 9)
        answer = case.call(headers=headers)
        tried.note(case, answer)
        if answer.status_code >= 500:
            tried.faults.append(f"{answer.status_code}: {case.as_curl_command()}")
            return
        try:
            case.validate_response(answer, checks=CONFORMANCE)
        except FailureGroup as wrong:
            tried.faults.append(f"{wrong.exceptions[0]}: {case.as_curl_command()}")

    return ask


def run(strategy: Any, ask: Callable[[Any], None], times: int, turn: int) -> None:  # noqa: ANN401 - as above
    """Let so many cases be made; whatever was wrong is written down, so nothing stops at the first."""
    usual = settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seed(turn)(usual(given(case=strategy)(ask)))()


def plant(app: Flask) -> None:
    """A view that forgets that something may be noted."""
    view = app.view_functions["api.actions_log"]

    def careless(*given_: Any, **named: Any) -> Any:  # noqa: ANN401 - as the view
        sent = request.get_json(silent=True)
        if isinstance(sent, dict) and sent.get("note"):
            raise KeyError("note")
        return view(*given_, **named)

    app.view_functions["api.actions_log"] = careless


if __name__ == "__main__":
    main()
