"""What Bullhorn says of its records, as far as we need it; of a note neither its text nor what it is about."""

import hashlib
from datetime import date, datetime
from typing import NamedTuple


class Human(NamedTuple):
    """A candidate there; `owner` is the address of whoever looks after them, `added_at` when they were registered."""

    number: int
    name: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    owner: str = ""
    deleted: bool = False
    added_at: datetime | None = None


class Note(NamedTuple):
    """`about`: the number of the candidate, None when it is of somebody else; `author`: the address of who wrote it."""

    number: int
    name: str
    about: int | None
    author: str
    at: datetime
    deleted: bool = False


class Submission(NamedTuple):
    """A candidate who was put forward for a job, at `added_at`."""

    number: int
    status: str
    about: int
    job: int
    title: str
    author: str
    deleted: bool = False
    added_at: datetime | None = None


class Placement(NamedTuple):
    """A candidate who got it."""

    number: int
    status: str
    about: int
    job: int
    title: str
    author: str
    starts_on: date | None
    ends_on: date | None


Told = Human | Note | Submission | Placement


def mark(told: Told) -> str:
    """The same for the same, another when it changed: by it a change shows, and nothing can be read from it."""
    return hashlib.blake2b(repr(_counting(told)).encode(), digest_size=16).hexdigest()


def _counting(told: Told) -> tuple[object, ...]:
    """What a change must be of to count: a job that has another title moves no application."""
    match told:
        case Submission():
            return (told.status,)
        case Placement():
            return told.status, told.starts_on, told.ends_on
        case _:
            return tuple(told)
