"""Personal data: every column about a candidate is tagged, or it is said why not; and what is tagged is shown."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Double, Integer, String, Table, delete, insert, select, update

from app import tables as all_tables
from app.db import Base, UtcDateTime, db
from app.domain.actions.queue import Queue
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.label import Label, LabelKind
from app.domain.candidates.privacy_terms import PrivacyTerms
from app.domain.custody import access
from app.domain.journey.source import Source
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.journey.vacancy import Vacancy
from app.domain.program.action_kind import ActionKind
from app.domain.scoring.rules import live_for_writing
from app.words import access as words
from app.words.access_labels import COLUMNS, TITLES
from tests import make
from tests.people import make_people

NOW = make.START

OURS = "a key of ours, without meaning to anybody else"
STAFF = "who of the staff it was, which is the staff's own"
ABOUT = "says of whom the row is"
DERIVED = "follows from what is shown"
UPKEEP = "how we keep and count the row, not what the candidate is or did"
OTHER = "a fact of somebody else"
REASONS: dict[str, dict[str, str]] = {
    "application": {"id": OURS, "candidate_id": ABOUT, "changed_by_id": STAFF},
    "application_move": {"id": OURS, "application_id": OURS, "candidate_id": ABOUT, "moved_by_id": STAFF},
    "award_place": {
        "action_id": OURS, "candidate_id": ABOUT, "week": DERIVED, "place_class": UPKEEP, "place": UPKEEP,
        "freed_at": UPKEEP,
    },
    "bullhorn_record": {
        "id": OURS, "entity": UPKEEP, "number": UPKEEP, "heard_at": UPKEEP, "reason": UPKEEP, "name": DERIVED,
        "folded": DERIVED, "who": STAFF, "seen": UPKEEP, "revision": UPKEEP, "new": UPKEEP, "tries": UPKEEP,
        "gone": UPKEEP, "again_at": UPKEEP, "put_away_at": UPKEEP, "about": ABOUT, "job": DERIVED,
        "candidate_id": ABOUT, "action_id": OURS, "number_id": OURS, "moved_at": UPKEEP, "came_off": UPKEEP,
    },
    "candidate": {
        "id": OURS, "owner_id": STAFF, "branch_id": STAFF, "referred_by_id": OTHER, "retention": DERIVED,
        "merged_into_id": ABOUT, "anonymised_at": UPKEEP, "updated_at": UPKEEP,
    },
    "candidate_label": {"candidate_id": ABOUT},
    "candidate_link": {
        "id": OURS, "candidate_id": ABOUT, "token_hash": UPKEEP, "made_by_id": STAFF, "expires_at": DERIVED,
        "ended_at": UPKEEP,
    },
    "candidate_search": {"candidate_id": ABOUT},
    "carerix_score": {"candidate_id": ABOUT, "number": DERIVED, "shown": DERIVED, "answered_at": UPKEEP},
    "cell": {
        "candidate_id": ABOUT, "ruleset_id": OURS, "kind": DERIVED, "local_date": DERIVED, "key": DERIVED,
        "counted": DERIVED, "touchpoint_id": OURS,
    },
    "channel_preference": {"id": OURS, "candidate_id": ABOUT, "purpose": UPKEEP, "recorded_by_id": STAFF},
    "coming_back": {"id": OURS, "candidate_id": ABOUT},
    "contact_start": {"id": OURS, "candidate_id": ABOUT, "person_id": STAFF, "settled_at": UPKEEP},
    "consent": {"id": OURS, "candidate_id": ABOUT, "recorded_by_id": STAFF},
    "contact_state": {
        "candidate_id": ABOUT, "owner_id": STAFF, "last_attempt_by_id": STAFF, "last_attempt_answered": DERIVED,
        "unanswered_1": DERIVED, "unanswered_2": DERIVED, "unanswered_3": DERIVED, "attempts": DERIVED,
        "answers": DERIVED, "reach": DERIVED, "promise_id": OURS, "promise_due_at": DERIVED, "promise_kind": DERIVED,
        "trigger": DERIVED, "trigger_at": DERIVED, "tau": DERIVED, "application_owed_at": DERIVED,
        "recovery_due_at": DERIVED, "claimed_by_id": STAFF, "claimed_until": UPKEEP, "last_contact_at": DERIVED,
    },
    "duplicate_pair": {
        "id": OURS, "first_id": ABOUT, "second_id": ABOUT, "reason": DERIVED, "likeness": DERIVED, "found_at": UPKEEP,
        "decided_at": UPKEEP, "decided_by_id": STAFF,
    },
    "engagement_action": {
        "id": OURS, "person_id": STAFF, "candidate_id": ABOUT, "kind_id": UPKEEP, "local_date": DERIVED,
        "recorded_at": UPKEEP, "source": UPKEEP, "key": OURS, "points": STAFF, "award_reason": STAFF,
        "undone_at": UPKEEP, "undone_by_id": STAFF, "brought": UPKEEP,
    },
    "engagement_score": {"candidate_id": ABOUT, "ruleset_id": OURS, "tau": DERIVED},
    "erasure_wish": {"candidate_id": ABOUT},
    "fan_moment": {
        "id": OURS, "candidate_id": ABOUT, "ruleset_id": OURS, "leaves_at": DERIVED, "silent": UPKEEP,
    },
    "feedback": {
        "id": OURS, "candidate_id": ABOUT, "at_the_end": UPKEEP, "team_id": STAFF, "person_id": STAFF,
        "lapses_at": DERIVED,
    },
    "identity": {"id": OURS, "candidate_id": ABOUT},
    "crm_id": {"id": OURS, "candidate_id": ABOUT},
    "import_change": {
        "import_id": OURS, "candidate_id": ABOUT, "added": UPKEEP, "brought": OURS, "stays": UPKEEP,
        "written_at": UPKEEP, "settled_at": UPKEEP,
    },
    "intake_log": {
        "source_id": OURS, "slot": UPKEEP, "number": UPKEEP, "received_at": UPKEEP, "type": UPKEEP, "event": DERIVED,
        "message_id": DERIVED, "fate": UPKEEP, "candidate_id": ABOUT,
    },
    "log_link": {
        "id": OURS, "token_hash": UPKEEP, "person_id": STAFF, "candidate_id": ABOUT, "made_at": UPKEEP,
        "expires_at": DERIVED, "action_id": OURS,
    },
    "merge": {
        "id": OURS, "candidate_id": ABOUT, "merged_id": ABOUT, "moved": OURS, "merged_by_id": STAFF,
        "merged_at": UPKEEP, "undone_at": UPKEEP,
    },
    "promise": {
        "id": OURS, "candidate_id": ABOUT, "person_id": STAFF, "made_by_action_id": OURS, "made_at": UPKEEP,
        "kept_by_action_id": OURS, "kept_at": UPKEEP, "withdrawn_at": UPKEEP, "kind": UPKEEP, "application_id": OURS,
        "broken_at": UPKEEP,
    },
    "queue_card": {
        "id": OURS, "queue_id": OURS, "candidate_id": ABOUT, "position": UPKEEP, "slot": UPKEEP, "state": UPKEEP,
        "skipped_at": UPKEEP, "action_id": OURS,
    },
    "question": {"id": OURS, "candidate_id": ABOUT, "asked_by_id": STAFF},
    "recovery": {
        "id": OURS, "candidate_id": ABOUT, "about": OURS, "person_id": STAFF, "due_at": DERIVED,
        "closed_by_action_id": OURS,
    },
    "shown_row": {
        "id": OURS, "list_id": OURS, "position": UPKEEP, "candidate_id": ABOUT, "slot": UPKEEP, "lower": OTHER,
        "propensity": UPKEEP,
    },
    "stage_move": {"id": OURS, "candidate_id": ABOUT, "moved_by_id": STAFF},
    "time_offer": {
        "id": OURS, "candidate_id": ABOUT, "person_id": STAFF, "link_id": OURS, "minutes": UPKEEP,
        "expires_at": DERIVED, "promise_id": OURS, "withdrawn_at": UPKEEP,
    },
    "touchpoint": {
        "id": OURS, "candidate_id": ABOUT, "received_at": UPKEEP, "local_date": DERIVED, "source": UPKEEP,
        "verdict": UPKEEP, "recorded_by_id": STAFF, "reversed_at": UPKEEP,
    },
    "tracked_link": {
        "id": OURS, "token_hash": UPKEEP, "candidate_id": ABOUT, "item_id": OURS, "message": OURS, "trap": UPKEEP,
        "made_by_id": STAFF, "expires_at": DERIVED,
    },
    "verification": {
        "action_id": OURS, "candidate_id": ABOUT, "person_id": STAFF, "owing": STAFF, "evidence": DERIVED,
        "verified_at": DERIVED, "verified_by_id": STAFF, "declined_at": STAFF,
    },
    "visitor": {"id": OURS, "candidate_id": ABOUT, "source_id": OURS},
}  # fmt: skip
NUMBERS_ONLY = {
    "erasure.candidate_id": "what is left of somebody who was erased",
    "feed_item.candidate_id": "the feed is the staff's; the number means nothing once the candidate is gone",
    "ledger_entry.candidate_id": "the ledger is the staff's; the number means nothing once the candidate is gone",
}
CANDIDATES = [
    table for table in Base.metadata.tables.values() if access.refers(table) and table is not access.CANDIDATE
]
TABLES = [access.CANDIDATE, *CANDIDATES]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_is_tagged_or_has_a_reason(table: Table) -> None:
    untagged = {column.name for column in table.c if not access.personal(column)}
    assert untagged == set(REASONS.get(table.name, {}))


def test_no_reason_is_left_of_a_table_that_is_gone() -> None:
    assert all_tables.__all__
    assert set(REASONS) == {table.name for table in TABLES}


def test_whoever_names_a_candidate_points_at_the_row() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.c
        if column.name == "candidate_id" and not column.foreign_keys
    }
    assert found == set(NUMBERS_ONLY)


@pytest.mark.parametrize("table", access.tables(), ids=str)
def test_everything_that_is_shown_has_a_name(table: Table) -> None:
    assert table.name in TITLES
    shown = {name for name, _column in access._shown(table) if not name.startswith("kind_")}
    assert shown - set(COLUMNS) == set()


def _tagged(table: str, name: str) -> bool:
    return access.personal(Base.metadata.tables[table].c[name])


def _canary(column: Column[Any], number: int) -> object:
    """A value that no other column has, as far as the column's type has room for one."""
    kind = column.type
    values: dict[type, object] = {
        UtcDateTime: datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        String: f"zk{number}q"[: getattr(kind, "length", None) or 99],
        Boolean: True,
        Date: date(2031, 1, 1) + timedelta(days=number),
        Integer: 1_000 + number,
        Double: 1_000.0 + number,
        JSON: {"canary": f"zk{number}q"},
    }
    return next(value for type_, value in values.items() if isinstance(kind, type_))


