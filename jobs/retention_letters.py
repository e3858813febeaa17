"""Writes the warning to an owner that data of candidates end soon."""

from datetime import datetime

from app.domain.agency.person import Person
from app.domain.custody.retention_warning import warning
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import the_program
from app.mail import Mail, public_url, render
from app.words import retention_mail as words
from app.words.reasons import given_name
from jobs import foot


def compose(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """The letter as things are now; None when nobody's data end soon any more."""
    found, program = warning(person, now), the_program()
    if found is None or program is None:
        return None
    return render(
        row.kind,
        language,
        found=found,
        program=program.name,
        words=words,
        given_name=given_name,
        urls={each.candidate.id: public_url(f"/candidates/{each.candidate.id}") for each in found.first},
        **foot.of(row, language, program.name),
    )
