"""What is asked of the journey: a period, and a part of the pool, read from an address and written to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import request

from app import clock
from app.domain.agency.person import Person
from app.domain.candidates import segment, wanted
from app.domain.candidates.segment import BUILT_IN, Segment
from app.domain.oversight import quiet
from app.domain.oversight.journey_scope import LONGEST_ROLE, Scope, Span, scope_of
from app.domain.program.program import may_name, the_program
from app.web.language import zone_name

NARROWED = ("region", "skill", "tag")


@dataclass(frozen=True, slots=True)
class Asked:
    """`segment` is a built-in name or the number of a saved one; `facts` narrow further."""

    span: Span
    segment: str
    role: str
    facts: Mapping[str, str]

    @property
    def address(self) -> dict[str, Any]:
        """What stands in an address; what is as usual stays out of it."""
        span = {} if self.span is Span.MONTH else {"period": str(self.span)}
        told = {"segment": self.segment, "role": self.role, **self.facts}
        return span | {name: text for name, text in told.items() if text}


def asked() -> Asked:
    """What the address of this request asks; whatever cannot be meant is as usual."""
    span = request.args.get("period", "")
    return Asked(
        span=Span(span) if span in set(Span) else Span.MONTH,
        segment=_text("segment"),
        role=_text("role")[:LONGEST_ROLE],
        facts={name: _text(name) for name in NARROWED},
    )


def _text(name: str) -> str:
    return " ".join(request.args.get(name, "")[:100].split())


def scope(person: Person, question: Asked) -> Scope:
    """Of whom and of when it is, as somebody may see it."""
    now = clock.now()
    address: dict[str, list[str]] = dict(_segment(person, question.segment))
    address |= {name: [text] for name, text in question.facts.items() if text}
    which = wanted.read(address, quiet.as_of(now, ZoneInfo(zone_name())))
    return scope_of(person, question.span, which, question.role, now)


def _segment(person: Person, name: str) -> Mapping[str, list[str]]:
    """The question of a segment; one that is not there, or not theirs, asks nothing."""
    if name in BUILT_IN:
        return BUILT_IN[name]
    for row in segments(person) if name else ():
        if str(row.id) == name:
            return cast("Mapping[str, list[str]]", row.query)
    return {}


def segments(person: Person) -> list[Segment]:
    """The saved ones that one may ask for; while people may not be named, none of whom certain people look after."""
    found, named = segment.seen_by(person), may_name(the_program())
    return [row for row in found if named or not wanted.read(row.query).of_owners]
