"""Writes the mails that bring an entry for a calendar: one's follow-up block, and a time that a candidate chose."""

from datetime import datetime
from email.utils import parseaddr

from flask import current_app

from app.domain.actions import block_invitation, calendar
from app.domain.agency.person import Person
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import program_name
from app.language import in_language
from app.mail import CalendarFile, Mail, public_url, render
from app.words import calendar as words
from app.words.program import block_sentence
from app.words.times import appointment, when
from jobs import foot


def block(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """When the block is, with an entry that warns ten minutes before; None when it is another one by now."""
    lasting = block_invitation.lasting(person, now)
    if lasting is None or not block_invitation.is_so(row, lasting):
        return None
    diary = calendar.diary_of(person, now)
    with in_language(language):
        entry = words.invitation(
            diary,
            current_app.config["SETTINGS"].public_host,
            public_url("/"),
            parseaddr(current_app.config["SETTINGS"].mail_from)[1],
        )
        sentence = block_sentence(lasting)
    again = not row.period.startswith("1:")
    mail = render(block_invitation.KIND, language, sentence=sentence, again=again, **_around(row, language))
    return Mail(mail.subject, mail.text, mail.html, CalendarFile(entry, "REQUEST"))


def chosen(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """What a candidate chose of the times that were proposed; None when it was taken back."""
    diary = calendar.diary_of(person, now)
    made = next((each for each in diary.appointments if each.promise_id == row.payload["promise_id"]), None)
    if made is None:
        return None
    with in_language(language):
        entry = words.for_recruiter(made, diary, current_app.config["SETTINGS"].public_host)
        facts = {"when": when(made.starts), "what": appointment(made.candidate.name, made.channel)}
    url = public_url(f"/candidates/{made.candidate.id}")
    mail = render(row.kind, language, candidate=made.candidate, url=url, **facts, **_around(row, language))
    return Mail(mail.subject, mail.text, mail.html, CalendarFile(entry))


def _around(row: OutboxRow, language: str) -> dict[str, str]:
    """What both mails say at their top and their foot."""
    name = program_name()
    return {"program": name, "calendar_url": public_url("/account/calendar"), **foot.of(row, language, name)}
