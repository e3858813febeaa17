"""Writes the mails about rewards and surprises, as things are when they go out."""

from collections.abc import Callable

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding import redemption
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.reward import Reward
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import program_name
from app.mail import Mail, public_url, render
from app.words import handing
from app.words import reward as words
from app.words.money import euros
from jobs import foot

Compose = Callable[[OutboxRow, str], Mail | None]


def waits(row: OutboxRow, language: str) -> Mail | None:
    """One waits for those who run it; None when that is no longer so."""
    asked = _so_still(row)
    return _letter(row, language, "/budget/requests", waits=handing.waits, **_facts(asked)) if asked else None


def decided(row: OutboxRow, language: str) -> Mail | None:
    """What they asked for was decided; None when it went on since."""
    asked = _so_still(row)
    if asked is None:
        return None
    moves = redemption.moves_of([asked.id])[asked.id]
    said = next((each.note for each in reversed(moves) if each.state == asked.state), "")
    return _letter(row, language, "/rewards", said=said, decided=handing.decided, **_facts(asked))


def surprised(row: OutboxRow, language: str) -> Mail | None:
    """The sponsor surprised them."""
    given = db.session.get(Surprise, row.payload["surprise_id"])
    if given is None:
        return None
    who = db.session.get_one(Person, given.giver_id).name
    path = "/rewards" if given.cents else "/feed"
    return _letter(row, language, path, surprise=given, who=who, euros=euros)


def _so_still(row: OutboxRow) -> Redemption | None:
    """What was asked for, as long as it is no further than when the mail was planned."""
    asked = db.session.get(Redemption, row.payload["redemption_id"])
    return asked if asked and asked.state == row.payload["state"] else None


def _facts(asked: Redemption) -> dict[str, object]:
    return {
        "asked": asked,
        "reward": db.session.get_one(Reward, asked.reward_id),
        "who": db.session.get_one(Person, asked.person_id).name,
        "words": words,
    }


def _letter(row: OutboxRow, language: str, path: str, /, **facts: object) -> Mail:
    name = program_name()
    facts |= foot.of(row, language, name)
    return render(row.kind, language, program=name, url=public_url(path), **facts)
