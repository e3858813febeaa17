"""What a pool asks for: how many may be contacted for whom something is due."""

from collections.abc import Callable, Sequence

from app.domain.scoring import survey
from app.domain.scoring.gate import gate
from app.domain.scoring.priority import Moment, lag_of
from app.domain.scoring.shortlist import SHUT, is_shut
from app.domain.scoring.situation import Situation
from app.domain.scoring.survey import Survey, Surveyed

UNSURE = survey.WORD | survey.RESTS


def is_due(situation: Situation, moment: Moment) -> bool:
    """A promise, an answer, something that they did since our last attempt, or their rhythm asks for a contact."""
    if situation.word_due(moment.now, moment.today) or situation.untried_trigger:
        return True
    return lag_of(situation, moment) >= 1


def count(
    pool: Survey,
    moment: Moment,
    hindered: Callable[[], frozenset[int]],
    fetch: Callable[[Sequence[int]], Sequence[Situation]],
) -> int:
    """Whom the survey alone cannot judge is asked about; `hindered` are those whom something else keeps away."""
    unsure = [row.candidate_id for row in pool.rows if row.flags & UNSURE and not row.flags & SHUT]
    sure = {row.candidate_id for row in pool.rows if not row.flags & UNSURE and not is_shut(row) and _is_due(row)}
    asked = [one for one in fetch(unsure) if gate(one, moment.now, moment.today) is None and is_due(one, moment)]
    return len(sure - hindered() if sure else sure) + len(asked)


def _is_due(row: Surveyed) -> bool:
    return row.lag >= 1 or bool(row.flags & survey.TRIGGER)
