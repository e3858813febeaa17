"""Candidates through the API: the same people, under the same rules, as on the pages."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from flask import url_for

from app import clock
from app.blueprints.api import refusal, taking_along, version
from app.blueprints.api.candidate_schemas import CandidateChange, CandidatesAsked, CandidateTold, NewCandidate
from app.blueprints.api.contract import shape, unusable
from app.blueprints.api.once import once
from app.blueprints.api.paging import Part, part_of, part_schema
from app.blueprints.api.refusal import Refusal
from app.db import db
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person
from app.domain.candidates import candidate, contact_flags, contact_state, identity, in_turn, label, registration
from app.domain.candidates.address import Channel, Unreachable, normalise
from app.domain.candidates.candidate import Candidate, ExternalIdTaken, Facts, Stage
from app.domain.candidates.identity import Full
from app.domain.candidates.label import LabelKind
from app.domain.candidates.registration import Labels
from app.domain.scoring import cell, engagement
from app.domain.scoring.rules import Rules, live
from app.language import gettext as _
from app.web import auth
from app.web.errors import found

Row = TypeVar("Row")
Answer = tuple[dict[str, Any], dict[str, str]]
"""What is told, and headers beside it."""
FACTS = frozenset(each.name for each in fields(Facts))
BESIDE = ("id", "branch_id", "registered_at", "updated_at")
BRIEF = ("id", "updated_at")
"""What a token that only writes is told of whom it wrote to."""
MERGED, FORGOTTEN = "merged", "forgotten"


@shape.needs(Scope.CANDIDATES_READ)
@shape.takes(CandidatesAsked, location="query")
@shape.answers(200, part_schema(CandidateTold))
def listed(asked: dict[str, Any]) -> Part[dict[str, Any]]:
    """A page of those whom the token's person may see."""
    stage = Stage(asked["stage"]) if asked["stage"] else None
    which = in_turn.Which(asked["external_id"], asked["owner_id"], stage, asked["updated_since"])
    part = part_of(asked, lambda after, limit: in_turn.after(auth.person(), which, after, limit), lambda row: row.id)
    items = told(part.items)
    taking_along.tells(*(each["id"] for each in items if "gone" not in each), on=bool(asked["after"]))
    return Part(items, part.next)


@shape.needs(Scope.CANDIDATES_READ)
@shape.answers(200, CandidateTold)
def one(candidate_id: int) -> Answer:
    """One of them."""
    them = told([seen(candidate_id)])[0]
    taking_along.tells(candidate_id)
    return them, {"ETag": version.tag(them)}


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.takes(NewCandidate)
@shape.answers(201, CandidateTold)
def add(body: dict[str, Any]) -> Answer:
    """Take somebody into the pool; the token's person looks after them unless another is named."""
    candidate_id = once(lambda: _add(body), again=seen)
    new, headers = _done(candidate_id)
    return new, headers | {"Location": url_for("api.candidates_one", candidate_id=candidate_id)}


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.takes(CandidateChange)
@shape.answers(200, CandidateTold)
def change(body: dict[str, Any], candidate_id: int) -> Answer:
    """Put what is named in the place of what was known; the rest stays."""
    seen(candidate_id)
    once(lambda: _change(candidate_id, body), 200)
    if may_read():
        taking_along.tells(candidate_id)
    return _done(candidate_id)


def telling(candidate_id: int, part: Part[Row]) -> Part[Row]:
    """A part of what is known of a candidate: with anything in it, it tells of them."""
    if part.items:
        taking_along.tells(candidate_id)
    return part


def may_read() -> bool:
    """Whether the token opens more than writing: what it wrote is told to no other."""
    return found(auth.token()).may(Scope.CANDIDATES_READ)


def seen(candidate_id: int) -> Candidate:
    """The candidate of the address, when the token's person may see them."""
    return found(candidate.visible_to(auth.person(), candidate_id))


def held(candidate_id: int) -> Candidate:
    """The same within a command: whoever waited for it may find that they were forgotten or merged."""
    contact_state.hold(candidate_id)
    return seen(candidate_id)


def _done(candidate_id: int) -> Answer:
    """Somebody whom one added or changed, also when that handed them to a colleague elsewhere."""
    now = told([found(in_turn.present(candidate_id))])[0]
    return now if may_read() else {name: now[name] for name in BRIEF}, {"ETag": version.tag(now)}


