"""A compliment of the sponsor for everybody of a team at once: the same words to each, and no points."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.agency import person as people
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import feed
from app.domain.game.adjustment import SentBefore
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import SOURCE, Surprise, gives
from app.domain.game.running import NotAllowed
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program.program import Program


def praise(program: Program, team: Team, text: str, *, by: Person, now: datetime, key: bytes) -> int:
    """Say it to each who works in the team now; answers to how many. The same key is the same compliment.

    Raises:
        NotAllowed: one is not the sponsor.
        ValueError: there are no words, or too many.
        SentBefore: under this key something else was said.
    """
    text = text.strip()
    if not 0 < len(text) <= surprise.LONGEST:
        raise ValueError(text)
    if not gives(by, program):
        raise NotAllowed
    keys = {_key(key, each): each for each in members(team, by)}
    if said := _said(keys):
        if set(said) != {text}:
            raise SentBefore
        return len(said)
    told = _say(program, text, keys, by=by, now=now)
    feed.tell_each(program.id, feed.Told.SURPRISE, told, team_id=team.id, now=now)
    facts = {name_person(whose): {"surprise_id": row_id} for row_id, whose in told.items()}
    notice.tell_each(SOURCE, facts, period=key.hex(), now=now)
    return len(told)


def members(team: Team, by: Person) -> Sequence[Person]:
    """Who hears it: everybody who works in a team now, but oneself."""
    return [each for each in people.of_team(team.id) if each.id != by.id]


def _key(key: bytes, person: Person) -> bytes:
    """That of one person's row among those of a press."""
    return blake2b(str(person.id).encode(), digest_size=16, key=key).digest()


def _said(keys: Collection[bytes]) -> list[str]:
    """What was said under these before."""
    return list(db.session.scalars(select(Surprise.text).where(Surprise.key.in_(keys))))


def _say(program: Program, text: str, keys: Mapping[bytes, Person], *, by: Person, now: datetime) -> Mapping[int, int]:
    """The number of each one's row, with whose it is."""
    same = {"program_id": program.id, "giver_id": by.id, "text": text, "given_at": now}
    same |= {"cents": 0, "kind_of_reward": "symbolic"}
    rows = [same | {"receiver_id": each.id, "key": key} for key, each in keys.items()]
    once = insert(Surprise).on_conflict_do_nothing(index_elements=["key"])
    fresh = db.session.execute(once.returning(Surprise.id, Surprise.receiver_id), rows) if rows else ()
    return {row[0]: row[1] for row in fresh}
