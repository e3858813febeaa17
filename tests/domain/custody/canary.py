"""A string that nobody else has, put wherever something may be known of a candidate, and a search for it everywhere."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    Integer,
    LargeBinary,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    select,
    text,
)

from app.db import Base, UtcDateTime, db
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.agency.person import Person
from app.domain.candidates import privacy_terms, search, table_file
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.exporting import CandidateExport
from app.domain.candidates.importing.candidate_import import CandidateImport, State
from app.domain.candidates.importing.pack import packed
from app.domain.candidates.importing.trace import ImportRefusal
from app.domain.custody.access import personal, refers
from app.domain.custody.anonymise import STAYS
from app.domain.game.ledger import LedgerEntry
from app.domain.journey.application import Application
from app.domain.journey.settling import Settling
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import install_preset
from app.domain.journey.visit import Visit
from app.domain.journey.visitor import Visitor
from app.domain.notices import notice
from app.domain.notices.alert import Alert
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import FlaggedAddress, Unsubscription
from app.domain.notices.provider_event import ProviderEvent
from tests import make

CANARY = "zq7xw9"
MAIL = f"{CANARY}@voorbeeld.nl"
NAME = f"Pieter {CANARY} de Vogel"
NUMBER = "+31612987654"
NOW = datetime.fromisoformat("2026-03-04T10:00:00+00:00")
FILE = f"naam;mail\nIemand Anders;ander@voorbeeld.nl\n{NAME};{MAIL}\n".encode()
UNIQUE = {
    "identity": "address",
    "crm_id": "number",
    "touchpoint": "external_id",
    "candidate_link": "token_hash",
    "tracked_link": "token_hash",
    "visitor": "anonymous_id",
    "recovery": "about",
    "engagement_action": "external_id",
}
OTHER_FILE = b"naam;mail\nIemand Anders;ander@voorbeeld.nl\n"


def plant(by: Person) -> tuple[Candidate, Candidate]:
    """A candidate, and one who was merged into them, with the canary in every column that is tagged personal."""
    install_preset()
    privacy_terms.on_record(NOW)
    _files(by)
    kept, merged = make.candidate(NAME, owner=by), make.candidate(NAME, owner=by)
    merged.merged_into_id = kept.id
    db.session.flush()
    for row in (kept, merged):
        search.forget(row.id)
        _fill_candidate(row)
        for table in Base.metadata.sorted_tables:
            if table.name not in {"candidate", "contact_state"} and refers(table) and any(map(personal, table.c)):
                db.session.execute(insert(table).values(_row(table, row.id, by.id)))
        _settling(row.id)
        _visit(row.id)
    _mails(kept.id)
    db.session.commit()
    return kept, merged


def _settling(candidate_id: int) -> None:
    """A click of theirs still waits for its verdict."""
    touchpoint_id = db.session.scalars(select(Touchpoint.id).where(Touchpoint.candidate_id == candidate_id)).one()
    db.session.add(Settling(touchpoint_id=touchpoint_id, message=CANARY, at=NOW, settles_at=NOW))


def _visit(candidate_id: int) -> None:
    """Something that their browser did is not theirs yet."""
    visitor = db.session.scalars(select(Visitor).where(Visitor.candidate_id == candidate_id)).one()
    name = f"visit-{candidate_id}"
    db.session.add(
        Visit(
            source_id=visitor.source_id,
            external_id=name,
            anonymous_id=visitor.anonymous_id,
            kind="site_visit",
            occurred_at=NOW,
            received_at=NOW,
        )
    )


def _fill_candidate(row: Candidate) -> None:
    for column in cast("Table", Candidate.__table__).c:
        if personal(column) and isinstance(column.type, String) and (column.type.length or 99) > 20:
            setattr(row, column.name, f"{CANARY}{row.id}" if column.unique else f"{CANARY} {column.name}")
    row.name, row.sort_name = NAME, NAME.casefold()
    db.session.flush()


def _row(table: Table, candidate_id: int, person_id: int) -> dict[str, Any]:
    """A row that is valid as far as the database is concerned."""
    facts = {column.name: _value(column, person_id) for column in table.c if _is_needed(column)}
    facts |= {column.name: candidate_id for column in refers(table)}
    if table.name in UNIQUE:
        facts[UNIQUE[table.name]] = f"{CANARY}{table.name}{candidate_id}"
    if table.name == "promise":
        facts["application_id"] = db.session.scalar(
            select(Application.id).where(Application.candidate_id == candidate_id)
        )
    if table.name == "shown_row":
        facts["position"] = candidate_id
    if table.name == "engagement_action":
        facts["key"] = f"{table.name[:8]}{candidate_id}".encode()
    return facts


def _is_needed(column: Column[Any]) -> bool:
    automatic = column.primary_key and not column.foreign_keys and isinstance(column.type, Integer)
    return not automatic and (not column.nullable or personal(column))


def _value(column: Column[Any], person_id: int) -> object:
    for key in column.foreign_keys:
        if key.column.table.name == "person":
            return person_id
        return db.session.scalar(select(key.column).limit(1)) or _made(key.column.table, person_id)
    kind: Any = column.type
    secret = CANARY if _goes(column) else "anders"
    values: dict[type, object] = {
        UtcDateTime: NOW,
        JSON: {"what": secret},
        LargeBinary: secret.encode(),
        String: secret[: getattr(kind, "length", None)],
        Boolean: True,
        Date: date(2026, 3, 4),
        Double: 1.0,
        Integer: 1,
    }
    return next(value for known, value in values.items() if isinstance(kind, known))


def _goes(column: Column[Any]) -> bool:
    stays = column.name in STAYS.get(column.table.name, ())
    return column.table.name == "label" or (personal(column) and not stays)


def _made(table: Table, person_id: int) -> Any:  # noqa: ANN401 - a key of whatever type the table has
    """A row in a table that another one refers to, when it has none yet: a label that only they have."""
    facts = {column.name: _value(column, person_id) for column in table.c if _is_needed(column)}
    (key,) = table.primary_key
    return db.session.scalar(insert(table).values(facts).returning(key))


def _files(by: Person) -> None:
    for content in (FILE, OTHER_FILE):
        rows = packed(table_file.read(content, 10).rows)[0]
        brought = CandidateImport(
            file_name="pool.csv", content=rows, layout="x", state=State.COLUMNS, created_by_id=by.id, created_at=NOW
        )
        done = CandidateImport(
            file_name="oud.csv", content=rows, layout="x", state=State.DONE, created_by_id=by.id, created_at=NOW
        )
        db.session.add_all([brought, done])
        db.session.flush()
        cells = content.decode().splitlines()[-1].split(";")
        db.session.add(ImportRefusal(import_id=done.id, line=2, reason="double", about=cells[1], cells=cells))
        db.session.add(_signals(content, by))
    db.session.add(
        CandidateExport(
            format="csv", query={}, language="nl", state="done", content=FILE, created_by_id=by.id, created_at=NOW
        )
    )


def _signals(content: bytes, by: Person) -> TouchpointFile:
    about = content.decode().splitlines()[-1]
    return TouchpointFile(
        name="signalen.csv",
        content=content,
        rows=1,
        problems=[[2, "bad_moment", about], [3, "bad_moment", "iemand anders"]],
        brought_by_id=by.id,
        brought_at=NOW,
    )


def _mails(candidate_id: int) -> None:
    recipient = f"candidate:{candidate_id}"
    db.session.add(
        OutboxRow(
            kind="candidate_link",
            recipient=recipient,
            period=CANARY,
            payload={"url": CANARY},
            due_at=NOW,
            not_after=NOW + timedelta(days=1),
            next_try_at=NOW,
            message_id=f"<{CANARY}@voorbeeld.nl>",
            last_error=f"550 <{MAIL}> unknown",
        )
    )
    alert = Alert(
        kind="fan",
        recipient="person:1",
        period=CANARY,
        about=recipient,
        facts={"said": CANARY},
        raised_at=NOW,
        due_at=NOW,
    )
    db.session.add(alert)
    told = {"message": {"headers": [f"aan <{CANARY}identity{candidate_id}>", 1]}}
    db.session.add(ProviderEvent(provider="mailgun", event_id="1", received_at=NOW, payload=told))
    notice.tell("time_chosen", ["person:1"], period=CANARY, facts={"at": CANARY}, now=NOW, about=recipient)
    db.session.add(FlaggedAddress(address=f"{CANARY}identity{candidate_id}", reason=f"550 {MAIL}", at=NOW))
    db.session.add(Unsubscription(recipient=recipient, kind="candidate_link", at=NOW))


def found() -> dict[str, int]:
    """Where the canary is: the bytes of SQLite's files, or the rows of PostgreSQL's tables."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        folder = Path(str(url.database)).parent
        counts = {path.name: path.read_bytes().count(CANARY.encode()) for path in folder.rglob("*") if path.is_file()}
        return {name: count for name, count in counts.items() if count}
    engine = create_engine(url)
    with engine.connect() as connection:
        counts = {name: _rows(connection, name) for name in inspect(engine).get_table_names()}
    engine.dispose()
    return {name: count for name, count in counts.items() if count}


def _rows(connection: Any, table: str) -> int:  # noqa: ANN401 - a connection outside the session
    query = text(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE :plain OR t::text LIKE :hex')
    return int(connection.scalar(query, {"plain": f"%{CANARY}%", "hex": f"%{CANARY.encode().hex()}%"}))


def ledger() -> list[tuple[Any, ...]]:
    """Every row of the ledger, as it stands."""
    return [tuple(row) for row in db.session.execute(select(cast("Table", LedgerEntry.__table__)).order_by("id"))]
