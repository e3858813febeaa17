"""What stands under the bell about a reward: that it waits, to those who run it; what was decided, to whoever asked."""

from app.domain.game.rewarding import reward_mail
from app.domain.game.rewarding.redemption import Redemption, RedemptionMove, RedemptionState
from app.domain.game.rewarding.reward_mail import DECIDED, TOLD, WAITS
from app.domain.notices import notice
from app.domain.notices.recipient import name_person


def tell(row: Redemption, move: RedemptionMove) -> None:
    """A redemption went one step on: what waited before waits no more. It is named by its key, as in the mails."""
    about, facts = f"redemption:{row.key.hex()}", {"redemption_id": row.id, "state": str(move.state)}
    period, now = f"{row.key.hex()}:{move.state}", move.moved_at
    at_once = move.state == RedemptionState.APPROVED and move.moved_by_id is None
    notice.withdraw(about, [WAITS], now)
    if at_once or move.state == RedemptionState.REQUESTED:
        runs = [name_person(each) for each in reward_mail.running() if each != row.person_id]
        notice.tell(WAITS, runs, period=period, about=about, facts=facts, now=now)
    if move.state in TOLD:
        notice.tell(DECIDED, [name_person(row.person_id)], period=period, about=about, facts=facts, now=now)
