"""Who is behind an opaque recipient: colleagues, candidates and chats by name, whoever was forgotten by number."""

from collections.abc import Collection
from typing import NamedTuple

from flask import url_for
from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person, names_of
from app.domain.candidates.candidate import names_seen_by
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.recipient import CANDIDATE, CARERIX, CHAT, PERSON, number_in
from app.words import operations as words


class Addressee(NamedTuple):
    """How somebody is shown, with the page on which more of them stands."""

    name: str
    url: str | None = None


def addressees(recipients: Collection[str], viewer: Person) -> dict[str, Addressee]:
    """Of every recipient, in one question for each sort."""
    people = names_of(_numbers(PERSON, recipients))
    candidates = names_seen_by(viewer, _numbers(CANDIDATE, recipients) + _numbers(CARERIX, recipients))
    chats = _labels(_numbers(CHAT, recipients))
    return {each: _shown(each, people, candidates, chats) for each in recipients}


def _shown(recipient: str, people: dict[int, str], candidates: dict[int, str], chats: dict[int, str]) -> Addressee:
    sort, _, rest = recipient.partition(":")
    number = number_in(recipient, sort) or 0
    if sort == PERSON:
        return Addressee(people.get(number) or words.numbered(sort, rest))
    if sort in {CANDIDATE, CARERIX} and number in candidates:
        return Addressee(candidates[number], url_for("candidates.page", candidate_id=number))
    if sort == CHAT:
        return Addressee(chats.get(number) or words.numbered(sort, rest))
    return Addressee(words.numbered(sort, rest))


def _numbers(sort: str, recipients: Collection[str]) -> list[int]:
    return sorted({number for each in recipients if (number := number_in(each, sort))})


def _labels(ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = select(ChatTarget.id, ChatTarget.label).where(ChatTarget.id.in_(ids))
    return {row.id: row.label for row in db.session.execute(found)}
