"""The rows behind somebody's coins, with what earned them and what they were spent on."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.db import Page, db, page_of
from app.domain.game.coins import FROM_COINS, FROM_LEDGER, CoinEntry
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.rewarding.redemption import SOURCE, Redemption
from app.domain.game.rewarding.reward import Reward

SIZE = 25


@dataclass(frozen=True, slots=True)
class CoinRows:
    """`earned` has the row of the points ledger behind an entry, `rewards` what it was spent on, by the entry's id."""

    page: Page[CoinEntry]
    earned: Mapping[int, LedgerEntry]
    rewards: Mapping[int, Reward]


def of_person(person_id: int, number: int = 1) -> CoinRows:
    """One page of somebody's coins, the newest first."""
    mine = select(CoinEntry).where(CoinEntry.person_id == person_id)
    page = page_of(mine.order_by(CoinEntry.recorded_at.desc(), CoinEntry.id.desc()), number, SIZE)
    sources = {row.id: row.source_id for row in page.rows if row.source_kind == FROM_LEDGER}
    points = select(LedgerEntry).where(LedgerEntry.id.in_(sources.values()))
    found = {row.id: row for row in db.session.scalars(points)} if sources else {}
    earned = {entry: found[source] for entry, source in sources.items() if source in found}
    return CoinRows(page, earned, _rewards({row.id: taken for row in page.rows if (taken := _taken_by(row))}))


def _taken_by(row: CoinEntry) -> int | None:
    """The row that took the coins for a reward: itself, or the one that it gives back."""
    if row.source_kind == SOURCE:
        return row.id
    return row.source_id if row.source_kind == FROM_COINS and row.kind == "release" else None


def _rewards(taken: Mapping[int, int]) -> Mapping[int, Reward]:
    if not taken:
        return {}
    rows = select(Redemption.coin_entry_id, Reward).join(Reward, Reward.id == Redemption.reward_id)
    bought = {row[0]: row[1] for row in db.session.execute(rows.where(Redemption.coin_entry_id.in_(taken.values())))}
    return {entry: bought[by] for entry, by in taken.items() if by in bought}
