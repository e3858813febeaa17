"""Words about running Fanfare: every job and every kind of mail has a name, and times read as people say them."""

from datetime import timedelta

import pytest

from app.domain.candidates import candidate_mail
from app.domain.notices.catalogue import KINDS
from app.domain.notices.preference import Way
from app.domain.notices.rhythm import EVERY
from app.language import in_language
from app.words import mails, operations
from jobs.letters import WRITERS

SECOND = timedelta(seconds=1)
MAILED = {kind for kind, told in KINDS.items() if Way.MAIL in told.ways and not kind.startswith("alert:")}


def test_every_job_and_every_mail_has_a_name(session: None) -> None:
    kinds = {*MAILED, *WRITERS, *candidate_mail.KINDS}
    with in_language("nl"):
        assert {name for name in EVERY if operations.job_label(name) == name} == set()
        assert {kind for kind in kinds if mails.mail_label(kind) == kind} == set()


def test_whatever_may_be_stopped_has_a_name_within_a_sentence(session: None) -> None:
    optional = {kind for kind, told in KINDS.items() if told.optional and Way.MAIL in told.ways}
    with in_language("nl"):
        assert {kind for kind in optional if mails.mail_name(kind) == mails.mail_name("")} == set()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.25, "0.2 s"), (59, "59 s"), (200, "3 min 20 s"), (86_040, "23 h 54 min")]
)
def test_how_long(session: None, seconds: float, said: str) -> None:
    with in_language("en"):
        assert operations.span(seconds * SECOND) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, "every 5 seconds"), (60, "every minute"), (7_200, "every 2 hours"), (86_400, "every day")]
)
def test_how_often(session: None, seconds: int, said: str) -> None:
    with in_language("en"):
        assert operations.every(seconds) == said
