"""Links that let somebody in: of one use even at the same moment, and ended by all that changes who may come in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, write
from app.domain.agency import invitation, sign_in, sign_in_link, staff
from app.domain.agency.person import Person, Role
from app.domain.agency.sign_in_link import Purpose, SignInLink
from app.domain.notices import sign_in_mail
from app.domain.notices.invitation_mail import Sender
from tests import make
from tests.make import START as NOW

BROWSER = "what the browser keeps"
SENDER = Sender("Vaste Band", "fanfare.example", "https://fanfare.example/{}".format)


def issued(person: Person, purpose: Purpose = Purpose.SIGN_IN) -> str:
    return sign_in_link.issue(person, purpose, BROWSER, NOW).token + BROWSER


def leaves(person: Person) -> None:
    staff.deactivate(person, make.person("Ada Smit", Role.ADMIN), NOW)


def moves(person: Person) -> None:
    by = make.person("Ada Smit", Role.ADMIN)
    staff.edit(person, by, name=person.name, email="nieuw@voorbeeld.nl", role=person.role, team_id=None)


def accepts(person: Person) -> None:
    invitation.accept(invitation.issue(person, None, NOW).token, "$hash", "nl", NOW)


def changes(person: Person) -> None:
    sign_in.change_password(person, "$hash", 0, NOW)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("happens", [leaves, moves, accepts, changes], ids=lambda each: str(each.__name__))
def test_links_end_with(happens: Callable[[Person], None]) -> None:
    make.agency()
    token = issued(sanne := make.person("Sanne de Vries"))
    assert sign_in_link.owner(token, Purpose.SIGN_IN, NOW) is sanne
    happens(sanne)
    assert sign_in_link.owner(token, Purpose.SIGN_IN, NOW) is None
    assert sign_in_link.use(token, Purpose.SIGN_IN, NOW) is None


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("other", ["", "what another keeps"])
def test_a_link_is_of_the_browser_that_asked(other: str) -> None:
    sanne = make.person("Sanne de Vries")
    mailed = sign_in_link.issue(sanne, Purpose.SIGN_IN, BROWSER, NOW).token
    assert sign_in_link.owner(mailed + other, Purpose.SIGN_IN, NOW) is None
    assert sign_in_link.use(mailed + other, Purpose.SIGN_IN, NOW) is None
    assert sign_in_link.use(mailed + BROWSER, Purpose.SIGN_IN, NOW) is sanne


@pytest.mark.usefixtures("session")
def test_a_chosen_password_ends_an_open_invitation() -> None:
    sanne = make.person("Sanne de Vries")
    invited = invitation.issue(sanne, None, NOW).token
    choice = sign_in_mail.NewPassword("$hash", "nl")
    assert sign_in_mail.choose_password(issued(sanne, Purpose.PASSWORD), choice, NOW) is sanne
    assert invitation.invitee(invited, NOW) is None


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("gone", "kept", "links"), [(False, "$kept", 1), (True, "$kept", 0), (False, None, 0)])
def test_only_who_works_here_and_has_a_password_is_sent_one(gone: bool, kept: str | None, links: int) -> None:
    person = make.person("Gerrit Los", gone=gone)
    person.password_hash = kept
    sign_in_mail.ask(sign_in.attempt(person.email or "", "", "key"), Purpose.SIGN_IN, SENDER, BROWSER, NOW)
    assert len(db.session.scalars(select(SignInLink)).all()) == links


@pytest.mark.usefixtures("session")
def test_where_nobody_works_yet_nothing_is_sent() -> None:
    sign_in_mail.ask(sign_in.attempt("wie@voorbeeld.nl", "", "key"), Purpose.SIGN_IN, SENDER, BROWSER, NOW)
    assert db.session.scalars(select(SignInLink)).all() == []


def test_two_who_press_at_once_are_one(real_app: Flask) -> None:
    with real_app.app_context():
        person = make.person("Sanne de Vries")
        tokens = [issued(person), issued(person)] * 4
        db.session.commit()

    def press(token: str) -> bool:
        with real_app.app_context():
            write()
            used = sign_in_link.use(token, Purpose.SIGN_IN, NOW) is not None
            db.session.commit()
            return used

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, tokens)) == 1
    assert person.joined_on >= date(2026, 1, 1)
