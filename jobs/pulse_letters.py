"""Writes the mail of the pulse: what is asked, until when, and that nobody sees who said what."""

from datetime import datetime

from app.domain.agency.person import Person
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight import pulse_mail
from app.domain.program.program import program_name
from app.mail import Mail, public_url, render
from jobs import foot


def compose(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """None when there is nothing to answer any more."""
    asked, program = pulse_mail.open_to(person, now), program_name()
    if asked is None:
        return None
    url = public_url("/sponsor/pulse")
    return render(
        row.kind, language, closes_on=asked.closes_on, program=program, url=url, **foot.of(row, language, program)
    )
