"""What sources call things that nobody has mapped yet: how often each came, and making a kind of one's own of it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, func, select, union_all

from app.db import db
from app.domain.journey import event_name
from app.domain.journey.event_name import EventName
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.journey.visit import Visit

MOST = 300
LOOKED_AT = 100_000
OTHERS = "other event"
KINDS = cast("Table", TouchpointKind.__table__)
TOUCHPOINTS = cast("Table", Touchpoint.__table__)
VISITS = cast("Table", Visit.__table__)


class Unknown(NamedTuple):
    """What sources call something, one of the ways in which they write it; `times` among the newest signals."""

    name: str
    times: int
    last_at: datetime | None


def kinds_of(names: Collection[str]) -> dict[str, str | None]:
    """The kind of every name as it was sent, mapped or not; None: to be passed over."""
    mapped = event_name.kinds_of({event_name.folded(name) for name in names})
    found = {name: mapped[event_name.folded(name)] for name in names if event_name.folded(name) in mapped}
    unmapped = {name for name in names if event_name.folded(name) not in event_name.RESERVED} - set(found)
    return found | (kept_as(unmapped) if unmapped else {})


def kept_as(names: Collection[str]) -> dict[str, str]:
    """The code under which names that nobody mapped are kept: their own, beyond three hundred one for all others."""
    present = set(db.session.scalars(select(TouchpointKind.code).where(TouchpointKind.code.in_(names))))
    left = MOST - (_count() if set(names) - present else 0)
    found = {name: name for name in present}
    for name in sorted(set(names) - present):
        found[name] = name if left > 0 else OTHERS
        left -= 1
    return found


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(TouchpointKind).where(~TouchpointKind.known)) or 0


def listed() -> list[Unknown]:
    """What nobody mapped yet, most often heard of first."""
    codes = {code: event_name.folded(code) for code in codes_of()}
    mapped = set(db.session.scalars(select(EventName.name).where(EventName.name.in_(set(codes.values())))))
    counts, last, written = Counter[str](), dict[str, datetime](), {key: code for code, key in codes.items()}
    for code, count, at in _heard(codes):
        key = codes[code]
        counts[key] += count
        last[key] = max(at, last.get(key, at))
    found = [Unknown(written[key], counts[key], last.get(key)) for key in written if key not in mapped]
    return sorted(found, key=lambda each: (-each.times, each.name.casefold()))


def codes_of(name: str | None = None) -> list[str]:
    """The codes of kinds that nobody knows, all or those that are one name but for its capitals."""
    codes = db.session.scalars(select(TouchpointKind.code).where(~TouchpointKind.known).order_by(TouchpointKind.code))
    return [code for code in codes if name is None or event_name.folded(code) == name]


def _heard(codes: Collection[str]) -> Iterator[tuple[str, int, datetime]]:
    """How often, and when last, among the newest signals and what waits of visitors."""
    newest = event_name.newest_signal() - LOOKED_AT
    ours = select(TOUCHPOINTS.c.kind, TOUCHPOINTS.c.occurred_at).where(TOUCHPOINTS.c.id > newest)
    theirs = select(VISITS.c.kind, VISITS.c.occurred_at)
    both = union_all(
        ours.where(TOUCHPOINTS.c.kind.in_(codes)),
        theirs.where(VISITS.c.kind.in_(codes)),
    ).subquery()
    rows = select(both.c.kind, func.count(), func.max(both.c.occurred_at)).group_by(both.c.kind)
    yield from db.session.connection().execute(rows) if codes else ()


def make_kind(label_nl: str, label_en: str, role: KindRole) -> TouchpointKind:
    """A kind of the agency's own, coded after its English name; it has no points until it is given some."""
    plain = re.sub(r"[^a-z0-9]+", "_", label_en.casefold()).strip("_")[:60] or "kind"
    number, code = 1, plain
    while db.session.get(TouchpointKind, code) is not None:
        number += 1
        code = f"{plain}_{number}"
    row = TouchpointKind(code=code, label_nl=label_nl, label_en=label_en, role=role, known=True)
    db.session.add(row)
    db.session.flush()
    return row
