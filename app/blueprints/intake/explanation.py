"""How a candidate's score came about, signal by signal."""

from flask import render_template

from app import clock
from app.domain.candidates import candidate as candidates
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.scoring import rules
from app.domain.scoring.engagement import Award, explain, score_of
from app.language import decimal
from app.web import auth
from app.web.errors import found
from app.words.score import award_sentence, kind_label, role_icon, warm_until

MOST = 100


@auth.signed_in
def score(candidate_id: int) -> str:
    """What each signal gives now; what counts adds up to the score."""
    row, now = found(candidates.visible_to(auth.person(), candidate_id)), clock.now()
    total, awards = score_of(candidate_id, now), explain(candidate_id, now, MOST)
    kinds = touchpoint_kind.named({award.kind for award in awards})
    return render_template(
        "intake/score.html",
        candidate=row,
        shown=round(total.shown),
        points=decimal(round(total.value, 1)),
        warm_until=warm_until(total),
        half_life=decimal(rules.live().ruleset.half_life_days),
        lines=[_line(each, kinds[each.kind]) for each in awards],
        cut_off=MOST if len(awards) == MOST else 0,
    )


def _line(award: Award, kind: TouchpointKind) -> tuple[str, str]:
    """An icon and a sentence."""
    return role_icon(kind.role), award_sentence(award, kind_label(kind))
