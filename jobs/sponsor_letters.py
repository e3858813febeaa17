"""Writes what the sponsor reads: three lines a week, and the figures of a month."""

from datetime import datetime

from app.domain.notices.outbox import OutboxRow
from app.domain.oversight.sponsor_month import sponsor_month
from app.domain.oversight.sponsor_week import sponsor_week
from app.domain.oversight.verdict import Verdict
from app.domain.program.program import Program
from app.language import in_language
from app.mail import Mail, public_url, render
from app.words import sponsor_mails as words
from app.words.candidates import stage_label
from app.words.verdict import verdict_sentence
from jobs import foot


def week(row: OutboxRow, language: str, now: datetime) -> Mail | None:
    """The three lines as things are now; None before there is a program."""
    facts = sponsor_week(now)
    return _letter(row, language, facts.program, facts.verdict, facts=facts) if facts else None


def month(row: OutboxRow, language: str, now: datetime) -> Mail | None:
    """The figures of the month that is over; None while there is none."""
    facts = sponsor_month(now)
    if facts is None:
        return None
    return _letter(row, language, facts.program, facts.verdict, facts=facts, now=now, stage_label=stage_label)


def _letter(row: OutboxRow, language: str, program: Program, verdict: Verdict, /, **facts: object) -> Mail:
    with in_language(language):
        sentence = verdict_sentence(verdict)
    return render(
        row.kind,
        language,
        sentence=sentence,
        words=words,
        url=public_url("/sponsor"),
        **foot.of(row, language, program.name),
        **facts,
    )
