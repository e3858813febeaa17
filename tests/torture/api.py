"""Requests made from the API's own description, good ones and broken ones, at every address: `make fuzz-api`.

None may be a fault of ours, and what the description promises of an answer has to hold. The control plants a fault in
one view, which has to be found.
"""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import schemathesis
from flask import Flask, request
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
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
from tests.people import make_people
from tests.torture.ground import chosen, conclude, ground

DESCRIPTION = "/api/v1/openapi.json"
SEED = 20261123
HERE = 0.5
CONFORMANCE = [content_type_conformance, response_schema_conformance, status_code_conformance]


def main() -> None:
    options = chosen(__doc__, cases=10_000)
    statuses: Counter[int] = Counter()
    api_token.A_MINUTE = api_token.OF_ALL = 10**9  # it is asked as fast as it goes
    with ground(options.engine) as at:
        if options.control:
            plant(at.app)
        faults = attack(at.app, options.cases, statuses)
    told = f"{options.engine}: {dict(sorted(statuses.items()))}"
    conclude(statuses.total(), faults, control=options.control, told=told)


def attack(app: Flask, cases: int, statuses: Counter[int]) -> list[str]:
    """About so many requests, spread over all addresses, half of them broken; what was a fault of ours."""
    headers = {"Authorization": f"Bearer {somebodys_token(app)}", "Accept-Encoding": "identity"}
    described = schemathesis.openapi.from_wsgi(DESCRIPTION, app)
    operations = [each.ok() for each in described.get_all_operations() if isinstance(each, Ok)]
    faults: list[str] = []
    for operation in operations:
        for mode in GenerationMode:
            ask = asking(headers, statuses, faults)
            run(operation.as_strategy(generation_mode=mode), ask, cases // (2 * len(operations)) + 1)
    return faults


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


def asking(headers: dict[str, str], statuses: Counter[int], faults: list[str]) -> Callable[[Any], None]:
    """Ask one case, half of them of rows that are there; what is wrong with its answer is written down."""
    rng = random.Random(SEED)

    def ask(case: Any) -> None:  # noqa: ANN401 - the library's cases are of its own types
        for name in case.path_parameters or {} if rng.random() < HERE else ():
            if name.endswith("_id"):
                case.path_parameters[name] = rng.randrange(1, 9)
        answer = case.call(headers=headers)
        statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            faults.append(f"{answer.status_code}: {case.as_curl_command()}")
            return
        try:
            case.validate_response(answer, checks=CONFORMANCE)
        except FailureGroup as wrong:
            faults.append(f"{wrong.exceptions[0]}: {case.as_curl_command()}")

    return ask


def run(strategy: Any, ask: Callable[[Any], None], times: int) -> None:  # noqa: ANN401 - as above
    """Let so many cases be made; whatever was wrong is written down, so nothing stops at the first."""
    usual = settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seed(SEED)(usual(given(case=strategy)(ask)))()


def plant(app: Flask) -> None:
    """A view that forgets that a note may be long."""
    view = app.view_functions["api.actions_log"]

    def careless(*given_: Any, **named: Any) -> Any:  # noqa: ANN401 - as the view
        sent = request.get_json(silent=True)
        if isinstance(sent, dict) and len(str(sent.get("note", ""))) > 20:
            raise KeyError("note")
        return view(*given_, **named)

    app.view_functions["api.actions_log"] = careless


if __name__ == "__main__":
    main()
