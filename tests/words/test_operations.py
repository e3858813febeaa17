"""Words about running Fanfare: every job and every kind of mail has a name, and times read as people say them."""

from datetime import timedelta

import pytest

from app.domain.candidates import candidate_mail
from app.domain.notices.catalogue import KINDS
from app.domain.notices.preference import Way
from app.domain.notices.rhythm import EVERY
from app.language import in_language
from app.words import operations
from jobs.letters import WRITERS

SECOND = timedelta(seconds=1)
MAILED = {kind for kind, told in KINDS.items() if Way.MAIL in told.ways and not kind.startswith("alert:")}


def test_every_job_and_every_mail_has_a_name(session: None) -> None:
    with in_language("en"):
        jobs = {name for name in EVERY if operations.job_label(name) == name}
        kinds = {*MAILED, *WRITERS, *candidate_mail.KINDS}
        mails = {kind for kind in kinds if operations.kind_label(kind) == kind} - {"alert", "competition", "surprise"}
        assert (jobs, mails - {"invitation"}) == (set(), set())


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
