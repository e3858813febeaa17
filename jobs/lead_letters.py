"""Writes a lead's Monday mail: the team's block of last week, and who waits too long."""

from datetime import datetime

from app.domain.agency.person import Person
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight.lead_week import lead_week
from app.mail import Mail, public_url, render
from app.words import lead_week as words
from jobs import foot


def compose(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """The letter as things are now; None for a lead without a team."""
    facts = lead_week(person, now)
    if facts is None:
        return None
    return render(
        row.kind,
        language,
        facts=facts,
        now=now,
        words=words,
        urls={each.candidate_id: public_url(f"/candidates/{each.candidate_id}") for each in facts.waiting},
        late_url=public_url("/candidates?owner=team&signal=late"),
        praise_url=public_url("/kudos"),
        **foot.of(row, language, facts.program.name),
    )
