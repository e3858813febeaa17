"""The API of version 1: what software may read and do for somebody who gave them a token."""

from typing import Any

from flask import Blueprint

from app.blueprints.api import (
    actions,
    boards,
    candidates,
    contests,
    contract,
    crm_ids,
    docs,
    figures,
    lookups,
    reaching,
    rewards,
    touchpoints,
)
from app.blueprints.api.contract import Shape, View
from app.domain.agency.idempotency_key import LONGEST
from app.language import lazy_gettext as _l
from app.web.form_guard import csrf

bp = Shape("api", __name__, url_prefix="/api")
contract.register(bp)
csrf.exempt(bp)  # a token in a header proves who asks: no browser sends it by itself


bp.after_request(contract.known_already)

KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": _l("Under the same key it is done once."),
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
}
"""With every command."""

MATCH = {
    "in": "header",
    "name": "If-Match",
    "description": _l("The ETag of what you read: nothing is changed when somebody else did since, and 412 says so."),
    "required": False,
    "schema": {"type": "string"},
}
"""With a change of a candidate."""

LOOKUPS = _l("To know first")
CANDIDATES, REACHING = _l("Candidates"), _l("Reaching candidates")
ACTIONS, PROMISES, TOUCHPOINTS = _l("Engagement actions"), _l("Promises"), _l("What candidates did")
GAME, REWARDS, FIGURES = _l("Leaderboard and competitions"), _l("Rewards"), _l("The sponsor's figures")


LEADS_ON = {"303": {"description": _l("This is another candidate by now: Location says which, with the same query.")}}
"""Of whoever was merged."""


def offer(method: str, rule: str, view: View, tag: str, summary: str, *more: dict[str, object]) -> None:
    """An address, and how the description calls it; `more` are further headers that it knows."""
    name = f"{view.__module__.rpartition('.')[2]}_{view.__name__}"
    asked: dict[str, Any] = {"parameters": [KEY, *more]}
    if method == "GET":
        asked = {"responses": LEADS_ON} if "<int:candidate_id>" in rule else {}
    described = bp.doc(summary=summary, operationId=name, **asked)(view)
    bp.add_url_rule(f"/v1{rule}", name, described, methods=[method], tags=[tag])


offer("GET", "/me", lookups.me, LOOKUPS, _l("Who you are, and what this token may"))
offer("GET", "/people", lookups.people, LOOKUPS, _l("Who may look after candidates"))
offer("GET", "/teams", lookups.teams, LOOKUPS, _l("The teams"))
offer("GET", "/branches", lookups.branches, LOOKUPS, _l("The branches"))
offer("GET", "/action-kinds", lookups.action_kinds, LOOKUPS, _l("What can be logged"))
offer("GET", "/touchpoint-kinds", lookups.touchpoint_kinds, LOOKUPS, _l("What candidates can do"))

ONE = "/candidates/<int:candidate_id>"
offer("GET", "/candidates", candidates.listed, CANDIDATES, _l("The candidates whom you may see"))
offer("POST", "/candidates", candidates.add, CANDIDATES, _l("Take somebody into the pool"))
offer("GET", ONE, candidates.one, CANDIDATES, _l("One candidate"))
offer("PATCH", ONE, candidates.change, CANDIDATES, _l("Change what is known of a candidate"), MATCH)
offer("GET", f"{ONE}/identities", reaching.identities, REACHING, _l("Every way to reach a candidate"))
offer("POST", f"{ONE}/identities", reaching.add_identity, REACHING, _l("Add a way to reach a candidate"))
IDENTITY = f"{ONE}/identities/<int:identity_id>"
offer("PATCH", IDENTITY, reaching.mark_identity, REACHING, _l("Say what is known of an address"))
offer("DELETE", IDENTITY, reaching.remove_identity, REACHING, _l("Forget an address that is not theirs"))
offer("GET", f"{ONE}/crm-ids", crm_ids.listed, REACHING, _l("Numbers of a candidate in other systems"))
offer("POST", f"{ONE}/crm-ids", crm_ids.give, REACHING, _l("Say by which number another system knows a candidate"))
offer("DELETE", f"{ONE}/crm-ids/<int:number_id>", crm_ids.take_away, REACHING, _l("Forget a number that is not theirs"))
offer("GET", f"{ONE}/preferences", reaching.wishes, REACHING, _l("How a candidate wants to be reached"))
offer("PUT", f"{ONE}/preferences/<purpose>", reaching.wish, REACHING, _l("Write down how a candidate wants it"))

offer("GET", "/actions", actions.listed, ACTIONS, _l("Your actions, or everybody's for one candidate"))
offer("POST", "/actions", actions.log, ACTIONS, _l("Log what you did for a candidate"))
offer("GET", "/actions/<int:action_id>", actions.one, ACTIONS, _l("One action"))
offer("POST", "/actions/<int:action_id>/reversal", actions.undo, ACTIONS, _l("Take an action back"))
offer("GET", "/promises", actions.promised, PROMISES, _l("What was promised and is still owed"))
offer("POST", "/promises/<int:promise_id>/withdrawal", actions.withdraw_promise, PROMISES, _l("Take a promise back"))

offer("GET", f"{ONE}/touchpoints", touchpoints.listed, TOUCHPOINTS, _l("What a candidate did"))
offer("POST", f"{ONE}/touchpoints", touchpoints.record, TOUCHPOINTS, _l("Tell what a candidate did"))
TOUCHPOINT = "/touchpoints/<int:touchpoint_id>"
offer("POST", f"{TOUCHPOINT}/reversal", touchpoints.take_back, TOUCHPOINTS, _l("Take back what was told"))

offer("GET", "/boards/people", boards.people, GAME, _l("The leaderboard near you"))
offer("GET", "/boards/teams", boards.teams, GAME, _l("The leaderboard of teams"))
offer("GET", "/contests", boards.contests, GAME, _l("The competitions that you may see"))
offer("GET", "/contests/<int:competition_id>", boards.contest, GAME, _l("One competition"))
CONTEST = "/contests/<int:competition_id>"
offer("GET", f"{CONTEST}/standing", contests.standing, GAME, _l("How a competition stands, for you"))
offer("GET", f"{CONTEST}/result", contests.result, GAME, _l("What came of a competition"))
offer("GET", f"{CONTEST}/snapshot", contests.snapshot, GAME, _l("The result of a competition as it was hashed"))
offer("GET", "/rewards", rewards.listed, REWARDS, _l("What you can have for your coins"))
offer("POST", "/rewards/<int:reward_id>/redemptions", rewards.ask, REWARDS, _l("Ask for a reward"))
offer("GET", "/redemptions", rewards.redemptions, REWARDS, _l("What you asked for; what everybody did, if you run it"))
offer("GET", "/redemptions/<int:redemption_id>", rewards.redemption_told, REWARDS, _l("One request for a reward"))
offer("POST", "/redemptions/<int:redemption_id>/cancellation", rewards.cancel, REWARDS, _l("Cancel what you asked for"))
offer("GET", "/figures", figures.told, FIGURES, _l("The figures of the sponsor's page"))

Blueprint.add_url_rule(bp, "/v1/openapi.json", "openapi", docs.openapi)  # by Flask's own, so that they describe others
Blueprint.add_url_rule(bp, "/docs", "docs", docs.page)
