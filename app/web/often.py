"""What may be done only so often within an hour: what costs much, takes data along, or reaches others."""

import math
from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, current_app, request

from app import clock
from app.db import db, write
from app.domain.agency import sign_in
from app.domain.agency.sign_in import Attempt, Limits, TooMany
from app.language import ngettext
from app.web import auth, errors

OF_PERSON: Mapping[str, int] = MappingProxyType(
    {
        "account.go_to_link": 60,
        "account.make_calendar": 20,
        "account.make_token": 20,
        "api.candidates_listed": 1_200,
        "audit.file": 20,
        "budget.payroll_file": 60,
        "candidates.access_file": 60,
        "candidates.export_file": 60,
        "candidates.export_make": 30,
        "candidates.import_upload": 20,
        "candidates.make_link": 120,
        "feed.react": 300,
        "intake.receive_file": 20,
        "intake.test": 60,
        "kudos.give": 60,
        "lab.ask": 30,
        "lab.propose": 10,
        "notices.add_chat": 20,
        "notices.test_chat": 20,
        "operations.test": 20,
        "people.invite": 200,
        "people.make_provisioning_token": 20,
        "people.send_invitation": 200,
        "sponsor.raise_idea": 30,
        "webhooks.add": 20,
        "webhooks.test": 20,
    }
)
"""How often somebody who is signed in may do so in an hour; every press counts, also one that is refused."""
OF_LINK: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(
        (
            "public.add_friend",
            "public.add_to_feedback",
            "public.answer_feedback",
            "public.ask_erasure",
            "public.ask_known",
            "public.call_back",
            "public.call_instead",
            "public.choose_time",
            "public.known_file",
            "public.log_from_mail",
            "public.save_reach",
        ),
        30,
    )
)
"""How often the same link may, whoever has it."""
OF_VISITOR: Mapping[str, int] = MappingProxyType(
    {"account.go_outside": 1_500, "account.go_to_accept": 300, "public.send_friend": 20}
)
"""How often one network may, before it is known who it is: an office of three hundred signs in at nine."""
OF_NETWORK = 10
"""Times as much may come from one network: an office, or a provider, is many people."""
MINUTE = 60


def register(app: Flask) -> None:
    """Once every place is there: count before anything is done."""
    app.register_error_handler(TooMany, _slow_down)
    for endpoint, most in {**OF_PERSON, **OF_LINK, **OF_VISITOR}.items():
        app.view_functions[endpoint] = _counted(app.view_functions[endpoint], endpoint, most)


def _counted(view: Callable[..., Any], endpoint: str, most: int) -> Callable[..., Any]:
    """A view that answers so often; of a page with a form only what is sent counts."""
    times = 1 if endpoint in OF_VISITOR else OF_NETWORK

    @wraps(view)
    def counted(**arguments: Any) -> Any:  # noqa: ANN401 - what is in the address, and what a view answers
        who = _who(endpoint, arguments)
        if who and (request.method == "POST" or "POST" not in _methods()):
            _count(_attempt(who, endpoint), Limits(most, most * times))
        return view(**arguments)

    return counted


def _who(endpoint: str, arguments: Mapping[str, object]) -> str:
    """Whose count it is: the person's, the link's, or the network's alone."""
    if endpoint in OF_VISITOR:
        return request.remote_addr or "somewhere"
    person = auth.person_or_none()
    return f"person {person.id}" if person and endpoint in OF_PERSON else str(arguments.get("token", ""))


def _count(who: Attempt, limits: Limits) -> None:
    """One more, in a transaction of its own, so that it counts whatever becomes of it.

    Raises:
        TooMany: the hour brought as many as it may.
    """
    write()
    try:
        sign_in.one_at_a_time()
        sign_in.within_limits(who, clock.now(), limits)
    except TooMany:
        db.session.rollback()
        raise
    sign_in.count(who, clock.now())
    db.session.commit()


def _attempt(who: str, endpoint: str) -> Attempt:
    key = current_app.config["SETTINGS"].key
    return sign_in.attempt(who, request.remote_addr or "", key, of=f"often:{endpoint}:")


def _methods() -> frozenset[str]:
    return frozenset(request.url_rule.methods or ()) if request.url_rule else frozenset()


def _slow_down(limit: TooMany) -> Response:
    """When to come back, in words and for programs; what was typed stays on the page."""
    minutes = math.ceil(limit.wait.total_seconds() / MINUTE)
    said = ngettext(
        "You did this so often within the hour that it has to wait. Do it again in %(num)d minute.",
        "You did this so often within the hour that it has to wait. Do it again in %(num)d minutes.",
        minutes,
    )
    answer = errors.answer(429, said)
    answer.headers["Retry-After"] = str(math.ceil(limit.wait.total_seconds()))
    return answer