def _row(table: Table, candidate_id: int, others: Mapping[str, Any]) -> dict[str, Any]:
    """A row about a candidate with a canary in each tagged column; `others` are rows that it may point at."""
    facts: dict[str, Any] = {}
    for number, column in enumerate(table.c, 100 * TABLES.index(table)):
        target = next((key.column.table.name for key in column.foreign_keys), "")
        if target == "candidate":
            facts[column.name] = candidate_id
        elif target and (access.personal(column) or not column.nullable):
            facts[column.name] = others[target]
        elif not target and column.name != "id" and (access.personal(column) or not column.nullable):
            facts[column.name] = _canary(column, number)
    return facts


@pytest.fixture
def planted(session: None) -> tuple[int, dict[str, dict[str, Any]]]:
    """A candidate of whom every table holds a row full of canaries."""
    people = make_people()
    row = make.candidate()
    label = Label(kind=LabelKind.SKILL, name="zklabelq", folded="zklabelq")
    brought = CandidateImport(file_name="x", content=b"x", layout="x", created_by_id=people.ada.id, created_at=NOW)
    terms = PrivacyTerms(made_at=NOW)
    source = Source(name="x", key_hash="x", key_hint="x", created_at=NOW)
    vacancy = Vacancy(reference="zkvacancyq", title="zktitleq")
    kind = TouchpointKind(code="zkkindq", label_nl="zknlq", label_en="zkenq")
    db.session.add_all([label, terms, brought, source, vacancy, kind])
    db.session.flush()
    ours = db.session.scalars(select(ActionKind.id)).first()
    others = {"label": label.id, "touchpoint_kind": "zkkindq", "action_kind": ours, "privacy_terms": terms.id}
    others |= {"person": people.ada.id, "candidate_import": brought.id, "vacancy": vacancy.id}
    others |= {"source": source.id, "ruleset": live_for_writing(NOW).id}
    shown = make.shown_list(people.ada, at=NOW)
    queue = Queue(person_id=people.ada.id, owner_id=people.ada.id, started_at=NOW, minutes=45)
    db.session.add(queue)
    db.session.flush()
    others |= {"shown_list": shown.id, "queue": queue.id}
    rows: dict[str, dict[str, Any]] = {}
    for table in access.tables():
        rows[table.name] = facts = _row(table, row.id, others)
        if table is access.CANDIDATE:
            own = {name: value for name, value in facts.items() if access.personal(table.c[name])}
            db.session.execute(update(table).where(table.c.id == row.id).values(own))
        else:
            db.session.execute(delete(table))
            key = db.session.execute(insert(table).values(facts).returning(*table.primary_key)).one()
            others[table.name] = key[0]
    return row.id, rows


