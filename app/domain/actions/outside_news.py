"""What other software is told of actions and of candidates, in the transaction in which it happens: ids and codes."""

from collections.abc import Iterable
from datetime import UTC, datetime

from app.domain.actions.contact import IMPORTED, Contact
from app.domain.actions.engagement_action import EngagementAction
from app.domain.notices import webhook_event
from app.domain.notices.webhook import Kind


def logged(contact: Contact, kind_code: str, action_id: int) -> None:
    """An action counts from now on; `source` lets software know what it logged itself. What is imported is no news."""
    if contact.is_imported:
        return
    facts = {
        "action_id": action_id,
        "candidate_id": contact.candidate_id,
        "person_id": contact.person_id,
        "kind": kind_code,
        "occurred_at": contact.at.astimezone(UTC).isoformat(),
        "source": contact.source,
    }
    webhook_event.tell(Kind.ACTION_LOGGED, action_id, facts, contact.now)


def taken_back(found: EngagementAction, now: datetime) -> None:
    """It never was: where it was not told yet it need not be, and everywhere else this is told.

    What a file brought nobody was told of.
    """
    if found.brought or found.source == IMPORTED:
        return
    webhook_event.withdraw(Kind.ACTION_LOGGED, found.id)
    facts = {"action_id": found.id, "candidate_id": found.candidate_id, "person_id": found.person_id}
    webhook_event.tell(Kind.ACTION_TAKEN_BACK, found.id, facts, now)


def of_candidates(kind: Kind, candidate_ids: Iterable[int], now: datetime) -> None:
    """Something that happens to a candidate again and again, each time once."""
    for candidate_id in candidate_ids:
        webhook_event.tell(kind, _key(candidate_id, now), {"candidate_id": candidate_id}, now)


def never_was(kind: Kind, candidate_id: int, at: datetime) -> None:
    """What happened to a candidate then proves not to be so: where it did not arrive it need not."""
    webhook_event.withdraw(kind, _key(candidate_id, at))


def _key(candidate_id: int, at: datetime) -> str:
    return f"{candidate_id} {at.astimezone(UTC).isoformat()}"
