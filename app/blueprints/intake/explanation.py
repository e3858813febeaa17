"""How a candidate's score came about, signal by signal, how it went and how it will fade."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import render_template, url_for

from app import clock
from app.blueprints.intake.score_chart import chart
from app.domain.agency.person import Role
from app.domain.candidates import candidate as candidates
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.scoring import versions
from app.domain.scoring.course import course
from app.domain.scoring.engagement import Award, Score, explain, score_of
from app.domain.scoring.rules import live
from app.language import decimal
from app.web import auth
from app.web.errors import found
from app.web.language import zone_name
from app.words.score import award_sentence, kind_label, role_icon, verdict_note, warm_until

MOST = 100
SEE_RULES = (Role.LEAD, Role.SPONSOR, Role.ADMIN)


class Line(NamedTuple):
    """One signal: what it gives, and a note when it is not certain that a person did it."""

    icon: str
    sentence: str
    note: str


@auth.signed_in
def score(candidate_id: int) -> str:
    """What each signal gives now; what counts adds up to the score."""
    row, now = found(candidates.visible_to(auth.person(), candidate_id)), clock.now()
    total, awards, rules = score_of(candidate_id, now), explain(candidate_id, now, MOST), live()
    return render_template(
        "intake/score.html",
        candidate=row,
        shown=round(total.shown),
        points=decimal(round(total.value, 1)),
        warm_until=warm_until(total),
        rules=rules,
        half_life=decimal(rules.ruleset.half_life_days),
        rules_url=url_for("program.score") if auth.person().role in SEE_RULES else None,
        **_history(candidate_id, total, awards, now),
    )


def _history(candidate_id: int, total: Score, awards: list[Award], now: datetime) -> dict[str, object]:
    """The signals, and the drawing of how the score went; no drawing for whoever has none."""
    went = course(candidate_id, now, live().ruleset, ZoneInfo(zone_name())) if awards else None
    past = [point.at for point in went.fridays if point.at <= now] if went else []
    return {
        "lines": _lines(awards, went.verdicts if went else {}),
        "cut_off": MOST if len(awards) == MOST else 0,
        "chart": chart(went, total, awards, now, warm_until(total)) if went else None,
        "fridays": went.fridays if went else (),
        "version_at": versions.live_at(past),
        "now": now,
    }


def _lines(awards: list[Award], verdicts: Mapping[int, str]) -> list[Line]:
    kinds = touchpoint_kind.named({award.kind for award in awards})
    return [_line(each, kinds[each.kind], verdicts.get(each.touchpoint_id, "human")) for each in awards]


def _line(award: Award, kind: TouchpointKind, verdict: str) -> Line:
    return Line(role_icon(kind.role), award_sentence(award, kind_label(kind)), verdict_note(verdict))
