"""Anybody can check a draw: the list against its hash, the secret against what was shown before, each draw again."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.game.competing import drawing
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.drawing import Drawn
from app.domain.game.competing.drum import Line, drum_of
from app.domain.game.competing.raffle import Raffle, RaffleDraw, RaffleTicket


class Checked(NamedTuple):
    """What was kept of a draw, and whether it holds."""

    lines: Sequence[Line]
    list_hash: str
    secret: bytes
    drawn: Sequence[Drawn]
    again: Sequence[Drawn]
    list_holds: bool
    secret_holds: bool

    @property
    def holds(self) -> bool:
        """The list is the one that was frozen, the secret the one that was shown, and the draw comes out the same."""
        return self.list_holds and self.secret_holds and list(self.drawn) == list(self.again)


def check(competition: Competition) -> Checked | None:
    """Draw again what was drawn; None when nothing was."""
    kept = db.session.get(Raffle, competition.id)
    if kept is None or competition.seed is None:
        return None
    tickets = select(RaffleTicket.person_id, RaffleTicket.tickets).where(RaffleTicket.competition_id == competition.id)
    held = {row.person_id: row.tickets for row in db.session.execute(tickets)}
    draws = select(RaffleDraw.ticket, RaffleDraw.person_id).where(RaffleDraw.competition_id == competition.id)
    drawn = [Drawn(*row) for row in db.session.execute(draws.order_by(RaffleDraw.number))]
    drum = drum_of(competition, held)
    return Checked(
        lines=drum.lines,
        list_hash=kept.list_hash,
        secret=drum.secret,
        drawn=drawn,
        again=drum.draw(len(drawn)),
        list_holds=drum.list_hash == kept.list_hash,
        secret_holds=drawing.digest(drum.secret) == competition.seed_hash,
    )
