"""A candidate follows a link of ours: a touchpoint, and nothing else, because whoever looks at mail follows links."""

from datetime import datetime

from app.db import db
from app.domain.actions import verdicts
from app.domain.actions.arriving import take_followed
from app.domain.candidates.candidate import Candidate
from app.domain.journey import machine
from app.domain.journey.machine import Verdict
from app.domain.journey.settling import Click
from app.domain.journey.shared_item import SharedItem
from app.domain.journey.touchpoint import Hit
from app.domain.journey.tracked_link import TrackedLink

KIND = "mail_click"


def follow(link: TrackedLink, judged: Verdict, now: datetime) -> None:
    """Write down that a link was followed; at most once a minute for each verdict, and not of whoever wants that not.

    Whoever follows a trap is a machine, whatever it says of itself.
    """
    them = db.session.get(Candidate, link.candidate_id)
    if them is None or them.anonymised_at is not None:
        return
    verdict = Verdict.MACHINE if link.trap else judged
    (taken,) = take_followed([_hit(link, verdict, now)], now)
    if taken is not None and taken.touchpoint_id is not None:
        where = (link.candidate_id, link.source, link.message, link.mark, now)
        verdicts.watch([Click(taken.touchpoint_id, *where, becomes=verdict, trapped=link.trap)], now)


def _hit(link: TrackedLink, verdict: Verdict, now: datetime) -> Hit:
    item = db.session.get(SharedItem, link.item_id) if link.item_id else None
    told = {"title": item.title if item else "", "url": link.url, "channel": link.channel or ""}
    return Hit(
        link.candidate_id,
        KIND,
        now,
        link.source,
        f"{link.mark}:{now:%Y%m%d%H%M}:{verdict}",
        verdict=machine.at_first(verdict, link.message),
        payload={name: text for name, text in told.items() if text},
    )
