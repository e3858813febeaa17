"""What goes into the audit log by being asked for: commands as they are committed, files and pages as they go out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any

from flask import Flask, Response, g, make_response, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import clock
from app.db import db, write
from app.domain.agency import audit
from app.domain.agency.audit import About
from app.web import agent, auth
from app.web.deeds import DEEDS, FETCHED

View = Callable[..., Any]
GONE_OUT = 200


@dataclass(slots=True)
class Deed:
    """What is being done, until it is committed; whoever signs out did it all the same."""

    what: str
    person_id: int | None
    about: About | None = None
    facts: dict[str, int | str] = field(default_factory=dict)

    def record(self) -> None:
        """One entry, in the transaction that there is."""
        entry = audit.record(self.what, self.person_id, clock.now(), self.about, **self.facts)
        entry.agent = agent.family(request.user_agent.string)[:60]


def register(app: Flask) -> None:
    """Once every place is there: whoever does or fetches what is listed is written down."""
    for names, recording in ((DEEDS, _command), (FETCHED, _fetching)):
        for endpoint, what in names.items():
            app.view_functions[endpoint] = recording(app.view_functions[endpoint], what)


def tell(about: About | None = None, /, **facts: int | str) -> None:
    """Say more of what is being done: numbers and codes, no names and no text; `about` where it was made just now."""
    deed: Deed | None = g.get("deed")
    if deed:
        deed.about = about or deed.about
        deed.facts |= facts


def done(count: int, /, **facts: int | str) -> None:
    """How many were done; of none there is nothing to write down, because somebody was before."""
    if not count:
        nothing()
    elif isinstance(count, bool):
        tell(**facts)
    else:
        tell(count=count, **facts)


def nothing() -> None:
    """It was done before, so that there is nothing to write down."""
    g.pop("deed", None)


@contextmanager
def apart() -> Iterator[None]:
    """What is committed within is something else than what is being done."""
    deed = g.pop("deed", None)
    try:
        yield
    finally:
        if deed:
            g.deed = deed


@contextmanager
def portion() -> Iterator[None]:
    """What is committed within is a portion of what is being done, and written down as such."""
    deed: Deed | None = g.get("deed")
    if deed:
        g.deed = replace(deed, facts=dict(deed.facts))
    try:
        yield
    finally:
        if deed:
            g.deed = deed


def _command(view: View, what: str) -> View:
    """What a view commits is written down in the same transaction; where it refuses, nothing is."""

    @wraps(view)
    def recorded(**arguments: Any) -> Any:  # noqa: ANN401 - what is in the address
        if request.method in {"GET", "HEAD"}:
            return view(**arguments)
        g.deed = _deed(what, arguments)
        try:
            return view(**arguments)
        finally:
            nothing()

    return recorded


def _fetching(view: View, what: str) -> View:
    """What goes out is written down before it does; what is refused is not."""

    @wraps(view)
    def recorded(**arguments: Any) -> Any:  # noqa: ANN401 - as above
        g.deed = deed = _deed(what, arguments)
        try:
            answer: Response = make_response(view(**arguments))
        finally:
            nothing()
        if answer.status_code == GONE_OUT and request.method == "GET":
            write()
            deed.record()
            db.session.commit()
        return answer

    return recorded


def _deed(what: str, arguments: Mapping[str, object]) -> Deed:
    """By whom, and about what the address names first."""
    person = auth.person_or_none()
    named = ((name.removesuffix("_id"), each) for name, each in arguments.items() if name.endswith("_id"))
    about = next((About(kind, each) for kind, each in named if isinstance(each, int)), None)
    return Deed(what, person.id if person else None, about)


@event.listens_for(db.session, "before_commit")
def _write_down(session: Session) -> None:
    """The deed under way is part of what is committed; once."""
    if not session.in_nested_transaction() and (deed := g.pop("deed", None)):
        deed.record()
