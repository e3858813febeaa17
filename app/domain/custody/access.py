"""Access: everything that is known of a candidate, complete because it follows the tags of the tables themselves."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

import orjson
from sqlalchemy import Column, ColumnElement, FromClause, Table, or_, select

from app.db import Base, db
from app.domain.agency.agency import the_agency
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.label import Label
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.journey.vacancy import Vacancy
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_candidate
from app.domain.program.action_kind import ActionKind
from app.domain.scoring.engagement import explain, score_of

CANDIDATE = cast("Table", Candidate.__table__)
LABEL, ACTION = cast("Table", Label.__table__), cast("Table", ActionKind.__table__)
VACANCY = cast("Table", Vacancy.__table__)
EVENT, OUTBOX = cast("Table", TouchpointKind.__table__), cast("Table", OutboxRow.__table__)
MAILS = ("kind", "due_at", "sent_at", "state")
MOST_SIGNALS = 100_000
ORDER = (
    "candidate",
    "identity",
    "candidate_label",
    "channel_preference",
    "consent",
    "question",
    "stage_move",
    "contact_state",
    "promise",
    "engagement_action",
    "touchpoint",
    "application",
    "application_move",
    "feedback",
    "recovery",
    "fan_moment",
    "coming_back",
    "visitor",
    "tracked_link",
    "candidate_link",
)
ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "channel_preference": ("purpose",),
        "promise": ("made_at", "kept_at", "withdrawn_at"),
        "engagement_action": ("kind_id", "source", "undone_at"),
        "touchpoint": ("source", "reversed_at"),
        "candidate_link": ("expires_at",),
        "import_change": ("added",),
        "merge": ("merged_at", "undone_at"),
    }
)
"""What is not about the candidate, yet without it the rows of a table could not be understood."""

NAMED: Mapping[str, Mapping[str, ColumnElement[Any]]] = MappingProxyType(
    {
        "candidate_label.label_id": {"label_kind": LABEL.c.kind, "label": LABEL.c.name},
        "engagement_action.kind_id": {
            "kind": ACTION.c.code,
            "kind_nl": ACTION.c.label_nl,
            "kind_en": ACTION.c.label_en,
        },
        "application.vacancy_id": {"vacancy": VACANCY.c.reference, "vacancy_title": VACANCY.c.title},
        "touchpoint.kind": {"kind": EVENT.c.code, "kind_nl": EVENT.c.label_nl, "kind_en": EVENT.c.label_en},
    }
)
"""Numbers of other rows, and what is shown in their place."""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows that one table has of a candidate, oldest first; the columns have the table's own names."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def facts(self) -> Iterator[dict[str, Any]]:
        """Each row with the names of its columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


def facts_of(candidate_id: int) -> list[Section]:
    """All that is known of a candidate and of those who were merged into them; tables without a row are left out."""
    ids = one_person(candidate_id)
    sections = [_section(table, ids) for table in tables()]
    return [section for section in [*sections, _mails(ids)] if section.rows]


def as_json(candidate_id: int, now: datetime) -> bytes:
    """The same with the score and what it is made of, for a machine to read."""
    agency = the_agency()
    told = {
        "agency": agency.name if agency else "",
        "made_at": now,
        "candidate": candidate_id,
        "known": {section.table: list(section.facts()) for section in facts_of(candidate_id)},
        "score": _score(candidate_id, now),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str)


def tables() -> list[Table]:
    """The tables that hold something personal of candidates, the most telling ones first."""
    found = [table for table in Base.metadata.tables.values() if refers(table) and any(map(personal, table.c))]
    places = {name: place for place, name in enumerate(ORDER)}
    return sorted(found, key=lambda table: (places.get(table.name, len(places)), table.name))


def refers(table: Table) -> list[Column[Any]]:
    """The columns that say of which candidate a row is; who referred whom is the other one's own fact."""
    if table is CANDIDATE:
        return [CANDIDATE.c.id]
    return [column for column in table.c if any(key.column is CANDIDATE.c.id for key in column.foreign_keys)]


def personal(column: Column[Any]) -> bool:
    """Whether a column is tagged as holding what is known of a candidate."""
    return bool(column.info.get("personal"))


def one_person(candidate_id: int) -> list[int]:
    """A candidate and everybody who was merged into them."""
    return with_merged([candidate_id])


def with_merged(candidate_ids: Collection[int]) -> list[int]:
    """The same for some hundreds."""
    ids = newest = list(candidate_ids)
    while newest:
        merged = select(Candidate.id).where(Candidate.merged_into_id.in_(newest))
        newest = [each for each in db.session.scalars(merged) if each not in ids]
        ids = ids + newest
    return ids


def _section(table: Table, ids: Sequence[int]) -> Section:
    shown = dict(_shown(table))
    about = or_(*[column.in_(ids) for column in refers(table)])
    columns = [column.label(name) for name, column in shown.items()]
    query = select(*columns).select_from(_joined(table)).where(about).order_by(*table.primary_key)
    return Section(table.name, tuple(shown), [tuple(row) for row in db.session.execute(query)])


def _shown(table: Table) -> Iterator[tuple[str, ColumnElement[Any]]]:
    for column in table.c:
        if personal(column) or column.name in ALSO.get(table.name, ()):
            yield from NAMED.get(f"{table.name}.{column.name}", {column.name: column}).items()


def _joined(table: Table) -> FromClause:
    joined: FromClause = table
    for column in table.c:
        if f"{table.name}.{column.name}" in NAMED:
            (key,) = column.foreign_keys
            joined = joined.join(key.column.table, column == key.column)
    return joined


def _mails(ids: Sequence[int]) -> Section:
    """What was mailed to them; the outbox names its recipients without pointing at a row."""
    recipients = [name_candidate(each) for each in ids]
    query = select(*[OUTBOX.c[name] for name in MAILS]).where(OUTBOX.c.recipient.in_(recipients))
    return Section(OUTBOX.name, MAILS, [tuple(row) for row in db.session.execute(query.order_by(OUTBOX.c.id))])


def _score(candidate_id: int, now: datetime) -> dict[str, Any] | None:
    """Nothing where there is no score: no signals yet, or the candidate objects to having one."""
    score = score_of(candidate_id, now)
    if score.tau is None:
        return None
    signals = [award._asdict() for award in explain(candidate_id, now, MOST_SIGNALS)]
    return {"value": score.value, "of_100": score.shown, "warm_until": score.warm_until, "signals": signals}
