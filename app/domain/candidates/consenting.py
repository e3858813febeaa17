"""Consent as a candidate tells it to us: the ledger, and everything that follows from a yes or a no at once."""

from datetime import datetime

from app.domain.candidates import consent, contact_flags, contact_state, identity, privacy_terms, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import Consent, ConsentPurpose, Via

ORIGIN = "recruiter"


def tell(
    candidate_id: int,
    purpose: ConsentPurpose,
    channel: Channel | None,
    *,
    given: bool,
    via: Via,
    by_id: int,
    now: datetime,
) -> Consent:
    """Write down what a candidate said to us.

    No to all contact closes every channel, no to one channel that one; a yes opens what a no had closed, but for a
    channel: its addresses may be opted out for other reasons. The retention clock follows.

    Raises:
        Gone: they were forgotten.
    """
    contact_state.hold(candidate_id)
    command = consent.give if given else consent.withdraw
    terms = privacy_terms.on_record(now)
    if purpose == ConsentPurpose.CONTACT and channel is None:
        contact_flags.refused(candidate_id, None if given else now)
    elif purpose == ConsentPurpose.CONTACT and channel is not None and not given:
        identity.opt_out(candidate_id, channel, origin=ORIGIN, now=now)
    row = command(candidate_id, purpose, via=via, by_id=by_id, now=now, terms_id=terms.id, channel=channel)
    if purpose == ConsentPurpose.POOL:
        retention.reckon(candidate_id, now)
    return row
