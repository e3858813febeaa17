"""Every page that there is, with an address for each role: a route without one makes the tests fail."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from app.demo import walls
from app.domain.agency.person import Role
from app.domain.agency.sign_in_link import Purpose
from app.domain.candidates.link import LinkPurpose
from tests.browser.demo import Examples
from tests.house.matrix import EVERYBODY, EXPORTS, LEADERS, MATRIX, SCOPES

NO_PAGES = {
    "assets": "files",
    "api.openapi": "for machines",
    "health.live": "for machines",
    "health.ready": "for machines",
    "health.figures": "for machines",
    "account.mailed": "only after a link was asked for",
    "audit.file": "a file",
    "account.outside_back": "only on the way back from the identity provider",
    "account.second": "only between the two steps of signing in",
    "account.app_page": "only while an app is being set up",
    "account.recorded_file": "a file",
    "block.ahead": "a part of the queue",
    "budget.payroll_file": "a file",
    "candidates.access_file": "a file",
    "candidates.export_file": "a file",
    "candidates.import_refused": "a file",
    "candidates.choose_several": "leads to the list",
    "candidates.count": "a part of the list",
    "contests.mine": "a part of the list of competitions",
    "contests.result_file": "a file",
    "feed.celebrate": "a part of every page on which something was logged",
    "feed.latest": "a part of the leaderboard's page",
    "intake.client_settings": "for machines",
    "hooks.greet": "for machines",
    "intake.snippet": "a script",
    "intake.take_in_by_picture": "a picture",
    "notices.bell": "a part of every page",
    "program.rules_text": "a file",
    "program.staff_text": "a file",
    "public.brand": "a style sheet",
    "public.feed": "a calendar",
    "public.times_file": "a file",
    "public.follow_link": "leads elsewhere",
    "public.known_file": "a file",
    "public.picture": "a picture",
    "public.outside_picture": "a picture",
    "sponsor.behind_csv": "a file",
    "sponsor.behind_xlsx": "a file",
    "sponsor.figures_csv": "a file",
    "sponsor.figures_json": "a file",
    "sponsor.figures_xlsx": "a file",
    "sponsor.funnel_csv": "a file",
    "sponsor.funnel_xlsx": "a file",
    "sponsor.quiet_csv": "a file",
    "sponsor.quiet_xlsx": "a file",
    "sponsor.of_season_csv": "a file",
    "sponsor.of_season_xlsx": "a file",
    "sponsor.waiting_csv": "a file",
    "sponsor.waiting_xlsx": "a file",
    "sponsor.weeks_csv": "a file",
    "sponsor.weeks_xlsx": "a file",
    "today.daily_csv": "a file",
    "today.contests": "a part of Today",
    "today.started": "a part of Today",
    "today.why": "a part of the candidate's page",
    "scim.collection": "for machines",
    "scim.single": "for machines",
    "setup.first": "only before there is an agency",
    "setup.step": "only before the setup is done",
}


IN_PAIRS = frozenset({Role.RECRUITER, Role.SPONSOR, Role.ADMIN})
"""Who sees the competitions in pairs: the recruiter's team, and who runs them all."""


class Stop(NamedTuple):
    """A page to look at; its name is that of its picture.

    A page that several roles open is looked at on every screen as the first of them; as the others on two.
    """

    name: str
    url: str
    everywhere: bool = True


def stops(app: Flask, who: Role | None, examples: Examples) -> list[Stop]:
    """Every page that a role, or a visitor, may open."""
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES.keys() | SCOPES.keys()
    ]
    own = [rule for rule in sorted(rules, key=lambda rule: rule.rule) if _may_open(rule, who)]
    found = [stop for rule in own for stop in _stops_of(rule, examples, who)]
    return [*found, Stop("error-404", "/nowhere", who is None)]


def _may_open(rule: Rule, who: Role | None) -> bool:
    """What is open to everybody is looked at as a visitor."""
    allowed = MATRIX.get(rule.endpoint, frozenset())
    return allowed is EVERYBODY if who is None else allowed is not EVERYBODY and who in allowed


def _first(endpoint: str) -> Role | None:
    """The role as which a page is looked at most."""
    allowed = MATRIX[endpoint]
    return None if allowed is EVERYBODY else next(role for role in Role if role in allowed)


def _stops_of(rule: Rule, examples: Examples, who: Role | None) -> Iterator[Stop]:
    name = rule.endpoint.replace(".", "-")
    plain, first = not rule.arguments, who is _first(rule.endpoint)
    if plain:
        yield Stop(name, rule.rule, first)
    for variant, url in _variants(rule.endpoint, examples, who).items():
        yield Stop(f"{name}-{variant}" if variant else name, url, first)
    if not plain and not _variants(rule.endpoint, examples, who):
        raise LookupError(f"say in tests/browser/stops.py which {rule.endpoint} to look at, or why it is no page")


