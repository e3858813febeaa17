"""Whoever leaves leaves nothing behind that opens or tells anything: not even to who gets their address later."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import calendar_feed, log_link
from app.domain.agency import api_token
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person, Role
from app.domain.notices import chat_owner, chat_target, colleague_came
from app.domain.notices.chat_address import Address, Service
from app.domain.notices.outbox import OutboxRow
from app.mail import Mail
from jobs import letters
from jobs.unsent import Later, Skip
from tests import make
from tests.blueprints.scim.conftest import Provider
from tests.people import Browser, People

CHAT = Address(Service.SLACK, "https://hooks.slack.com/services/T/B/x")
SANNE = "sanne@voorbeeld.nl"
OFF, ON = ({"op": "replace", "value": {"active": active}} for active in (False, True))


@dataclass(frozen=True)
class Left:
    """What Sanne had."""

    browser: Browser
    sanne: int
    feed: str
    mail: str
    token: str

    def opens(self) -> list[bool]:
        """Whether her calendar, a link in a mail, her script and her chat still are what they were."""
        with self.browser.app.app_context():
            logs = log_link.opened(self.mail, clock.now()) is not None
            chats = bool(chat_owner.own_of(self.sanne))
        calendar = self.browser.client.get(f"/cal/{self.feed}.ics").status_code == 200
        script = (
            self.browser.client.get("/api/v1/me", headers={"Authorization": f"Bearer {self.token}"}).status_code == 200
        )
        return [calendar, logs, script, chats]


@pytest.fixture
def left(browser: Browser, people: People) -> Left:
    with browser.app.app_context():
        sanne, now = db.session.get_one(Person, people.sanne.id), clock.now()
        feed = calendar_feed.make(sanne, now)
        mail = log_link.make(sanne.id, make.candidate(owner=sanne).id, now)
        _, token = api_token.make(sanne, "Belscript", [Scope.ACTIONS_READ], now + clock.DAY, now)
        chat_target.add(sanne, "Telefoon", CHAT, now, own=True)
        db.session.commit()
    found = Left(browser, people.sanne.id, feed, mail, token)
    assert found.opens() == [True] * 4
    return found


def test_whoever_gets_the_address_later_is_not_followed_by_who_had_it(provider: Provider, left: Left) -> None:
    assert provider.ask("DELETE", f"/Users/{left.sanne}").status_code == 204
    assert provider.welcome(SANNE, displayName="Sanne Smit")["id"] == str(left.sanne)
    assert left.opens() == [False] * 4
    with provider.app.app_context():
        sanne = db.session.get_one(Person, left.sanne)
        assert (sanne.is_active, sanne.role, sanne.team_id) == (True, Role.RECRUITER, None)


def test_nor_by_who_left_when_nothing_of_it_ended_yet(provider: Provider, left: Left) -> None:
    with provider.app.app_context():
        db.session.get_one(Person, left.sanne).deactivated_at = clock.now()
        db.session.commit()
    provider.welcome(SANNE)
    assert left.opens() == [False] * 4


def test_whoever_comes_back_makes_them_anew(left: Left, people: People) -> None:
    ada = left.browser.sign_in(people.ada)
    ada.post(f"/people/{left.sanne}/deactivation")
    ada.post(f"/people/{left.sanne}/reactivation")
    assert left.opens() == [False] * 4


def test_chats_of_a_team_and_links_of_others_stay(provider: Provider, left: Left, people: People) -> None:
    with provider.app.app_context():
        sanne, bram = (db.session.get_one(Person, each.id) for each in (people.sanne, people.bram))
        team = chat_target.add(sanne, "Team", CHAT, clock.now(), own=False, team_id=sanne.team_id).id
        feed = calendar_feed.make(bram, clock.now())
        db.session.commit()
    provider.patch(str(left.sanne), OFF)
    with provider.app.app_context():
        assert chat_owner.named(f"chat:{team}") is not None
        assert calendar_feed.holder(feed) is not None


def test_no_administrator_is_made_by_bringing_one_back(provider: Provider, people: People) -> None:
    ada, lead = str(people.ada.id), str(people.lead.id)
    for one in (ada, lead):
        provider.patch(one, OFF)
        assert provider.patch(one, ON).status_code == 204
    with provider.app.app_context():
        roles = [db.session.get_one(Person, int(one)).role for one in (ada, lead)]
        last = select(AuditEntry).where(AuditEntry.what == "person.reactivated", AuditEntry.about_id == int(ada))
        assert roles == [Role.RECRUITER, Role.LEAD]
        assert db.session.scalars(last).one().facts["role_before"] == "admin"


def mails(provider: Provider) -> list[OutboxRow]:
    with provider.app.app_context():
        rows = select(OutboxRow).where(OutboxRow.kind == colleague_came.KIND).order_by(OutboxRow.id)
        return list(db.session.scalars(rows))


def came(provider: Provider, row: OutboxRow) -> list[str]:
    with provider.app.app_context():
        return [each.name for each in colleague_came.came(row)]


def test_administrators_hear_of_everybody_who_came(provider: Provider, people: People) -> None:
    provider.welcome("noor@voorbeeld.nl", displayName="Noor")
    provider.patch(str(people.bram.id), OFF)
    provider.patch(str(people.bram.id), ON)
    provider.patch(str(people.otto.id), {"op": "replace", "path": "displayName", "value": "Otto Bos"})
    provider.welcome("later@voorbeeld.nl", displayName="Later", active=False)
    told = mails(provider)
    assert {row.recipient for row in told} == {f"person:{people.ada.id}"}
    assert {name for row in told for name in came(provider, row)} == {"Bram Jansen", "Noor"}
    assert all(row.due_at <= clock.now() + timedelta(minutes=11) for row in told)


def written(provider: Provider) -> Mail | Skip:
    """The one mail as it goes out."""
    (row,) = mails(provider)
    with provider.app.app_context():
        found = letters.compose(row, row.due_at)
    assert not isinstance(found, Later)
    return found if isinstance(found, Skip) else found[0]


def test_the_mail_names_them_and_is_not_sent_when_they_were_sent_away(provider: Provider) -> None:
    told = provider.welcome("noor@voorbeeld.nl", displayName="Noor Bakker")
    mail = written(provider)
    assert isinstance(mail, Mail)
    assert (mail.subject[:18], "Noor Bakker (noor@voorbeeld.nl)" in mail.text) == ("Er is 1 collega bi", True)
    provider.patch(told["id"], OFF)
    assert isinstance(written(provider), Skip)


def test_of_whom_an_administrator_lets_in_nobody_hears(provider: Provider, browser: Browser, people: People) -> None:
    browser.sign_in(people.ada).post(f"/people/{people.gone.id}/reactivation")
    assert mails(provider) == []
