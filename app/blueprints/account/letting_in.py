"""What every way of signing in ends with: a session, or first the second step of whoever has a second factor."""

from flask import Response, make_response, redirect, request, url_for

from app import clock
from app.db import db
from app.domain.agency import audit, factors, sign_in_step
from app.domain.agency.person import Person
from app.domain.agency.second_factor import StepKind
from app.domain.agency.session import open_session
from app.domain.agency.sign_in import How
from app.web import agent, auth, known, steps


def let_in(person: Person, how: How, then: str | None, *, whole: bool = False) -> Response:
    """The answer to whoever proved who they are; ends the session that this browser had.

    Call it within the write transaction that used the proof up: it commits. `then` is the page that was asked for;
    `whole`: the proof was of two factors already.
    """
    auth.leave()
    if whole or not factors.has(person.id):
        return admit(person, then, how=how)
    token = sign_in_step.begin(StepKind.SECOND, clock.now(), person.id, how=how)
    db.session.commit()
    answer = make_response(redirect(url_for("account.second", next=_local(then)), 303))
    return steps.keep(answer, StepKind.SECOND, token)


def admit(person: Person, then: str | None, **proofs: str) -> Response:
    """Open a session on this browser after every proof; `proofs` say by which."""
    at, browser = clock.now(), agent.family(request.user_agent.string)
    opened = open_session(person, browser, at)
    audit.record("signed_in", person.id, at, None, **proofs).agent = browser
    db.session.commit()
    auth.enter(person, opened)
    answer = make_response(redirect(_local(then) or url_for("today.today"), 303))
    return known.remember(steps.drop(answer, StepKind.SECOND), person)


def _local(then: str | None) -> str | None:
    return auth.local(then, "") or None
