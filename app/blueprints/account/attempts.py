"""Attempts with a password or a link: everything slow is done before the write transaction begins."""

from collections.abc import Callable

from flask import Response, current_app, request

from app import clock
from app.blueprints.account.forms import ChangePasswordForm, SignInForm
from app.blueprints.account.letting_in import let_in
from app.db import db, write
from app.domain.agency import invitation, password, sign_in
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.agency.sign_in import How
from app.domain.agency.sign_in_link import Purpose
from app.domain.notices import safety, sign_in_mail
from app.domain.notices.invitation_mail import Sender
from app.domain.program.program import the_program
from app.language import current
from app.web import auth, known


def _attempt(email: str, of: str = "") -> sign_in.Attempt:
    key = current_app.config["SETTINGS"].key
    return sign_in.attempt(email, request.remote_addr or "", key, of, known.browser(email))


def enter(form: SignInForm, then: str | None) -> Response | None:
    """Let in whoever's mail address and password these are; None when one of them is wrong.

    Raises:
        TooMany: the limit of wrong passwords is reached.
    """
    who = _attempt(form.email.data or "")
    proof = sign_in.prove(who, form.password.data or "", clock.now())
    person = _settled(who, proof)
    if person:
        return let_in(person, How.PASSWORD, then)
    db.session.commit()
    return None


def _settled(who: sign_in.Attempt, proof: sign_in.Proof) -> Person | None:
    """Whose password it was, or nobody's, in a transaction that the caller ends: others may have guessed meanwhile.

    Raises:
        TooMany: the limit of wrong passwords is reached.
    """
    write()
    try:
        return sign_in.settle(who, proof, clock.now())
    except sign_in.TooMany:
        db.session.rollback()
        raise


def change_password(form: ChangePasswordForm) -> bool:
    """Whether the current password was right and the new one is set.

    Raises:
        TooMany: the limit of wrong passwords is reached.
    """
    who = _attempt(auth.person().email or "")
    proof = sign_in.prove(who, form.current.data or "", clock.now())
    kept = password.hashed(form.password.data or "")
    person = _settled(who, proof)
    if person:
        sign_in.change_password(person, kept, auth.session_id(), clock.now())
        _tell_of_password(person)
    db.session.commit()
    return person is not None


def accept(token: str, kept_hash: str) -> Response | None:
    """Set the password of whoever was invited and let them in; None when the link ended meanwhile."""
    return _enter(lambda: invitation.accept(token, kept_hash, current(), clock.now()), How.INVITATION)


def ask_for_link(email: str, purpose: Purpose, sender: Sender, browser: str) -> None:
    """Mail a link to an address, if it is somebody's here; it works in this browser.

    Raises:
        TooMany: so many were asked for lately.
    """
    who = _attempt(email, of="link:")
    write()
    try:
        sign_in_mail.ask(who, purpose, sender, browser, clock.now())
    except sign_in.TooMany:
        db.session.rollback()
        raise
    db.session.commit()


def enter_by_link(token: str, then: str | None) -> Response | None:
    """Use up a link to sign in and let in whoever's it is; None when it ended."""
    return _enter(lambda: sign_in_mail.enter(token, clock.now()), How.LINK, then)


def choose_password(token: str, kept_hash: str, then: str | None) -> Response | None:
    """Set a new password by a link, end every session, and let in; None when the link ended meanwhile."""

    def chosen() -> Person | None:
        person = sign_in_mail.choose_password(token, sign_in_mail.NewPassword(kept_hash, current()), clock.now())
        if person:
            _tell_of_password(person)
        return person

    return _enter(chosen, How.NEW_PASSWORD, then)


def _tell_of_password(person: Person) -> None:
    safety.mail(person, safety.Change.PASSWORD, current_app.config["SETTINGS"].public_host, clock.now())


def _enter(whose: Callable[[], Person | None], how: How, then: str | None = None) -> Response | None:
    write()
    person = whose()
    if person is None:
        db.session.rollback()
        return None
    return let_in(person, how, then)


def known_words(person: Person | None) -> list[str]:
    """What others link to a person, and would try first as a password."""
    agency, program = the_agency(), the_program()
    known = (agency and agency.name, program and program.name, person and person.name, person and person.email)
    return [text for text in known if text]


def is_password(typed: str) -> bool:
    """Whether it is the password of whoever is signed in; a wrong one is counted and written down.

    Raises:
        TooMany: the limit of wrong passwords is reached.
    """
    who = _attempt(auth.person().email or "")
    person = _settled(who, sign_in.prove(who, typed, clock.now()))
    db.session.commit()
    return person is not None and person.id == auth.person().id
