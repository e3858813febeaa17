"""How much of what happens in mail is done by machines, per mail domain; never of a single person."""

from datetime import datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import Select, Subquery, Table, case, func, select

from app.db import db, is_sqlite
from app.domain.candidates.address import Channel
from app.domain.candidates.identity import Identity
from app.domain.journey.machine import Verdict
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import IN_MAIL

LOOKS_BACK = timedelta(days=90)
FEWEST = 5
SHOWN = 30
TABLE = cast("Table", Touchpoint.__table__)


class Share(NamedTuple):
    """Clicks and opens in mail of the candidates of one domain; without a domain, of all of them together."""

    domain: str
    candidates: int
    hits: int
    machine: int
    unknown: int


def by_domain(now: datetime) -> list[Share]:
    """The domains with most clicks and opens of the last ninety days; those of fewer than five candidates are left out.

    What follows one's links by one's own domain is one's own affair.
    """
    hits = _hits(now)
    per_domain = _counted(hits).add_columns(hits.c.domain).group_by(hits.c.domain)
    most = per_domain.having(func.count(hits.c.candidate_id.distinct()) >= FEWEST).order_by(func.count().desc())
    return [Share(domain, *counts) for *counts, domain in db.session.execute(most.limit(SHOWN))]


def of_all(now: datetime) -> Share:
    """The same of everybody together, whatever their domain."""
    who, hits, machine, unknown = db.session.execute(_counted(_hits(now))).one()
    return Share("", who, hits, machine or 0, unknown or 0)


def _counted(hits: Subquery) -> Select[int, int, int, int]:
    def judged(verdict: Verdict) -> object:
        return func.sum(case((hits.c.verdict == verdict, 1), else_=0))

    people = func.count(hits.c.candidate_id.distinct())
    return select(people, func.count(), judged(Verdict.MACHINE), judged(Verdict.UNKNOWN)).select_from(hits)  # type: ignore[call-overload, no-any-return] # sums of numbers


def _hits(now: datetime) -> Subquery:
    """Each click or open with the domain of one mail address of the candidate."""
    mine = (
        select(Identity.candidate_id, func.min(Identity.address).label("address"))
        .where(Identity.channel == Channel.EMAIL)
        .group_by(Identity.candidate_id)
        .subquery()
    )
    find = func.instr if is_sqlite() else func.strpos
    domain = func.substr(mine.c.address, find(mine.c.address, "@") + 1).label("domain")
    return (
        select(TABLE.c.candidate_id, TABLE.c.verdict, domain)
        .join_from(TABLE, mine, mine.c.candidate_id == TABLE.c.candidate_id)
        .where(TABLE.c.kind.in_(IN_MAIL), TABLE.c.occurred_at > now - LOOKS_BACK, TABLE.c.reversed_at.is_(None))
        .subquery()
    )
