"""A channel closed or opened by the candidate in a message or a mail: what they said last stands, in whatever order."""

from datetime import datetime

from app.domain.candidates import candidate_mail, consent, contact_state, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.identity import CANDIDATE, IdentityState


def close(candidate_id: int, channel: Channel, *, via: str, at: datetime) -> bool:
    """As they would on their own page: nothing more on it. False when they said otherwise later."""
    contact_state.lock(candidate_id)
    said = _said(candidate_id, channel)
    if said is not None and said.at > at:
        return False
    if said is None or said.given or said.at < at:
        consent.withdraw(candidate_id, ConsentPurpose.CONTACT, via=via, by_id=None, now=at, channel=channel)
    identity.opt_out(candidate_id, channel, origin=CANDIDATE, now=at)
    if channel == Channel.EMAIL:
        candidate_mail.withdraw(candidate_id, "stopped")
    return True


def reopen(candidate_id: int, channel: Channel, *, via: str, at: datetime) -> bool:
    """They are welcome to hear from us on it. False when they closed it later, or in the same moment."""
    contact_state.lock(candidate_id)
    said = _said(candidate_id, channel)
    if said is not None and (said.at > at or (said.at == at and not said.given)):
        return False
    closed = [
        row
        for row in identity.identities_of(candidate_id)
        if row.channel == channel and row.state == IdentityState.OPTED_OUT
    ]
    if any(row.state_at is not None and row.state_at > at for row in closed):
        return False
    if said is None or said.at < at:
        consent.give(candidate_id, ConsentPurpose.CONTACT, via=via, by_id=None, now=at, channel=channel)
    for row in closed:
        identity.mark(row, IdentityState.UNVERIFIED, origin=CANDIDATE, now=at)
    return True


def is_closed(candidate_id: int, channel: Channel) -> bool:
    """Whether they want nothing more on it."""
    said = _said(candidate_id, channel)
    return said is not None and not said.given


def _said(candidate_id: int, channel: Channel) -> Consent | None:
    return consent.current(candidate_id).get((ConsentPurpose.CONTACT, str(channel)))
