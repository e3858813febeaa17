"""How whoever is told of something, or whom it is about, is named: opaque to this room, one row for every sort."""

PERSON, CANDIDATE, CHAT, CARERIX = "person", "candidate", "chat", "carerix"
NO_MAIL = (CHAT, CARERIX)
"""What goes to them goes another way."""


def name_person(person_id: int) -> str:
    """Somebody who works here."""
    return f"{PERSON}:{person_id}"


def name_candidate(candidate_id: int) -> str:
    """A candidate."""
    return f"{CANDIDATE}:{candidate_id}"


def name_for_carerix(candidate_id: int) -> str:
    """What Carerix holds of a candidate."""
    return f"{CARERIX}:{candidate_id}"


def person_in(name: str) -> int | None:
    """Who of those who work here is named; None when it is nobody of them."""
    return number_in(name, PERSON)


def candidate_in(name: str) -> int | None:
    """Which candidate is named; None when it is none."""
    return number_in(name, CANDIDATE)


def number_in(name: str, sort: str) -> int | None:
    """The number behind a name of this sort; None when it is of another sort, or no name at all."""
    said, _, number = name.partition(":")
    return int(number) if said == sort and number.isascii() and number.isdecimal() else None