def _variants(endpoint: str, known: Examples, who: Role | None) -> dict[str, str]:
    """Addresses of what takes arguments, and of pages that look different with a question."""
    me = known.people[who].id if who else 0
    candidate = f"/candidates/{known.candidate}"
    imports = {state: url for state, url in known.imports.items() if (state == "lead") == (who is Role.LEAD)}
    exports = {"": f"/candidates/exports/{known.exports[who]}"} if who in EXPORTS and who else {}
    plays = known.people[Role.RECRUITER].id if who is Role.ADMIN else me
    idea, told = f"/contests/desk/{known.contest_idea}", f"/contests/desk/{known.contest_told}"
    return {
        "contest_desk.amend": {"": f"{told}/amendments"},
        "contest_desk.cancel": {"": f"{told}/cancellation"},
        "contest_desk.days": {"": f"{idea}/days"},
        "contest_desk.preview": {"": idea, "told": told},
        "contest_desk.prizes": {"": f"{idea}/prizes"},
        "contest_desk.who": {"": f"{idea}/who"},
        "account.accept_page": {
            "": f"/account/invitation/{known.invitation}",
            "error-404": "/account/invitation/ended",
        },
        "account.link_page": {
            "": f"/account/link/{known.entering[Purpose.SIGN_IN]}",
            "error-404": "/account/link/ended",
        },
        "account.password_page": {
            "": f"/account/new-password/{known.entering[Purpose.PASSWORD]}",
            "error-404": "/account/new-password/ended",
        },
        "account.recorded_part": {"points": "/account/recorded/points", "time": "/account/recorded/time"},
        "sponsor.improvement": {
            "idea": "/sponsor/improvements/1",
            "running": "/sponsor/improvements/2",
            "done": "/sponsor/improvements/3",
        },
        "program.rules_edition": {"": "/program/rules/1"},
        "approvals.one_unusual": {state: f"/approvals/unusual/{each}" for state, each in known.stood_out.items()},
        "approvals.page": {"all": "/approvals?all=1"},
        "budget.past": {"": "/budget/1"},
        "lab.edit": {"": "/lab/drafts/1", "score": "/lab/drafts/2"},
        "lab.new": {"": "/lab/drafts/new/points", "score": "/lab/drafts/new/score"},
        "lab.show": {"": "/lab/runs/1", "score": "/lab/runs/2", "proposal": "/lab/runs/3"},
        "budget.payroll_page": {"now": "/budget/payroll?from=2026-01-01&to=2026-11-19"},
        "board.board": {
            "month": "/board?period=month&show=everyone",
            "teams": "/board?scope=teams",
            "season": "/board?period=season&show=everyone",
            "improvement": "/board?by=improvement",
            "answered": "/board?by=answered&show=everyone",
            "kept": "/board?by=kept",
            "team": f"/board?team={known.team}",
            "past": "/board?day=2026-10-07",
            "nobody": "/board?day=2024-10-07",
        },
        "board.person": {"": f"/board/people/{plays}", "month": f"/board/people/{plays}?period=month"},
        "candidates.access_page": {"": f"{candidate}/access"},
        "candidates.applications": {
            "": f"{candidate}/applications",
            "placed": f"/candidates/{known.placed}/applications",
        },
        "candidates.placement": {"": f"{candidate}/applications/{known.application}/placement"},
        "candidates.rejection": {"": f"{candidate}/applications/{known.application}/rejection"},
        "candidates.edit": {"": f"{candidate}/edit"},
        "candidates.export_page": exports,
        "candidates.export_start": {"nobody": "/candidates/exports?q=zzzz"},
        "candidates.import_page": imports,
        "candidates.privacy": {"": f"{candidate}/privacy"},
        "candidates.index": {
            "none": "/candidates?q=zzzz",
            "mine": "/candidates?owner=mine&sort=warmest",
            "warm": "/candidates?warmth=warm&stage=nurture",
        },
        "candidates.edit_preference": {
            "": f"{candidate}/preferences/contact",
            "forms": f"{candidate}/preferences/forms",
        },
        "candidates.links": {"": f"{candidate}/links", "refer": f"{candidate}/links?purpose=refer"},
        "candidates.share": {"": f"{candidate}/share"},
        "candidates.times": {"": f"{candidate}/times"},
        "candidates.merge_choose": {"": f"{candidate}/merge", "found": f"{candidate}/merge?q=jan"},
        "candidates.merge_page": {"": f"{candidate}/merge/{known.twin}"},
        "candidates.page": {"": candidate},
        "candidates.reach": {"": f"{candidate}/reach"},
        "candidates.rhythm": {"": f"{candidate}/rhythm"},
        "contests.page": {
            state: f"/contests/{each}{'?show=everyone' if state == 'everyone' else ''}"
            for state, each in known.contests.items()
            if who in IN_PAIRS or state not in {"pairs", "rounds"}
        },
        "contests.raffle": {"": f"/contests/{known.contests['ended']}/raffle"},
        "contests.sides": {"" if who in LEADERS else "error-404": f"/contests/{known.contest_sides}/sides"},
        "contests.rules": {"": f"/contests/{known.contests['ended']}/rules"},
        "tv.contest": {"": f"/tv/{walls.KEY}/contest"},
        "tv.show": {"": f"/tv/{walls.KEY}", "error-404": "/tv/revoked"},
        "operations.mail": {"": "/operations/mails/1", "refused": f"/operations/mails/{known.refused_mail}"},
        "operations.mails": {"waiting": "/operations/mails?state=pending&kind=weekly_reminder"},
        "program.edit_season": {"": "/program/seasons/1"},
        "sponsor.behind": {"": "/sponsor/figure/late", "people": "/sponsor/figure/adoption?period=12"},
        "sponsor.of_season": {"": "/sponsor/season", "first": "/sponsor/season/1"},
        "program.new_phrase": {"opening": "/program/phrases/new?use=opening"},
        "program.phrase": {
            "": "/program/phrases/message-promise-nl",
            "opening": "/program/phrases/opening-engage-1-nl",
        },
        "program.phrases": {"openings": "/program/phrases?use=opening&language=en"},
        "intake.by_hand_form": {"": f"{candidate}/touchpoints/new"},
        "intake.bullhorn_alike": {"": f"/connections/bullhorn/records/{known.unplaced}/alike"},
        "intake.file": {"": known.signals},
        "intake.new_kind": {"": "/connections/events/kinds?event=Brochure+Downloaded"},
        "intake.source": {"": "/connections/1"},
        "intake.vendor": {"": "/connections/vendors/hubspot"},
        "webhooks.endpoint": {"": "/connections/webhooks/1", "off": "/connections/webhooks/2"},
        "intake.score": {"": f"{candidate}/score"},
        "kudos.page": {"given": "/kudos?show=given"}
        | ({"all": "/kudos?show=all"} if who in MATRIX["kudos.hide"] else {}),
        "kudos.change_value": {"": "/kudos/values/1"},
        "library.edit": {"": "/library/1/edit"},
        "rewards.coins": {"past": "/rewards/coins?page=2"},
        "rewards.edit": {"": "/rewards/desk/1"},
        "rewards.one": {"": "/rewards/1", "far": "/rewards/6"},
        "journey.index": {"year": "/journey?period=52&role=las"},
        "journey.step": {"": "/journey/step?stage=engage&fate=entered&period=52"},
        "people.branch": {"": "/people/branches/1"},
        "people.factors_page": {"": f"/people/{known.colleague}/factors", "oneself": f"/people/{me}/factors"},
        "people.person": {"": f"/people/{known.colleague}", "oneself": f"/people/{me}"},
        "people.team": {"": f"/people/teams/{known.team}"},
        "timetable.person": {"": f"/timetable/people/{known.colleague if who is Role.ADMIN else me}"},
        "timetable.team": {"": f"/timetable/teams/{known.people[Role.LEAD].team_id}"},
        "program.rhythm": {"usual": "/program/rhythm?usual=1"},
        "public.how_it_went": {"": f"/done/{known.done}", "error-404": "/done/ended"},
        "notices.choices": {"": f"/notices/choices/{known.choices}"},
        "public.outside_in": {"": "/about/nl", "error-404": "/about/xx"},
        "public.outside_frame": {"": "/about/nl/frame"},
        "public.friend_page": {"": "/about/nl/friend", "thanks": "/about/nl/friend?thanks=1"},
        "program.outside_mine": {"best": "/program/outside/mine?best=vrijdag+tot+16:00"},
        "public.ask_unsubscribe": {"": f"/unsubscribe/{known.unsubscribe}"},
        "public.reach": {"": f"/me/reach/{known.own[LinkPurpose.REACH]}", "error-404": "/me/reach/ended"},
        **{
            f"public.{purpose}": {"": f"/me/{purpose}/{known.own[purpose]}"}
            for purpose in LinkPurpose
            if purpose != LinkPurpose.REACH
        },
        "today.edit_note": {"": f"/actions/{known.notes[who]}/note"} if who else {},
        "today.why_not": {"": "/why?q=jan", "none": "/why?q=zzzz"},
        "today.log_sheet": {"found": "/log?q=jan", "none": "/log?q=zzzz", "form": f"/log?candidate={known.candidate}"},
    }.get(endpoint, {})
