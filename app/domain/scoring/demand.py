"""What a pool asks for: how many may be contacted for whom something is due."""

from collections.abc import Callable, Sequence

from app.domain.scoring import survey
from app.domain.scoring.gate import gate
from app.domain.scoring.lanes import SHUT, shut_among
from app.domain.scoring.priority import Moment, is_neglected, lag_of
from app.domain.scoring.situation import Situation
from app.domain.scoring.survey import Survey

UNSURE = survey.WORD | survey.RESTS


def is_due(situation: Situation, moment: Moment) -> bool:
    """A promise, an answer, something that they did since our last attempt, or their rhythm asks for a contact."""
    if situation.word_due(moment.now, moment.today) or situation.untried_trigger:
        return True
    return is_neglected(lag_of(situation, moment))


def count(
    pool: Survey,
    moment: Moment,
    hindered: Callable[[], frozenset[int]],
    fetch: Callable[[Sequence[int]], Sequence[Situation]],
) -> int:
    """Whom the survey alone cannot judge is asked about; `hindered` are those whom something else keeps away."""
    unsure = [who for who, *_, flags in pool.rows if flags & UNSURE and not flags & SHUT]
    closed = shut_among(pool.rows)
    sure = {
        who
        for who, _tau, _since, lag, flags in pool.rows
        if (lag >= 1 or flags & survey.TRIGGER) and not flags & UNSURE and flags not in closed
    }
    asked = [one for one in fetch(unsure) if gate(one, moment.now, moment.today) is None and is_due(one, moment)]
    return len(sure - hindered() if sure else sure) + len(asked)
