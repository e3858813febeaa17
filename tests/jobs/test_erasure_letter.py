"""The mail that somebody asks to be forgotten: to administrators, as long as it is so, and nobody can stop it."""

from datetime import datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import own_data
from app.domain.candidates.link import LinkPurpose
from app.domain.notices.outbox import OutboxRow
from jobs import letters
from jobs.unsent import Later, Skip
from tests.domain.actions.own import Own
from tests.domain.scoring.scene import NOW

KNOWN = LinkPurpose.KNOWN


@pytest.fixture
def own(session: None) -> Own:
    made = Own()
    own_data.ask_erasure(made.visit(KNOWN), NOW, "voorbeeld.nl")
    return made


def written(now: datetime = NOW) -> object:
    row = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == own_data.ERASURE_KIND)).first()
    return letters.compose(row or pytest.fail("none was planned"), now)


def test_it_leads_to_the_candidate_and_cannot_be_stopped(own: Own) -> None:
    made = written()
    assert isinstance(made, tuple), made
    mail, envelope = made
    assert mail.subject == "Een kandidaat vraagt om vergeten te worden"
    assert f"/candidates/{own.pieter.id}" in mail.text
    assert "omdat een kandidaat het vroeg" in mail.text
    assert (envelope.unsubscribe_url, "/unsubscribe/" in mail.text) == (None, False)


def test_outside_working_hours_it_waits(own: Own) -> None:
    evening = NOW.replace(hour=22)
    later = written(evening)
    assert isinstance(later, Later), later
    assert evening < later.at
    assert isinstance(written(later.at), tuple)


def test_taken_back_it_does_not_go(own: Own) -> None:
    own_data.take_erasure_back(own.visit(KNOWN), NOW)
    assert written() == Skip("taken back or done")
