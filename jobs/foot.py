"""What stands at the foot of a mail to somebody who works here: why it comes, and how to choose otherwise."""

from app.domain.notices import catalogue
from app.domain.notices.outbox import OutboxRow
from app.language import in_language
from app.mail import choices_url, unsubscribe_url
from app.words import mails


def of(row: OutboxRow, language: str, program: str, stops: str = "") -> dict[str, str]:
    """The facts of the foot; what must be told cannot be stopped. `stops`: to what one says no, if not to the kind."""
    with in_language(language):
        reason = mails.reason(row.kind, program)
    optional = catalogue.told(row.kind).optional
    return {
        "reason": reason,
        "profile_url": choices_url(row.recipient),
        "unsubscribe_url": unsubscribe_url(row.recipient, stops or row.kind) if optional else "",
    }
