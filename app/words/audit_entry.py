"""What stands in a row of the audit log beside what happened: about whom or what, by whom, and the facts."""

from collections.abc import Mapping

from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Role
from app.domain.agency.staff import DIRECTORY
from app.language import gettext as _
from app.words import role_label
from app.words.privacy import reason_label

VISITOR = frozenset(
    ("sign_in.refused", "sign_in.limit", "second.refused", "factor.guessed", "outside.refused", "link.asked")
)
"""What is done by whoever does not, or not yet, prove who they are."""


def about(entry: AuditEntry, people: Mapping[int, str]) -> str:
    """What an entry is about: a colleague by name, anything else by its number, which its page has in its address."""
    if entry.about_id is None:
        return ""
    if entry.about_kind == "person":
        return people.get(entry.about_id) or _("Colleague %(number)s", number=entry.about_id)
    if entry.about_kind == "candidate":
        return _("Candidate %(number)s", number=entry.about_id)
    return _("Number %(number)s", number=entry.about_id)


def nobody(entry: AuditEntry) -> str:
    """Who it was, where it was nobody in particular."""
    if entry.facts.get("how") == DIRECTORY:
        return _("The identity provider")
    return _("Somebody who did not prove who they are") if entry.what in VISITOR else _("Fanfare itself")


def facts(entry: AuditEntry, teams: Mapping[int, str]) -> str:
    """What else is recorded with an entry, in a line; teams by their name."""
    names = {
        "how": _("by"),
        "second": _("second step"),
        "count": _("how many"),
        "purpose": _("for"),
        "format": _("as"),
        "reason": _("reason"),
        "points": _("points"),
        "role_before": _("role before"),
        "role_after": _("role now"),
        "team_before": _("team before"),
        "team_after": _("team now"),
        "answer": _("answer"),
        "address": _("mail address"),
        "rule": _("rule"),
        "open": _("open to everybody"),
        "name": _("by name"),
        "picture": _("with a picture"),
    }
    said = ((names.get(name, name), _value(entry.what, name, value, teams)) for name, value in entry.facts.items())
    return " · ".join(f"{name}: {value}" for name, value in said)


def _value(what: str, name: str, value: int | str, teams: Mapping[int, str]) -> int | str:
    if name in {"role_before", "role_after"}:
        return role_label(Role(str(value)))
    if name in {"team_before", "team_after"}:
        return teams.get(int(value), _("no team"))
    if what == "candidate.erased":
        return reason_label(str(value))
    if what == "outside.refused":
        return _refused(str(value))
    return _codes().get(str(value), value)


def _codes() -> dict[str, str]:
    return {
        "password": _("password"),
        "link": _("link in a mail"),
        "new_password": _("a new password by link"),
        "invitation": _("invitation"),
        "passkey": _("passkey"),
        "outside": _("the account of the agency"),
        "code": _("a code of the app"),
        "recovery": _("a code on paper"),
        "sign_in": _("signing in"),
        "directory": _("the identity provider"),
        "yes": _("yes"),
        "no": _("no"),
        "changed": _("changed"),
        "free": _("everybody's own choice"),
        "managers": _("those who run the program"),
        "everybody": _("everybody"),
    }


def _refused(code: str) -> str:
    """Why an account elsewhere let nobody in; of an answer that proves nothing, its part as the standard names it."""
    said = {
        "unlinked": _("it is linked to nobody here"),
        "taken": _("it belongs to somebody else, or they have another one"),
        "another person": _("somebody else was signed in than began it"),
        "other address": _("the invited mail address is not theirs"),
        "access_denied": _("they did not go on there"),
    }
    return said.get(code) or _("the answer cannot be trusted (%(part)s)", part=code)
