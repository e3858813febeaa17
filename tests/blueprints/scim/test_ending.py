"""Access ends when the provider says so, whatever else it says at once: an address that is refused keeps nobody in."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import provisioning_token, session
from app.domain.agency.person import Person, Role
from app.domain.notices import token_left
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.language import in_language
from app.mail import Mail
from app.words import notices as words
from jobs import letters
from jobs.unsent import Later, Skip
from tests.blueprints.scim.conftest import USER, Provider, read
from tests.people import People

TAKEN, OTHER, NONE = "bram@voorbeeld.nl", "ergens@anders.nl", "geen adres"
OFF: dict[str, Any] = {"op": "Replace", "path": "active", "value": "False"}
ON = {"op": "replace", "value": {"active": True}}
Ask = Callable[[Provider, str, str], TestResponse]


def put(provider: Provider, user_id: str, mail: str) -> TestResponse:
    """As Okta does it: a whole user."""
    told = {"schemas": [USER], "userName": mail, "emails": [{"value": mail}], "externalId": "e-9", "active": False}
    return provider.ask("PUT", f"/Users/{user_id}", told)


def patch(provider: Provider, user_id: str, mail: str) -> TestResponse:
    """As Entra does it: what changed, and that they left."""
    return provider.patch(user_id, {"op": "replace", "path": "emails", "value": [{"value": mail}]}, OFF)


def now_of(provider: Provider, person_id: int) -> Person:
    with provider.app.app_context():
        return db.session.get_one(Person, person_id)


@pytest.mark.parametrize("mail", [TAKEN, OTHER, NONE])
@pytest.mark.parametrize("ask", [put, patch])
@pytest.mark.parametrize("who", ["lead", "ines", "ada"])
def test_whoever_manages_is_out_and_keeps_their_address(
    who: str, ask: Ask, mail: str, provider: Provider, people: People
) -> None:
    person: Person = getattr(people, who)
    with provider.app.app_context():
        session.open_session(person, "Firefox", clock.now())
        db.session.commit()
    answer = ask(provider, str(person.id), mail)
    assert answer.status_code in {200, 204}, answer.text
    now = now_of(provider, person.id)
    assert (now.is_active, now.email, now.role) == (False, person.email, person.role)
    with provider.app.app_context():
        assert session.open_of(person.id, clock.now()) == []
    told = read(provider.get(f"/Users/{person.id}"))
    assert (told["active"], told["emails"][0]["value"]) == (False, person.email)
    assert provider.patch(str(person.id), ON).status_code == 204


@pytest.mark.parametrize(
    ("mail", "address"), [(TAKEN, "sanne@voorbeeld.nl"), (NONE, "sanne@voorbeeld.nl"), (OTHER, OTHER)]
)
@pytest.mark.parametrize("ask", [put, patch])
def test_whoever_does_not_moves_where_that_is_allowed(
    ask: Ask, mail: str, address: str, provider: Provider, people: People
) -> None:
    assert ask(provider, str(people.sanne.id), mail).status_code in {200, 204}
    now = now_of(provider, people.sanne.id)
    assert (now.is_active, now.email) == (False, address)


def test_of_a_refused_whole_what_is_not_refused_is_kept(provider: Provider, people: People) -> None:
    put(provider, str(people.lead.id), OTHER)
    told = read(provider.get(f"/Users/{people.lead.id}"))
    assert (told["externalId"], told["userName"]) == ("e-9", "lea@voorbeeld.nl")


@pytest.mark.parametrize("mail", [TAKEN, OTHER])
def test_whoever_left_keeps_the_name_that_nobody_told(mail: str, provider: Provider, people: People) -> None:
    put(provider, str(people.sanne.id), mail)
    assert now_of(provider, people.sanne.id).name == "Sanne de Vries"


def test_what_cannot_be_kept_keeps_nobody_in(provider: Provider, people: People) -> None:
    provider.patch(str(people.sanne.id), {"op": "add", "path": "externalId", "value": "e-7"})
    long = {"op": "replace", "path": "displayName", "value": "x" * 300}
    assert provider.patch(str(people.sanne.id), long).status_code == 400
    assert provider.patch(str(people.sanne.id), long, OFF).status_code == 204
    assert (now_of(provider, people.sanne.id).is_active, now_of(provider, people.sanne.id).name) == (
        False,
        "Sanne de Vries",
    )
    assert read(provider.get(f"/Users/{people.sanne.id}"))["externalId"] == "e-7"


def test_what_is_taken_out_of_whoever_left_is_gone(provider: Provider, people: People) -> None:
    one = str(people.sanne.id)
    provider.patch(one, {"op": "add", "path": "externalId", "value": "e-7"}, OFF)
    assert provider.patch(one, {"op": "remove", "path": "externalId"}).status_code == 204
    assert "externalId" not in read(provider.get(f"/Users/{one}"))
    assert provider.patch(one, {"op": "replace", "path": "externalId", "value": "x" * 300}).status_code == 400
    put(provider, one, TAKEN)
    assert (now_of(provider, people.sanne.id).is_active, now_of(provider, people.sanne.id).email) == (
        False,
        "sanne@voorbeeld.nl",
    )


@pytest.mark.parametrize("ask", [put, patch])
def test_the_last_administrator_stays_all_the_same(ask: Ask, provider: Provider, people: People) -> None:
    with provider.app.app_context():
        db.session.get_one(Person, people.ada.id).password_hash = "x"
        db.session.commit()
    answer = ask(provider, str(people.ada.id), OTHER)
    assert (answer.status_code, now_of(provider, people.ada.id).is_active) == (409, True)


def other_administrator(provider: Provider, people: People) -> int:
    with provider.app.app_context():
        otto = db.session.get_one(Person, people.otto.id)
        otto.role, otto.password_hash = Role.ADMIN, "x"
        db.session.commit()
        return otto.id


def heard(provider: Provider) -> tuple[list[str], list[OutboxRow]]:
    """Who was told under the bell that a token was left, and the mails about it."""
    with provider.app.app_context():
        told = select(Notice.recipient).where(Notice.kind == token_left.KIND).order_by(Notice.id)
        mails = select(OutboxRow).where(OutboxRow.kind == token_left.KIND)
        return list(db.session.scalars(told)), list(db.session.scalars(mails))


def leave(provider: Provider, user_id: str) -> TestResponse:
    return provider.ask("DELETE", f"/Users/{user_id}")


@pytest.mark.parametrize("end", [lambda provider, one: patch(provider, one, OTHER), leave])
def test_of_a_token_that_works_on_the_others_hear_once(
    end: Callable[[Provider, str], TestResponse], provider: Provider, people: People
) -> None:
    otto, ada = other_administrator(provider, people), str(people.ada.id)
    end(provider, str(people.sanne.id))
    assert heard(provider) == ([], [])
    for _ in range(2):
        end(provider, ada)
    told, mails = heard(provider)
    assert told == [each.recipient for each in mails] == [f"person:{otto}"]


def test_the_notice_and_the_mail_say_whose_it_is_and_where_to_end_it(provider: Provider, people: People) -> None:
    otto = other_administrator(provider, people)
    provider.patch(str(people.ada.id), OFF)
    with provider.app.app_context(), in_language("nl"):
        row = db.session.scalars(select(Notice).where(Notice.kind == token_left.KIND)).one()
        (line,) = words.lines([row], db.session.get_one(Person, otto), clock.now())
    assert (line.sentence[:17], line.path) == ("Ada Smit is weg, ", "/people/provisioning")
    assert "Maak een nieuw token" in line.more
    mail = written(provider)
    assert isinstance(mail, Mail)
    assert mail.subject == line.sentence
    assert "/people/provisioning" in mail.text
    with provider.app.app_context():
        provisioning_token.end_of(people.ada.id, clock.now())
        db.session.commit()
    assert isinstance(written(provider), Skip)


def written(provider: Provider) -> Mail | Skip:
    """The one mail as it goes out."""
    (row,) = heard(provider)[1]
    with provider.app.app_context():
        found = letters.compose(row, clock.now())
    assert not isinstance(found, Later)
    return found if isinstance(found, Skip) else found[0]


def test_whoever_comes_back_is_told_of_no_more(provider: Provider, people: People) -> None:
    other_administrator(provider, people)
    provider.patch(str(people.ada.id), OFF)
    provider.patch(str(people.ada.id), ON)
    assert isinstance(written(provider), Skip)
