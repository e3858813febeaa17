"""What to begin a conversation with: fixed sentences that invent nothing and never tell what the score has seen."""

from app.domain.candidates.candidate import Stage
from app.domain.scoring.contact_next import NextUp
from app.language import gettext as _
from app.words.reasons import given_name

MOST = 3


def talking_points(next_up: NextUp) -> list[str]:
    """At most three ways to begin, the one that the candidate expects first."""
    reasons = {one.component for one in next_up.ranked.contributions}
    trigger = {one.facts.get("trigger_kind") for one in next_up.ranked.contributions if one.component == "trigger"}
    found = []
    agreed = {one.facts.get("promise_kind") for one in next_up.ranked.contributions if one.component == "promise"}
    if agreed - {"check_in", "redeploy"}:
        found.append(_("Come back to what you agreed last time."))
    if "answer_owed" in reasons:
        found.append(_("Begin with the answer that they are waiting for."))
    elif "form" in trigger:
        found.append(_("Thank them for the form and ask what they would like most."))
    if "consent" in reasons:
        found.append(_("Ask whether we may keep their details longer."))
    found += _of_stage(Stage(next_up.candidate.stage))
    found.append(_("Ask how %(name)s likes to be reached.", name=given_name(next_up.candidate)))
    return found[:MOST]


def _of_stage(stage: Stage) -> list[str]:
    return {
        Stage.ATTRACT: [
            _("Ask which work would suit them now, and how far they want to travel."),
            _("Tell in one sentence what we can do for them."),
        ],
        Stage.ENGAGE: [
            _("Ask whether anything has changed: work, hours, travel."),
            _("Agree on one next step, with a day."),
        ],
        Stage.NURTURE: [
            _("Ask how things are, and whether their wishes are still the same."),
            _("Ask from when they would be available."),
        ],
        Stage.CONVERT: [
            _("Ask how the first days are and what would make them easier."),
            _("Ask whether the hours and the travel work out."),
        ],
        Stage.REDEPLOY: [
            _("Ask what they want to do after this assignment."),
            _("Ask from when they are free, and for how many hours."),
        ],
    }[stage]
