"""Who of those to whom a mail is due may be mailed it now; what is asked of each is asked of all at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions import reachable
from app.domain.actions.reachable import Asked, Why
from app.domain.agency.person import Person
from app.domain.notices import catalogue, preference
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.domain.notices.recipient import person_in
from jobs.unsent import Later, Skip


def of(rows: Sequence[OutboxRow], now: datetime) -> dict[int, Person | Skip | Later]:
    """Of each row, whose it is when it may go to them now; opt-out, leaving and refused addresses are asked anew.

    What somebody sits and waits for, as a link to sign in, is tried at a refused address too: it may work by now.
    """
    people = _people([who for row in rows if (who := person_in(row.recipient))])
    flagged = preference.flagged([person.email for person in people.values() if person.email])
    refusing = _refusing(rows)
    found: dict[int, Person | Skip | Later] = {}
    for row in rows:
        person = people.get(person_in(row.recipient) or 0)
        if person is None or not person.is_active or not person.email:
            found[row.id] = Skip("the recipient has left")
        elif person.email in flagged and not catalogue.told(row.kind).at_once:
            found[row.id] = Skip("the address refuses mail")
        elif row.recipient in refusing[row.kind]:
            found[row.id] = Skip("unsubscribed")
        else:
            found[row.id] = person
    return found | _not_now([row for row in rows if isinstance(found[row.id], Person)], now)


def _people(ids: Collection[int]) -> dict[int, Person]:
    wanted = select(Person).where(Person.id.in_(ids)).execution_options(populate_existing=True)
    return {person.id: person for person in db.session.scalars(wanted)}


def _refusing(rows: Sequence[OutboxRow]) -> Mapping[str, set[str]]:
    """Who said no to each kind."""
    asked = defaultdict[str, list[str]](list)
    for row in rows:
        asked[row.kind].append(row.recipient)
    return {kind: preference.refusing(recipients, kind, Way.MAIL) for kind, recipients in asked.items()}


def _not_now(rows: Sequence[OutboxRow], now: datetime) -> dict[int, Skip | Later]:
    """Whoever is not to be told at this moment."""
    moments = reachable.whens([Asked(person_in(row.recipient) or 0, row.kind, row.not_after) for row in rows], now)
    found = zip(rows, moments, strict=True)
    return {row.id: Skip(when) if isinstance(when, Why) else Later(when) for row, when in found if when != now}