def test_a_canary_in_every_tagged_column_is_in_the_file(planted: tuple[int, dict[str, dict[str, Any]]]) -> None:
    candidate_id, rows = planted
    known = orjson.loads(access.as_json(candidate_id, NOW))["known"]
    missing = [
        f"{table}.{column.name}"
        for table, facts in rows.items()
        for column in Base.metadata.tables[table].c
        if access.personal(column) and column.name not in ("label_id", "vacancy_id")
        if known[table][0][column.name] != orjson.loads(orjson.dumps(facts[column.name]))
    ]
    assert missing == []
    assert known["candidate_label"][0]["label"] == "zklabelq"


def test_every_word_of_it_is_on_the_page(planted: tuple[int, dict[str, dict[str, Any]]]) -> None:
    candidate_id, rows = planted
    page = str(words.told(access.facts_of(candidate_id)))
    told = [str(facts[name]) for table, facts in rows.items() for name in facts if _tagged(table, name)]
    assert [each for each in told if each.startswith("zk") and each != "zkkindq" and each not in page] == []
    assert "zklabelq" in page
    assert "zknlq" in page or "zkenq" in page


def test_an_untagged_column_would_be_missed(planted: tuple[int, dict[str, dict[str, Any]]]) -> None:
    candidate_id, rows = planted
    assert rows["candidate_link"]["token_hash"].encode() not in access.as_json(candidate_id, NOW)
