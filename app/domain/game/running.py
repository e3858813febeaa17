"""Who runs the program: the sponsor and administrators decide what nobody decides for themselves."""

from app.domain.agency.person import Person, Role

RUNS = frozenset({Role.SPONSOR, Role.ADMIN})


class NotAllowed(Exception):  # noqa: N818 - it says which rule stands in the way
    """Somebody else must: it is one's own, it is somebody else's, or one does not run it."""


def check_runs(by: Person) -> None:
    """Only the sponsor and administrators may.

    Raises:
        NotAllowed: one is neither.
    """
    if by.role not in RUNS:
        raise NotAllowed
