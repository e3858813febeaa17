"""Writes the mail of the day: candidates who ask for attention first, then the rest of what happened."""

from datetime import datetime

from app import clock
from app.domain.actions import alert_mail, daily_mail
from app.domain.agency.person import Person
from app.domain.notices.catalogue import DAILY
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import program_name
from app.language import in_language
from app.mail import Mail, public_url, render
from app.words import daily, notices
from jobs import foot


def compose(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """The letter as things are now; None when nothing of it is so any more."""
    since, until = clock.parse(row.payload["since"]), clock.parse(row.payload["until"])
    name, topics = program_name(), alert_mail.topics_of(row, now)
    with in_language(language):
        happened = notices.lines(daily_mail.notices(row.recipient, since, until), person, now)
        lines = [daily.of_topic(each, now) for each in topics] + [daily.of_notice(each) for each in happened]
    if not lines:
        return None
    return render(
        DAILY,
        language,
        lines=[each._replace(path=each.path and public_url(each.path)) for each in lines],
        words=daily,
        program=name,
        url=public_url("/notices"),
        **foot.of(row, language, name),
    )
