"""Writing some hundred judged rows: new candidates, changes, and for each what was there before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert

from app import clock
from app.db import db
from app.domain.candidates import contact_state, label, retention, search
from app.domain.candidates.candidate import Candidate, Retention, Stage, branch_of
from app.domain.candidates.consent import Consent, ConsentPurpose, Via
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.crm_id import CrmId
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.candidates.importing.match import Judged, Verdict
from app.domain.candidates.importing.written import Target, Writer, Written, execute, insert_rows, plain, remember
from app.domain.candidates.label import CandidateLabel
from app.domain.candidates.preference import ChannelPreference, Purpose, SaidBy
from app.domain.candidates.stage_move import StageMove

CANDIDATE = cast("Table", Candidate.__table__)
STATE = cast("Table", ContactState.__table__)
LABEL = cast("Table", CandidateLabel.__table__)
BLANK: Mapping[str, Any] = {
    "given_name": "",
    "prefix": "",
    "family_name": "",
    "role_sought": "",
    "aspiration": "",
    "region": "",
    "travel_km": None,
    "available_from": None,
    "hours_week": None,
    "stage": Stage.ATTRACT,
    "origin": "",
    "external_id": None,
    "language": None,
    "owner_id": None,
    "retention": Retention.REGISTERED,
}
UNTIL = "until:"
"""Before the id of a label whose last day changed, among the facts that changed."""


def carry_out(by: Writer, judged: Sequence[Judged]) -> None:
    """Write what was judged, in a fixed number of statements whatever the number of rows.

    Whoever is known is held first; of whom somebody forgot in the meantime nothing is written.
    """
    there = contact_state.hold_many({each.candidate["id"] for each in judged if each.candidate})
    news = [each for each in judged if each.verdict == Verdict.NEW]
    added = list(zip(_add(by, news), news, strict=True))
    known = [(each.candidate["id"], each) for each in judged if each.verdict == Verdict.CHANGED and each.candidate]
    changed = sorted((target for target in known if target[0] in there), key=lambda target: target[0])
    targets, written = [*added, *changed], Written()
    for candidate_id, each in changed:
        _change(by, candidate_id, each, written)
    _stages(by, added, changed, written)
    _identities(by, targets, written)
    _crm_ids(by, targets, written)
    _labels(by, targets, written)
    _preferences(by, targets, written)
    _consents(by, targets, written)
    remember(by, added, changed, written)
    ids = list(dict.fromkeys(candidate_id for candidate_id, _ in targets))
    retention.begin_many(ids, by.now)
    search.refresh(ids)


def _add(by: Writer, news: Sequence[Judged]) -> list[int]:
    if not news:
        return []
    branch = branch_of(by.person.id)
    rows = [
        {
            **BLANK,
            "branch_id": branch,
            **each.facts,
            "registered_at": clock.midnight(day, by.zone) if (day := each.entry.registered) else by.now,
            "updated_at": by.now,
        }
        for each in news
    ]
    statement = insert(CANDIDATE).returning(CANDIDATE.c.id, sort_by_parameter_order=True)
    ids = list(db.session.connection().execute(statement, rows).scalars())
    blank = {"last_attempt_answered": False, "attempts": 0, "answers": 0}
    states = zip(ids, rows, strict=True)
    execute(STATE, [blank | {"candidate_id": key, "owner_id": row["owner_id"]} for key, row in states])
    return ids


def _change(by: Writer, candidate_id: int, judged: Judged, written: Written) -> None:
    known = judged.candidate or {}
    for fact, value in judged.facts.items():
        written.before[candidate_id].setdefault(fact, plain(known[fact]))
        written.after[candidate_id][fact] = plain(value)
    this = CANDIDATE.c.id == candidate_id
    db.session.execute(update(CANDIDATE).where(this).values(**judged.facts, updated_at=by.now))
    if "owner_id" in judged.facts:
        state = update(STATE).where(STATE.c.candidate_id == candidate_id)
        db.session.execute(state.values(owner_id=judged.facts["owner_id"]))


def _stages(by: Writer, added: Iterable[Target], changed: Iterable[Target], written: Written) -> None:
    moves = [(key, None, each.facts.get("stage", Stage.ATTRACT)) for key, each in added]
    moves += [
        (key, (each.candidate or {})["stage"], each.facts["stage"]) for key, each in changed if "stage" in each.facts
    ]
    rows = [
        {
            "candidate_id": key,
            "from_stage": came_from,
            "to_stage": to,
            "reason": "",
            "moved_by_id": by.person.id,
            "moved_at": by.now,
        }
        for key, came_from, to in moves
    ]
    insert_rows(StageMove, rows, written)


def _identities(by: Writer, targets: Iterable[Target], written: Written) -> None:
    rows = [
        {
            "candidate_id": key,
            "channel": channel,
            "address": address,
            "state": IdentityState.UNVERIFIED,
            "state_origin": "",
            "origin": "import",
            "added_at": by.now,
        }
        for key, each in targets
        for channel, address in each.missing
    ]
    insert_rows(Identity, rows, written)


def _crm_ids(by: Writer, targets: Iterable[Target], written: Written) -> None:
    rows = [
        {"candidate_id": key, "crm": crm, "number": number, "origin": "import", "added_at": by.now}
        for key, each in targets
        for crm, number in each.crm_ids
    ]
    insert_rows(CrmId, rows, written)


def _labels(by: Writer, targets: Sequence[Target], written: Written) -> None:
    """Add labels and last days; two rows about one candidate may tell the same, so that the last one counts."""
    ids = {
        kind: label.ensure(kind, {told.name for _, each in targets for told in each.labels if told.kind == kind})
        for kind in {told.kind for _, each in targets for told in each.labels}
    }
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for key, each in targets:
        for told in each.labels:
            label_id = ids[told.kind][label.folded_name(told.name)]
            rows[key, label_id] = {"candidate_id": key, "label_id": label_id, "until": told.until, "added_at": by.now}
            if told.held:
                written.before[key][f"{UNTIL}{label_id}"] = plain(told.held.until)
                written.after[key][f"{UNTIL}{label_id}"] = plain(told.until)
            elif label_id not in written.brought[key]["candidate_label"]:
                written.brought[key]["candidate_label"].append(label_id)
    if rows:
        statement = upsert(LABEL)
        latest = statement.on_conflict_do_update(
            index_elements=["candidate_id", "label_id"], set_={"until": statement.excluded.until}
        )
        db.session.connection().execute(latest, list(rows.values()))


def _preferences(by: Writer, targets: Iterable[Target], written: Written) -> None:
    rows = [
        {
            "candidate_id": key,
            "purpose": Purpose.CONTACT,
            "channel": each.preferred,
            "channels": [each.preferred],
            "days": "",
            "no_voicemail": False,
            "arrangement": "",
            "note": "",
            "said_by": SaidBy.IMPORTED,
            "recorded_by_id": by.person.id,
            "recorded_at": by.now,
        }
        for key, each in targets
        if each.preferred
    ]
    insert_rows(ChannelPreference, rows, written)


def _consents(by: Writer, targets: Iterable[Target], written: Written) -> None:
    rows = [
        {
            "candidate_id": key,
            "purpose": ConsentPurpose.POOL,
            "given": each.consent.given,
            "via": Via.IMPORT,
            "recorded_by_id": by.person.id,
            "at": clock.midnight(each.consent.on, by.zone) if each.consent.on else by.now,
            "until": clock.midnight(each.consent.until, by.zone) if each.consent.until else None,
        }
        for key, each in targets
        if each.consent
    ]
    insert_rows(Consent, rows, written)