def told(rows: Iterable[Candidate]) -> list[dict[str, Any]]:
    """Candidates with their labels, how warm they are, and whether they want no contact."""
    rows = list(rows)
    ids, now, rules = [row.id for row in rows], clock.now(), live()
    labels, taus, refusals = label.of(ids), cell.taus(rules.id, ids), contact_flags.refusals(ids)
    return [
        _gone(row)
        or {column: getattr(row, column) for column in (*FACTS, *BESIDE)}
        | {"labels": labels.get(row.id, []), "score": _score(taus.get(row.id), now, rules)}
        | {"do_not_contact_at": refusals.get(row.id)}
        for row in rows
    ]


def _gone(row: Candidate) -> dict[str, Any] | None:
    """All that is told of who is nobody here any more, if they are."""
    if row.anonymised_at is None and row.merged_into_id is None:
        return None
    told_of = {"id": row.id, "updated_at": row.updated_at}
    if row.anonymised_at is not None:
        return told_of | {"gone": FORGOTTEN}
    return told_of | {"gone": MERGED, "merged_into_id": row.merged_into_id}


def _score(tau: float | None, now: datetime, rules: Rules) -> int | None:
    return None if tau is None else round(engagement.score_at(tau, now, rules).shown)


def _add(body: Mapping[str, Any]) -> int:
    person, now = auth.person(), clock.now()
    _known(person, body)
    told_of = _facts(Facts(name=body["name"], owner_id=person.id), body)
    try:
        row = registration.register(person, told_of, {}, now)
        for each in body["identities"]:
            identity.add(row, Channel(each["channel"]), each["address"], now, told_of.origin)
        for kind, names in _labels(body).items():
            label.put(row.id, kind, names, now)
    except (ExternalIdTaken, Full, Unreachable) as error:
        raise _refused(error) from None
    return row.id


def _known(person: Person, body: Mapping[str, Any]) -> None:
    """As on the page: who is known by their address is not added twice unless that is said.

    Raises:
        Refusal: somebody whom the person may see has one of these addresses.
    """
    for each in () if body["anyway"] else body["identities"]:
        try:
            known = registration.already_known(person, normalise(Channel(each["channel"]), each["address"]))
        except Unreachable as error:
            raise _refused(error) from None
        if known:
            said = _(
                "Candidate %(number)s has this address already; say anyway when this is somebody else.", number=known.id
            )
            raise Refusal(refusal.CONFLICT, said, {"identities": [said]})


def _change(candidate_id: int, body: Mapping[str, Any]) -> int:
    row, person = held(candidate_id), auth.person()
    if version.asked():
        db.session.refresh(row, with_for_update=True)
        version.check(told([row])[0])
    before = Facts(**{name: getattr(row, name) for name in FACTS if name != "stage"}, stage=Stage(row.stage))
    try:
        registration.correct(
            person, row, _facts(before, body), _labels(body), clock.now(), reason=body.get("stage_reason", "")
        )
    except ExternalIdTaken as error:
        raise _refused(error) from None
    return row.id


def _facts(before: Facts, body: Mapping[str, Any]) -> Facts:
    named = {name: value for name, value in body.items() if name in FACTS}
    if "stage" in named:
        named["stage"] = Stage(named["stage"])
    _possible_owner(named.get("owner_id"))
    return replace(before, **named)


def _possible_owner(person_id: int | None) -> None:
    if person_id is not None and person_id not in {person.id for person in candidate.possible_owners()}:
        raise unusable({"owner_id": [_("Nobody here can look after candidates under this number.")]})


def _labels(body: Mapping[str, Any]) -> Labels:
    named = body.get("labels") or {}
    return {LabelKind(kind): {each["name"]: each["until"] for each in rows} for kind, rows in named.items()}


def _refused(error: Exception) -> Refusal:
    if isinstance(error, ExternalIdTaken):
        taken = {"external_id": [_("Another candidate has this number.")]}
        return Refusal(refusal.CONFLICT, _("Another candidate has this number."), taken)
    return unusable({"identities": [_("Nobody can be reached there: check the number or address.")]})
