"""An invitation with its mail: the newest link is the one that is sent."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency import invitation
from app.domain.agency.invitation import LASTS
from app.domain.agency.person import Person
from app.domain.notices import invitation_mail
from app.domain.notices.invitation_mail import Sender
from app.domain.notices.outbox import OutboxRow
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def sender(by: Person | None = None) -> Sender:
    return Sender("Vaste Band", "fanfare.example", lambda token: f"https://fanfare.example/{token}", by)


def rows() -> list[OutboxRow]:
    return list(db.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_the_link_goes_to_the_person_and_comes_back_once() -> None:
    sanne = make.person("Sanne")
    url = invitation_mail.send(sanne, sender(make.person("Ada")), NOW)
    assert invitation.invitee(url.rpartition("/")[2], NOW) is sanne
    row = rows()[0]
    assert row.payload == {"name": "Sanne", "inviter": "Ada", "url": url, "program": "Vaste Band"}
    assert (row.kind, row.recipient, row.not_after) == ("invitation", f"person:{sanne.id}", NOW + LASTS)


def test_a_newer_link_takes_the_place_of_the_mail_before() -> None:
    sanne = make.person("Sanne")
    for _ in range(2):
        invitation_mail.send(sanne, sender(), NOW)
    assert [row.state for row in rows()] == ["skipped", "pending"]


def test_without_an_address_there_is_only_the_link() -> None:
    sanne = make.person("Sanne")
    sanne.email = None
    assert invitation_mail.send(sanne, sender(), NOW).startswith("https://fanfare.example/")
    assert rows() == []


def test_a_mail_whose_link_ended_is_not_sent() -> None:
    sanne = make.person("Sanne")
    invitation_mail.send(sanne, sender(), NOW)
    invitation_mail.forget_ended(sanne, NOW)
    assert [row.state for row in rows()] == ["pending"]
    invitation.withdraw(sanne.id)
    invitation_mail.forget_ended(sanne, NOW)
    assert [row.state for row in rows()] == ["skipped"]
