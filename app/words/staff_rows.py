"""The rows about somebody, as they read them: the telling columns in words, the newest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.domain.agency.person import Role
from app.domain.custody.access import Section
from app.domain.game.recognition.badges import Badge
from app.domain.notices.alert import AlertKind
from app.domain.program.action_kind import ActionKind
from app.language import gettext as _
from app.words import explained, notice_kinds, role_label, unusual
from app.words.access import Told, cell
from app.words.alerts import kind_name
from app.words.audit import labels
from app.words.badge import badge_name
from app.words.comparing import weekdays_sentence
from app.words.feed import sign_label
from app.words.looking import looked_at
from app.words.mails import mail_label
from app.words.money import euros
from app.words.program import kind_label, wall_time, weekday_name
from app.words.staff_labels import CODES, COLUMNS
from app.words.staff_titles import TITLES


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers in the rows stand for: kinds of action, and candidates whom the reader may see."""

    kinds: Mapping[int, ActionKind]
    candidates: Mapping[int, str]


@dataclass(slots=True)
class Row:
    """A row of the ledger, as far as its sentence needs it."""

    kind: str
    reason: str
    points: int


def told(sections: Iterable[Section], counts: Mapping[str, int], names: Names) -> list[Told]:
    """The sections as people read them; `counts` says how many rows each table has in all."""
    return [_told(section, counts.get(section.table, len(section.rows)), names) for section in sections]


def _told(section: Section, total: int, names: Names) -> Told:
    columns = COLUMNS[section.table]
    rows = [[_cell(section.table, column, facts, names) for column in columns] for facts in section.facts()][::-1]
    filled = [at for at in range(len(columns)) if any(row[at] is not None for row in rows)]
    return Told(
        table=section.table,
        title=str(TITLES[section.table]),
        columns=[str(label) for at, label in enumerate(columns.values()) if at in filled],
        rows=[[row[at] for at in filled] for row in rows],
        total=total,
    )


def _cell(table: str, column: str, facts: Mapping[str, Any], names: Names) -> object:
    value = facts[column]
    if table == "ledger_entry" and column == "action_kind_id":
        return explained.why(Row(facts["kind"], facts["reason"], facts["points"]), names.kinds.get(value))
    if value is None:
        return None
    if column == "candidate_id":
        return names.candidates.get(value, _("a candidate of others"))
    if column == "kind_id":
        return kind_label(names.kinds[value]) if value in names.kinds else None
    codes = CODES.get(f"{table}.{column}") or CODES.get(column, {})
    if value in codes:
        return str(codes[value])
    return _in_words(table, column, value)


def _in_words(table: str, column: str, value: Any) -> object:  # noqa: ANN401 - whatever a column holds
    said = SAID.get(f"{table}.{column}")
    try:
        return said(value) if said else cell("", value)
    except (KeyError, ValueError):
        return cell("", value)


def kind_told(kind: str) -> str:
    """As where one chooses what one is told; what nobody chooses is called as its mail is."""
    try:
        return notice_kinds.kind(kind).name
    except KeyError:
        return mail_label(kind)


SAID: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "person.role": lambda role: role_label(Role(role)),
        "contract.weekdays": weekdays_sentence,
        "block.weekday": weekday_name,
        "block.starts": wall_time,
        "alert.kind": lambda kind: kind_name(AlertKind(kind)),
        "anomaly.kind": unusual.kind_name,
        "audit_entry.what": lambda code: labels()[code],
        "notice.kind": kind_told,
        "outbox.kind": kind_told,
        "unsubscription.kind": kind_told,
        "person_view.what": looked_at,
        "reaction.sign": sign_label,
        "badge_award.badge": lambda badge: badge_name(Badge(badge)),
        "redemption.cents": euros,
        "prize_award.cents": euros,
        "surprise.cents": euros,
    }
)
