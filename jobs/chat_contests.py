"""Writes what the chats of teams and of the agency hear of a competition: as a screen on the wall may show it."""

from datetime import datetime

from app.chat import Link, Message
from app.domain.game import appearance
from app.domain.game.competing import scoreboard
from app.domain.game.competing.announcing import Moment
from app.domain.game.competing.competition import Competition
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import the_program
from app.language import current
from app.language import gettext as _
from app.mail import public_url
from app.words import competition as words
from app.words import contest_letters
from jobs import contest_letters as contests


def for_all(row: OutboxRow, now: datetime) -> Message | None:
    """The message; None when something has overtaken it. Who won is said when it is final, and not before."""
    competition, moment = contests.so_still(row), Moment(row.payload["moment"])
    if competition is None:
        return None
    ended = [_outcome(competition)] if moment is Moment.FINAL else []
    until = contest_letters.until_when(competition, moment, contest_letters.today_of(now))
    link = Link(_("To the competition"), public_url(f"/contests/{competition.id}"))
    return Message(contest_letters.headline(moment, competition.name), [*filter(None, ended), until], [link])


def _outcome(competition: Competition) -> str:
    """Sides by what they are called, people by the name under which they appear to everybody, if they do."""
    result, program = scoreboard.result_of(competition), the_program()
    if result is None or program is None:
        return ""
    told = scoreboard.told(result)
    if told.sides:
        return f"{words.outcome(competition, told, scoreboard.side_names([competition.id]))}."
    first = [line.subject_id for line in told.people if line.place == 1]
    names = appearance.names_for(program, None, first, current())
    return f"{words.outcome(competition, told, {each: name or '' for each, name in names.items()})}."
