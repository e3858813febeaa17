"""The page behind a total: every row of the ledger that it is the sum of, and how the score comes about."""

from flask import render_template, request

from app.blueprints.board import menu, view
from app.blueprints.board.asked import Asked
from app.domain.actions.proofs import proofs_of
from app.domain.game.appearance import person_boards
from app.domain.game.excerpt import BoardKey
from app.domain.game.explain import Explained, explain
from app.domain.game.leaderboard import MyPlace, place_of
from app.domain.game.ledger_entry import EARN, LedgerEntry
from app.domain.game.recognition.kudos import SOURCE
from app.web import auth
from app.web.errors import found
from app.words import explained as words
from app.words.board import gap_words
from app.words.kudos import from_whom


def page(asked: Asked, person_id: int) -> str:
    """One's own, or that of somebody whom one runs; on one's own, what would move one up."""
    key = BoardKey(asked.program.id, asked.period, asked.dates.start)
    viewer, number = auth.person(), request.args.get("page", 1, int)
    shown = found(explain(asked.program, key, asked.dates, viewer=viewer, person_id=person_id, number=number))
    mine = _place(asked, key, person_id) if shown.person.id == viewer.id and not asked.rests else None
    return render_template(
        "board/person.html",
        asked=asked,
        explained=shown,
        rows=_rows(shown),
        period=menu.period_name(asked),
        compared=person_boards(asked.program),
        gap=gap_words(mine) if mine else None,
        ways=view.ways_of(asked, mine, viewer) if mine else "",
        why=words,
    )


def _place(asked: Asked, key: BoardKey, person_id: int) -> MyPlace:
    return place_of(asked.program, key, person_id, asked.today)


def _rows(shown: Explained) -> list[tuple[str, str, object, int | None, str | None, int]]:
    """What it was and more of it, when, for whom, and the points."""
    proofs = proofs_of([row.source_id for row in shown.page.rows if row.kind == EARN])
    return [
        (
            words.why(row, shown.kinds.get(row.action_kind_id or 0), _title(row, shown)),
            words.row_details(row, proofs.get(row.source_id), shown.reasons.get(row.source_id)),
            row.occurred_at,
            row.candidate_id,
            shown.names.get(row.candidate_id or 0),
            row.points,
        )
        for row in shown.page.rows
    ]


def _title(row: LedgerEntry, shown: Explained) -> str:
    """From whom the kudos were, to whoever got them; others read for which value."""
    praise = shown.praise.get(row.source_id) if row.source_kind == SOURCE else None
    if praise is None:
        return ""
    own = shown.person.id == auth.person().id
    return from_whom(praise.giver if own else None, praise.value)
