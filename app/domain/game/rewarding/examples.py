"""Three rewards to begin with: time, something to eat, and something for others."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.rewarding import reward
from app.domain.game.rewarding.reward import Reward, RewardKind
from app.domain.game.running import check_runs
from app.domain.program.program import Program


class Example(NamedTuple):
    """What it is in both languages, what it costs in coins, and its value in cents."""

    kind: RewardKind
    title_nl: str
    title_en: str
    text_nl: str
    text_en: str
    price: int
    cents: int


EXAMPLES = (
    Example(
        RewardKind.TIME_OFF,
        "Een uur eerder naar huis",
        "Home an hour early",
        "Een betaald uur vrij, op een dag die je met je leidinggevende afspreekt.",
        "A paid hour off, on a day that you agree with your lead.",
        2000,
        0,
    ),
    Example(
        RewardKind.VOUCHER,
        "Lunchbon",
        "Lunch voucher",
        "Een lunch bij de zaak om de hoek.",
        "Lunch at the place around the corner.",
        1500,
        15_00,
    ),
    Example(
        RewardKind.DONATION,
        "Gift aan een goed doel",
        "Donation to charity",
        "Wij geven namens jou aan de voedselbank bij jou in de buurt.",
        "We give in your name to the food bank in your neighbourhood.",
        2500,
        25_00,
    ),
)


def start(program_id: int, *, by: Person, now: datetime) -> list[Reward]:
    """Put the examples into a catalogue that is empty; into another one nothing.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    db.session.execute(select(Program.id).where(Program.id == program_id).with_for_update(key_share=True))
    if db.session.scalar(select(Reward.id).where(Reward.program_id == program_id).limit(1)):
        return []
    usual = {"per_person": None, "level": 0, "approval": True, "first": None, "last": None}
    return [reward.add(program_id, stock=None, by=by, now=now, **(each._asdict() | usual)) for each in EXAMPLES]
