"""Writes the weekly reminder: three names, each with the way to reach them and a link by which it is logged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app import clock
from app.db import db, write
from app.domain.actions import log_link, reminder
from app.domain.actions.channel_choice import Choice, choices_of
from app.domain.actions.reminder import Reminder
from app.domain.agency.agency import the_zone
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


class Sheet(NamedTuple):
    """What a letter is written from: its facts, and of each whom it names the ways to them and the link's token."""

    facts: Reminder
    ways: Mapping[int, Sequence[Choice]]
    tokens: Mapping[tuple[int, int], str]


def gather(people: Sequence[Person], now: datetime) -> dict[int, Sheet]:
    """The letters of some people as things are now, by whose they are; of those to whom nobody waits there is none.

    The links are there before the letters are, else they would lead nowhere. The lists themselves are logged.
    """
    told = reminder.reminders_for(people, now)
    if not told:
        return {}
    ways, named = _ways(told.values(), now), [(who, one) for who, facts in told.items() for one in _named(facts)]
    write(*db.session())  # the letters tell what was so when it was asked
    tokens = log_link.make_all(named, now)
    reminder.note(told.values(), now)
    db.session.commit()
    return {who: Sheet(facts, ways, tokens) for who, facts in told.items()}


def compose(row: OutboxRow, sheet: Sheet, language: str, now: datetime) -> Mail:
    """The letter."""
    facts = sheet.facts
    with in_language(language):
        lines = [_line(sheet, one, now) for one in facts.first]
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


def _named(facts: Reminder) -> list[int]:
    return [one.candidate.id for one in facts.first]


def _ways(told: Iterable[Reminder], now: datetime) -> dict[int, Sequence[Choice]]:
    """How everybody who is named can be reached in the block that is theirs."""
    named = defaultdict[datetime, list[int]](list)
    for facts in told:
        named[max(now, facts.starts)] += _named(facts)
    return {who: ways for at, ids in named.items() for who, ways in choices_of(ids, at).items()}


def _line(sheet: Sheet, one: NextUp, now: datetime) -> Line:
    person, candidate = sheet.facts.person, one.candidate
    chosen = sheet.ways.get(candidate.id, ())
    ways = ready(person, candidate, chosen, occasions_of(one), max(now, sheet.facts.starts))
    way = next((each for each in ways if each.href), None)
    token = sheet.tokens[person.id, candidate.id]
    return Line(one, given_name(candidate), way, public_url(f"/done/{token}"))
