"""The sponsor's plan: the goals with how they stand, and the launch checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.sponsor.plan_forms import GivingUpForm, GoalForm
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.oversight import goal, launch
from app.domain.oversight.goal import Behind, Full, Goal, Standing, Twice, Wish
from app.domain.oversight.launch import BY_HAND, Step
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.measured import Values, measured
from app.domain.program.program import Program, the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import measures, plan

allowed = auth.only(Role.SPONSOR, Role.ADMIN)
words = SimpleNamespace(**vars(plan) | {"measure": measures.name, "value": measures.value})


@dataclass(frozen=True, slots=True)
class Plan:
    """The figures as they are now, and what a goal may be about."""

    program: Program
    today: date
    values: Values

    def standings(self, goals: Sequence[Goal]) -> list[Standing]:
        """How they stand."""
        zone = the_zone()
        return [
            goal.standing(each, self.values[each.measure], clock.local_day(each.made_at, zone), self.today)
            for each in goals
        ]


@allowed
def page() -> Answer:
    """The goals, the checklist, and the way to the rest."""
    return _page(_plan())


@allowed
def make_goal() -> Answer:
    """A goal from where its figure is now."""
    now = _plan()
    form = GoalForm(request.form, now.values, now.today)
    if not form.validate():
        return _page(now, form)
    write()
    try:
        _make(form.wish, now.values)
    except (Full, Twice, Behind) as refusal:
        db.session.rollback()
        form.target.errors = [plan.refused(refusal)]
        return _page(_plan(), form)
    return _saved(_("The goal is in the plan."))


@allowed
def give_goal_up(goal_id: int) -> Answer:
    """It is no goal any more, and why."""
    _goal(goal_id)
    form = GivingUpForm.of(goal_id, submitted())
    if not form.validate():
        return _page(_plan(), giving_up={goal_id: form})
    write()
    goal.give_up(_goal(goal_id), form.why.data or "", clock.now())
    return _saved(_("The goal is given up."))


@allowed
def tick(step: str) -> Answer:
    """A step was done that nobody but people can see."""
    chosen = _by_hand(step)
    write()
    launch.tick(found(the_program()).id, chosen, auth.person().id, clock.now())
    db.session.commit()
    return go(url_for("sponsor.plan", _anchor="launch"))


@allowed
def untick(step: str) -> Answer:
    """It was not done after all."""
    chosen = _by_hand(step)
    write()
    launch.untick(found(the_program()).id, chosen)
    db.session.commit()
    return go(url_for("sponsor.plan", _anchor="launch"))


def _make(wish: Wish, values: Values) -> Goal:
    program_id, by_id = found(the_program()).id, auth.person().id
    return goal.make(program_id, wish, values[wish.measure], by_id=by_id, now=clock.now())


def _saved(said: str) -> Answer:
    db.session.commit()
    toast.say(said)
    return go(url_for("sponsor.plan"))


def _by_hand(step: str) -> Step:
    return found(next((each for each in BY_HAND if each == step), None))


def _goal(goal_id: int) -> Goal:
    return found(goal.find(found(the_program()).id, goal_id))


def _plan() -> Plan:
    zone, now = the_zone(), clock.now()
    return Plan(found(the_program()), clock.local_day(now, zone), measured(MEASURES, now, zone))


def _page(now: Plan, form: GoalForm | None = None, *, giving_up: Mapping[int, GivingUpForm] | None = None) -> Answer:
    goals, ended = goal.open_of(now.program.id), goal.ended_of(now.program.id)
    html = render_template(
        "sponsor/plan.html",
        words=words,
        form=form or GoalForm(None, now.values, now.today),
        fewest=goal.FEWEST,
        most=goal.MOST,
        goals=now.standings(goals),
        ended=now.standings(ended),
        giving_up={each.id: GivingUpForm.of(each.id) for each in goals} | dict(giving_up or {}),
        steps=launch.steps(now.program.id),
        role=auth.person().role,
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/plan", "plan", page)
    bp.add_url_rule("/plan/goals", "make_goal", make_goal, methods=["POST"])
    bp.add_url_rule("/plan/goals/<int:goal_id>/giving-up", "give_goal_up", give_goal_up, methods=["POST"])
    bp.add_url_rule("/plan/steps/<step>", "tick", tick, methods=["POST"])
    bp.add_url_rule("/plan/steps/<step>/undoing", "untick", untick, methods=["POST"])
