"""The sponsor's page: one sentence that says whether it works, and the figures behind it."""

from flask import Blueprint, render_template

from app import clock
from app.blueprints.sponsor import (
    behind,
    files,
    handing,
    plan,
    plan_deeds,
    plan_improvements,
    plan_meeting,
    plan_pulse,
    plan_scan,
    season_report,
)
from app.blueprints.sponsor.asking import allowed, asked
from app.domain.agency.person import Role
from app.domain.candidates.segment import BUILT_IN
from app.domain.oversight import improvement, launch, sponsor_page
from app.domain.oversight.heat import heat
from app.domain.oversight.scope import Span
from app.domain.oversight.sponsor_page import Asked, SponsorPage
from app.domain.oversight.waiting_for_word import TOP
from app.domain.program import season
from app.domain.program.program import the_program
from app.domain.scoring import rhythm
from app.language import gettext as _
from app.web import auth
from app.words import measures, sponsor
from app.words.applications import waits_about
from app.words.candidates import stage_label
from app.words.plan import step_label
from app.words.pool import segment_label
from app.words.verdict import verdict_sentence, verdict_tone

bp = Blueprint("sponsor", __name__, url_prefix="/sponsor")
bp.context_processor(lambda: {"measures": measures, "words": sponsor})
STATS = ("adoption", "coverage", "two_way", "late")


@bp.get("")
@allowed
def page() -> str:
    which = asked()
    return _closed(which) if which.closed else _open(which)


def _closed(which: Asked) -> str:
    """Nothing is told of these teams; why, and what to do."""
    may_record = auth.person().role == Role.ADMIN
    return render_template("sponsor/closed.html", scope=which.scope, may_record=may_record, **_lists(which))


def _open(which: Asked) -> str:
    found = sponsor_page.draw(which)
    return render_template(
        "sponsor/page.html",
        page=found,
        figures=found.figures,
        scope=which.scope,
        sentence=verdict_sentence(found.verdict),
        tone=verdict_tone(found.verdict),
        pause=_pause(which),
        may_record=auth.person().role == Role.ADMIN,
        **_charts(found),
        **_goals(found),
        **_lists(which),
    )


def _pause(which: Asked) -> season.Pause | None:
    """Whether no season runs, which explains figures that fall."""
    program = the_program()
    return season.pause_at(program.id, which.scope.today) if program else None


def _charts(found: SponsorPage) -> dict[str, object]:
    weeks, program = found.figures.weeks, the_program()
    first, last = weeks[0].done.monday, found.asked.scope.today
    marks = improvement.markers(program.id, first, last) if program else []
    return {
        "stats": [found.figures.figures[code] for code in STATS],
        "weeks": weeks,
        "attention": found.attention,
        "budget": found.asked.budget,
        "oldest": found.waiting[0].since if found.waiting else None,
        "week_labels": [sponsor.week_label(week.done.monday) for week in weeks],
        "stages": [sponsor.stage_bar(stage) for stage in found.figures.stages],
        "shares": sponsor.share_lines(weeks),
        "heat": heat(found.figures),
        "launch": launch.steps(program.id) if program else (),
        "step_label": step_label,
        "marks": [((each.day - first) / clock.WEEK, each.idea) for each in marks],
    }


def _goals(found: SponsorPage) -> dict[str, object]:
    """How the goals stand: they are of everybody over four weeks, which is what the page opens with."""
    scope, program = found.asked.scope, the_program()
    if program is None or scope.question.address:
        return {"goals": (), "said": plan.words}
    values = {code: figure.value for code, figure in found.figures.figures.items()}
    standings = plan.Plan(program, scope.today, values).standings(found.asked.goals)
    return {"goals": standings, "said": plan.words}


def _lists(which: Asked) -> dict[str, object]:
    """What the filters offer, and the words of the tables."""
    own = [(str(row.id), row.name) for row in which.segments]
    return {
        "spans": [(str(span), sponsor.span_label(span)) for span in Span],
        "teams": [("", _("All teams")), *((str(team), name) for team, name in which.staff.teams)],
        "branches": [("", _("All branches")), *((str(branch), name) for branch, name in which.staff.places)],
        "segments": [("", _("Everybody")), *((name, segment_label(name)) for name in BUILT_IN), *own],
        "owners": which.staff.owners(),
        "stage_label": stage_label,
        "waits_about": waits_about,
        "shown_waiting": TOP,
        "terms": ", ".join(f"{stage_label(stage)} {limit.days:g}" for stage, limit in rhythm.by_stage().items()),
    }


behind.add_to(bp)
files.add_to(bp)
handing.add_to(bp)


for part in (plan, plan_deeds, plan_improvements, plan_meeting, plan_pulse, plan_scan, season_report):
    part.add_to(bp)
