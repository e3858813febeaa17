"""A logged list ranked again from what was kept of it, row by row, by the rules themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.db import db
from app.domain.scoring.list_log import KeptRow, ShownList, rows_of
from app.domain.scoring.ranking import Ranked, again, in_order
from app.domain.scoring.terms import calendar_of


@dataclass(frozen=True, slots=True)
class RowAgain:
    """A row as it was shown, and as it comes out again; of one that was erased there is nothing to rank."""

    kept: KeptRow
    again: Ranked | None

    @property
    def erased(self) -> bool:
        return self.again is None

    @property
    def differences(self) -> list[tuple[str, int, int]]:
        """The components that come out otherwise, with what they were and what they are now."""
        was, now = _figures(self.kept.ranked), _figures(self.again)
        return [(name, was.get(name, 0), now.get(name, 0)) for name in {**was, **now} if was.get(name) != now.get(name)]


@dataclass(frozen=True, slots=True)
class ListAgain:
    """`in_order`: the rows that are left stand in the order in which the rules put them."""

    shown: ShownList
    rows: Sequence[RowAgain]
    in_order: bool

    @property
    def exact(self) -> bool:
        return self.in_order and not any(row.differences for row in self.rows)


def rank_again(list_id: int) -> ListAgain | None:
    """A list with every row ranked again; None when there is no such list."""
    shown = db.session.get(ShownList, list_id)
    if shown is None:
        return None
    rows = rows_of(list_id)
    return ListAgain(shown, [RowAgain(row, _ranked(shown, row)) for row in rows], _is_in_order(shown, rows))


def _ranked(shown: ShownList, row: KeptRow) -> Ranked | None:
    if row.situation is None:
        return None
    return again(shown.settings, row.situation, row.lower, shown.pool_size, shown.ranked_for.timestamp())


def _is_in_order(shown: ShownList, rows: Sequence[KeptRow]) -> bool:
    cards = [(row.ranked, row.situation) for row in rows if row.ranked and row.situation]
    today = calendar_of(shown.settings).local_date(shown.ranked_for.timestamp())
    return in_order(cards, today, shown.seed) == [ranked for ranked, _ in cards]


def _figures(ranked: Ranked | None) -> dict[str, int]:
    """Everything that adds up, and what it adds up to; a gate makes a row one that should not have been shown."""
    if ranked is None:
        return {}
    told = {one.component: one.hundredths for one in ranked.contributions}
    return {**told, "priority": ranked.priority, "gate": int(ranked.gate is not None)}
