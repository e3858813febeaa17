"""The menu: five places for everybody, what is behind the door for those who run the program, and the bell."""

from dataclasses import dataclass

from flask import request, url_for

from app.domain.agency.person import Person, Role
from app.language import gettext as _

WITHIN = {"contest_desk": "contests", "webhooks": "intake"}
"""Places that are reached through another one of the menu."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the menu; `key` is the second key after `g`."""

    label: str
    href: str
    icon: str
    current: bool
    key: str = ""


def places(person: Person) -> list[Link]:
    """What everybody has."""
    return [
        _begin(person),
        _link("board.board", _("Leaderboard"), "trophy", "r"),
        _link("candidates.index", _("Candidates"), "users", "k"),
        _link("contests.index", _("Contests"), "medal", "w"),
        _link("rewards.index", _("Rewards"), "gift", "b"),
    ]


def _begin(person: Person) -> Link:
    """Where everybody's day begins: the sponsor's with whether it works."""
    if person.role == Role.SPONSOR:
        return _link("sponsor.page", _("Is it working?"), "chart", "v")
    return _link("today.today", _("Today"), "sparkles", "v")


def behind(person: Person) -> list[Link]:
    """Pages for those who run the program, behind one door."""
    links = []
    if person.role in {Role.LEAD, Role.SPONSOR, Role.ADMIN}:
        links.append(_link("team.page", _("The team"), "users"))
        links.append(_link("journey.index", _("Journey"), "map-pin"))
        links.append(_link("approvals.page", _("Waits for your word"), "circle-check"))
    if person.role in {Role.SPONSOR, Role.ADMIN}:
        links.append(_link("budget.page", _("Budget"), "briefcase"))
        links.append(_link("lab.page", _("Lab"), "sparkles"))
    if person.role == Role.ADMIN:
        links += [
            _link("sponsor.page", _("Is it working?"), "chart"),
            _link("program.settings", _("Program"), "flag"),
            _link("people.index", _("People"), "user-cog"),
            _link("privacy.overview", _("Privacy"), "shield-check"),
            _link("intake.sources", _("Connections"), "plug"),
            _link("operations.jobs", _("Jobs and mail"), "settings"),
            _link("audit.page", _("Audit log"), "list-checks"),
        ]
    if person.role in {Role.LEAD, Role.ADMIN}:
        links.append(_link("library.index", _("Share something useful"), "gift"))
    if person.role == Role.LEAD:
        links.append(_link("program.phrases", _("Messages and openings"), "message-square"))
    return links


def bell() -> Link:
    """What one was told."""
    return _link("notices.index", _("Notices"), "bell", "m")


def about(program: str) -> Link:
    """Why and how, with the rules of the points, for everybody."""
    here = request.endpoint == "program.about"
    return Link(_("How %(program)s works", program=program), url_for("program.about"), "info", here)


def _link(endpoint: str, label: str, icon: str, key: str = "") -> Link:
    return Link(label, url_for(endpoint), icon, _place() == endpoint.partition(".")[0], key)


def _place() -> str | None:
    """Where one is in the menu; what another place tells of a candidate is read among the candidates."""
    if request.path.startswith("/candidates/"):
        return "candidates"
    return WITHIN.get(request.blueprint or "", request.blueprint)
