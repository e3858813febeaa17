"""Writes the mails about competitions, to whoever still takes part."""

from datetime import datetime
from typing import NamedTuple

from app.db import db
from app.domain.game import appearance
from app.domain.game.competing.announcing import Moment
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import entrant_of
from app.domain.game.competing.finalising import TO_OBJECT
from app.domain.game.competing.own_part import OwnPart
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import program_name, the_program
from app.language import current, in_language
from app.mail import Mail, public_url, render
from app.words import competition_formats, contest_letters, own_part
from jobs import foot


class Said(NamedTuple):
    """A moment of a competition as it is for one person."""

    competition: Competition
    moment: Moment
    lines: list[str]
    invitation: str
    url: str


def compose(row: OutboxRow, person_id: int, language: str, now: datetime) -> Mail | None:
    """The letter; None when it was cancelled, is told by another one by now, or they take part no more."""
    said = told(row, person_id, language, now)
    if not isinstance(said, Said):
        return said
    name = program_name()
    return render(
        "competition",
        language,
        program=name,
        words=contest_letters,
        **said._asdict(),
        **foot.of(row, language, name),
    )


def told(row: OutboxRow, person_id: int, language: str, now: datetime) -> Said | None:
    """What there is to tell somebody, by mail or in their chat; None as above."""
    competition = so_still(row)
    entrant = competition and entrant_of(competition.id, person_id)
    if not competition or not entrant or entrant.declined_at:
        return None
    moment = Moment(row.payload["moment"])
    with in_language(language):
        lines = _lines(row, competition, moment, now)
        invitation = "" if entrant.joined_at else contest_letters.invitation()
    return Said(competition, moment, lines, invitation, public_url(f"/contests/{competition.id}"))


def so_still(row: OutboxRow) -> Competition | None:
    """The competition that a message is about, when nothing has overtaken what it says."""
    found = db.session.get(Competition, int(row.payload["competition_id"]))
    return found if found and _is_so(found, Moment(row.payload["moment"])) else None


def _is_so(competition: Competition, moment: Moment) -> bool:
    """A competition that was cancelled is told of no more, nor a provisional result after the final one."""
    if competition.cancelled_at:
        return False
    return moment is not Moment.PROVISIONAL or competition.final_at is None


def _lines(row: OutboxRow, competition: Competition, moment: Moment, now: datetime) -> list[str]:
    found = [contest_letters.until_when(competition, moment, contest_letters.today_of(now))]
    if moment is Moment.START:
        return [competition_formats.format_sentence(competition.format), *found]
    if won := row.payload["won"]:
        found.insert(0, contest_letters.won(won))
    part = OwnPart(**row.payload["part"])
    if stands := own_part.stands(part, _name(part.other_id)):
        found.insert(0, f"{stands}.")
    if moment is Moment.PROVISIONAL and competition.reviewed_at:
        found.append(contest_letters.objection(competition.reviewed_at + TO_OBJECT))
    return [line for line in found if line]


def _name(person_id: int | None) -> str | None:
    """As mails may name somebody: under the name by which they appear to everybody."""
    program = the_program()
    return appearance.names_for(program, None, [person_id], current())[person_id] if program and person_id else None
