"""The board that is asked for, by whatever it is ordered."""

from app.blueprints.board.asked import Asked
from app.domain.actions import metrics
from app.domain.actions.metrics import For
from app.domain.agency.person import Person
from app.domain.game.excerpt import BoardKey
from app.domain.game.leaderboard import Board, people_board, team_board
from app.language import current


def board_of(asked: Asked, viewer: Person) -> Board:
    """As the viewer may see it."""
    dates = asked.dates
    key = BoardKey(asked.program.id, asked.period, dates.start, asked.team, asked.branch)
    if asked.scope == "teams":
        return team_board(asked.program, key, dates, viewer=viewer, everyone=asked.everyone)
    facts: For = {"viewer": viewer, "everyone": asked.everyone, "language": current()}
    if asked.metric == "points":
        return people_board(asked.program, key, dates, **facts, today=asked.today)
    return metrics.board_by(asked.metric, asked.program, key, dates, **facts)
