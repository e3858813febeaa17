"""Writes a lead's Monday mail: the team's block of last week, and who waits too long."""

from datetime import datetime

from app.domain.agency.person import Person
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight.lead_week import lead_week
from app.language import in_language
from app.mail import Mail, public_url, render, unsubscribe_url
from app.words import lead_week as words
from app.words import mails


def compose(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """The letter as things are now; None for a lead without a team."""
    facts = lead_week(person, now)
    if facts is None:
        return None
    with in_language(language):
        reason = mails.reason(row.kind, facts.program.name)
    return render(
        row.kind,
        language,
        facts=facts,
        now=now,
        reason=reason,
        words=words,
        urls={each.candidate_id: public_url(f"/candidates/{each.candidate_id}") for each in facts.waiting},
        late_url=public_url("/candidates?spoken=not-30"),
        praise_url=public_url("/kudos"),
        profile_url=public_url("/account"),
        unsubscribe_url=unsubscribe_url(row.recipient, row.kind),
    )
