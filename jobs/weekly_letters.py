"""Writes the weekly reminder: three names, each with the way to reach them and a link by which it is logged."""

from datetime import datetime
from typing import NamedTuple

from app import clock
from app.db import db, write
from app.domain.actions import log_link, reminder
from app.domain.actions.channel_choice import choices
from app.domain.actions.reminder import Reminder
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring.contact_next import NextUp
from app.language import in_language
from app.mail import Mail, public_url, render
from app.words import mails, weekly_reminder
from app.words.occasions import occasions_of
from app.words.reasons import given_name, headline
from app.words.ways import Ready, ready
from jobs import foot


class Line(NamedTuple):
    """One of the three: the best way that will be open in the block, and where its outcome is told."""

    next_up: NextUp
    given_name: str
    way: Ready | None
    done_url: str


def compose(row: OutboxRow, person: Person, language: str, now: datetime) -> Mail | None:
    """The letter as things are now; None when nobody waits."""
    facts = reminder.reminder_for(person, now)
    if facts is None:
        return None
    tokens = _tokens(facts, now)
    with in_language(language):
        lines = [_line(facts, one, tokens[one.candidate.id], now) for one in facts.first]
        told = list(weekly_reminder.lines(facts, clock.local_day(now, the_zone())))
    return render(
        "weekly_reminder",
        language,
        reminder=facts,
        lines=lines,
        told=told,
        headline=headline,
        contact_label=mails.contact_label,
        words=weekly_reminder,
        start_url=public_url("/block"),
        today_url=public_url("/"),
        **foot.of(row, language, facts.program.name),
    )


def _tokens(facts: Reminder, now: datetime) -> dict[int, str]:
    """A link for each; they are there before the letter is, else it would lead nowhere. The list itself is logged."""
    person_id, candidate_ids = facts.person.id, [one.candidate.id for one in facts.first]
    if not candidate_ids:
        return {}
    write(facts.person, facts.program, the_agency())
    made = {candidate_id: log_link.make(person_id, candidate_id, now) for candidate_id in candidate_ids}
    reminder.note(facts, now)
    db.session.commit()
    return made


def _line(facts: Reminder, one: NextUp, token: str, now: datetime) -> Line:
    at = max(now, facts.starts)
    ways = ready(facts.person, one.candidate, choices(one.candidate, at), occasions_of(one), at)
    way = next((each for each in ways if each.href), None)
    return Line(one, given_name(one.candidate), way, public_url(f"/done/{token}"))
