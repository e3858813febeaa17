"""What a mail brings: what was opened waits for its verdict, what was said or filled in counts at once."""

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.actions import arriving
from app.domain.actions.arriving import Arrival
from app.domain.actions.event import Happened, Sender, Subject
from app.domain.journey import source, touchpoint_kind, unknown_kind
from app.domain.journey.settling import Settling
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole
from tests import make
from tests.domain.scoring.scene import NOW


@pytest.fixture
def own_kind(session: None) -> str:
    touchpoint_kind.install_preset()
    return unknown_kind.make_kind("Nieuwsbrief gelezen", "Newsletter read", KindRole.VISIT).code


def _arrive(kind: str, name: str) -> tuple[str | None, int | None]:
    """The verdict at first, and how many clicks wait for theirs."""
    row, _ = source.make("Mailprogramma", None, NOW)
    event = Happened("m", Subject("a-1"), name, NOW, message="mail", link="1")
    arrival = Arrival(event, kind, make.candidate("Aisha").id)
    arriving.take_in([arrival], Sender(row.id, row.name, trusted=True).mark, NOW)
    return db.session.scalar(select(Touchpoint.verdict)), db.session.scalar(select(func.count()).select_from(Settling))


@pytest.mark.parametrize(
    ("kind", "name"), [("mail_open", "Opened"), ("mail_click", "Newsletter"), ("newsletter_read", "E-mail read")]
)
def test_what_a_scanner_may_open_waits(own_kind: str, kind: str, name: str) -> None:
    assert own_kind == "newsletter_read"
    assert _arrive(kind, name) == ("unknown", 1)


@pytest.mark.parametrize(
    ("kind", "name"), [("inbound_reply", "Email Replied"), ("form", "Email Form"), ("ad_click", "Ad Clicked")]
)
def test_what_no_scanner_does_counts_at_once(session: None, kind: str, name: str) -> None:
    assert _arrive(kind, name) == ("human", 0)
