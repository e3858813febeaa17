"""What the person who looks should know about themselves: adjusted points, surprises, what stood out, new rules."""

from datetime import timedelta
from typing import NamedTuple

from flask import url_for

from app import clock
from app.domain.agency.person import Person
from app.domain.game import adjustment
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Surprise
from app.domain.oversight import concerns
from app.domain.program.program import Program
from app.language import gettext as _
from app.language import ngettext
from app.words.money import euros

TOLD_FOR = timedelta(days=7)


class Notice(NamedTuple):
    """A sentence, and the page on which the rest stands."""

    text: str
    href: str
    label: str


def notices(person: Person, program: Program) -> list[Notice]:
    """Adjustments and surprises of the last week, what stood out until seen, and new rules until read."""
    since = clock.now() - TOLD_FOR
    there = concerns.of(person, program.id, since)
    rows = adjustment.settled_since(person.id, since) if there.adjusted else []
    found = [_adjusted(row.points, row.reason) for row in rows]
    if there.surprised:
        found += [_surprise(row) for row in surprise.given_since(person.id, since)]
    if there.unusual:
        text = _("Something in how you log stands out. You see it before anybody else.")
        found.append(Notice(text, url_for("account.recorded"), _("Look at it")))
    if there.rules:
        found.append(Notice(_("There is something new in the rules."), url_for("program.about"), _("Read what")))
    return found


def _surprise(row: Surprise) -> Notice:
    text = _("The sponsor surprises you: %(text)s", text=row.text)
    if row.cents:
        text = _(
            "The sponsor surprises you, with something worth %(value)s: %(text)s", value=euros(row.cents), text=row.text
        )
    return Notice(text, url_for("feed.page"), _("What went well"))


def _adjusted(points: int, reason: str) -> Notice:
    text = ngettext(
        "Your points were adjusted by %(points)s point: %(reason)s",
        "Your points were adjusted by %(points)s points: %(reason)s",
        abs(points),
        points=f"{points:+d}",
        reason=reason,
    )
    return Notice(text, url_for("account.recorded"), _("See it all"))
