"""Words of the sponsor's plan: how goals stand, the steps of the launch and where each is done."""

from app.domain.agency.person import Role
from app.domain.oversight.goal import MOST, Behind, Course, Full, Goal, Standing, Twice, begun
from app.domain.oversight.launch import Step
from app.language import day_and_month
from app.language import gettext as _
from app.words import measures

PLACES = {
    Step.NAMED: "program.settings",
    Step.SPONSOR: "program.sponsor",
    Step.COUNCIL: "program.works_council",
    Step.GOALS: "sponsor.plan",
    Step.SCAN: "sponsor.scan",
    Step.BLOCK: "program.follow_up",
    Step.PEOPLE: "people.index",
    Step.CANDIDATES: "candidates.index",
    Step.REWARD: "rewards.index",
    Step.BLOCK_HELD: "block.page",
}
"""The page on which each is done; what is done elsewhere is ticked by hand."""
FOR_SPONSOR = frozenset({Step.GOALS, Step.SCAN, Step.CANDIDATES, Step.REWARD})
"""Where a sponsor comes too; the other pages are the administrator's, or everybody's own."""


def course(at: Standing) -> str:
    """How a goal stands, in a word or two."""
    return {
        Course.REACHED: _("reached"),
        Course.ON_COURSE: _("on course"),
        Course.BEHIND: _("behind"),
        Course.MISSED: _("not reached in time"),
        Course.UNKNOWN: _("no figure yet"),
        Course.GIVEN_UP: _("given up"),
    }[at.course]


def tone(at: Standing) -> str:
    """How the word looks."""
    return {Course.REACHED: "ok", Course.ON_COURSE: "ok", Course.BEHIND: "accent", Course.MISSED: "hot"}.get(
        at.course, ""
    )


def way(at: Standing) -> str:
    """As: from 61% to 80%, now 74%."""
    code = at.goal.measure
    facts = {"target": measures.value(code, at.goal.target), "now": measures.value(code, at.value)}
    if at.baseline is None:
        return _("to %(target)s, now %(now)s", **facts)
    return _("from %(begun)s to %(target)s, now %(now)s", begun=measures.value(code, at.baseline), **facts)


def aim(goal: Goal, *, told: bool) -> str:
    """As: in contact in time, from 61% to 80% by Friday 31 March; `told`: figures about people may be told."""
    code, start = goal.measure, begun(goal, told=told)
    facts = {
        "measure": measures.name(code),
        "target": measures.value(code, goal.target),
        "day": day_and_month(goal.due_on),
    }
    if start is None:
        return _("%(measure)s: to %(target)s by %(day)s", **facts)
    return _("%(measure)s: from %(begun)s to %(target)s by %(day)s", begun=measures.value(code, start), **facts)


def refused(why: Full | Twice | Behind) -> str:
    """Why it cannot be a goal."""
    if isinstance(why, Full):
        return _("There are %(most)s goals, which is as many as anybody keeps in mind. Give one up first.", most=MOST)
    if isinstance(why, Twice):
        return _("There is a goal for this figure already.")
    return _("The figure is there already: choose a target that is better than it is now.")


def leads_on(step: Step, role: Role) -> bool:
    """Whether somebody of this role can do it on its page."""
    return role == Role.ADMIN or step in FOR_SPONSOR


def step_label(step: Step) -> str:
    """What is to be done."""
    return {
        Step.NAMED: _("The program has a name"),
        Step.SPONSOR: _("There is a sponsor, with a photo and a message"),
        Step.COUNCIL: _("It is recorded what the works council says"),
        Step.GOALS: _("The plan has three goals"),
        Step.SCAN: _("The scan says where you stand"),
        Step.BLOCK: _("The follow-up block has a time"),
        Step.PEOPLE: _("Five colleagues have joined"),
        Step.CANDIDATES: _("The candidates are in"),
        Step.REWARD: _("There is something to win"),
        Step.KICK_OFF: _("The kick-off was held"),
        Step.TOLD: _("It was told in the company meeting"),
        Step.PROMISE: _("Candidates know what they may expect of you"),
        Step.BLOCK_HELD: _("The first follow-up block was kept"),
    }[step]
