"""Two candidates' facts made one: chosen facts, the stricter wish, the later clock; each noted, to be taken back."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import contact_state, retention
from app.domain.candidates.candidate import Candidate
from app.domain.custody import choice, duplicate, rewriting, twin
from app.domain.custody.choice import Side
from app.domain.custody.rewriting import Rewriting

CLOCK = ("retention", "keep_until", "acted_at")


def unite(kept: Candidate, other: Candidate, choices: Mapping[str, Side], by: Person, now: datetime) -> list[Rewriting]:
    """Give the one who is kept the facts of both, and close the other one's record."""
    return [
        *_facts(kept, other, choices),
        *rewriting.rewrite("candidate", {"id": kept.id}, {"updated_at": now}),
        *_contact(kept, other, choices),
        *twin.take_over(kept.id, other.id),
        *duplicate.settle(kept.id, other.id, by, now),
        *rewriting.rewrite("candidate", {"id": other.id}, {"merged_into_id": kept.id}),
    ]


def _facts(kept: Candidate, other: Candidate, choices: Mapping[str, Side]) -> list[Rewriting]:
    mine, found = {"id": kept.id}, []
    for fact, values in choice.facts(kept, other, choices).items():
        if fact == "external_id":
            found += _number(kept, other, values["external_id"])
        else:
            found += rewriting.rewrite("candidate", mine, values)
    earliest = choice.earliest(kept.registered_at, other.registered_at)
    return found + rewriting.rewrite("candidate", mine, {"registered_at": earliest})


def _number(kept: Candidate, other: Candidate, chosen: str | None) -> list[Rewriting]:
    """Nobody shares a number: the one that is not chosen stays with the other record, so that it is still known."""
    if chosen == kept.external_id:
        return []
    steps = ((other.id, None), (kept.id, chosen), (other.id, kept.external_id))
    return [
        one for id_, number in steps for one in rewriting.rewrite("candidate", {"id": id_}, {"external_id": number})
    ]


def _contact(kept: Candidate, other: Candidate, choices: Mapping[str, Side]) -> list[Rewriting]:
    both = contact_state.hold_many((kept.id, other.id))
    owner = choice.facts(kept, other, choices)["owner"]["owner_id"]
    facts = [*choice.wishes(both[kept.id], both[other.id]), {"owner_id": owner}]
    united = [one for each in facts for one in rewriting.rewrite("contact_state", {"candidate_id": kept.id}, each)]
    return united + rewriting.rewrite("contact_state", {"candidate_id": other.id}, {"owner_id": None})


def keep_longer(kept: Candidate, other: Candidate, now: datetime) -> list[Rewriting]:
    """The clock of both together: the later own act counts."""
    mine = {"id": kept.id}
    before = rewriting.read("candidate", mine, CLOCK)
    rewriting.rewrite("candidate", mine, {"acted_at": choice.latest(kept.acted_at, other.acted_at)})
    retention.reckon(kept.id, now)
    return rewriting.since("candidate", mine, before)


def possible(rewritten: Iterable[Rewriting], kept: Candidate, other: Candidate) -> list[Rewriting]:
    """Without the number that somebody else was given since."""
    return [each for each in rewritten if not _taken(each["before"].get("external_id"), kept, other)]


def _taken(number: str | None, kept: Candidate, other: Candidate) -> bool:
    by_others = select(Candidate.id).where(Candidate.external_id == number, Candidate.id.not_in((kept.id, other.id)))
    return number is not None and db.session.scalar(by_others) is not None
