"""The rules of the game in words, written from the settings of an edition: nothing here is a figure of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.language import current, day_and_month, ngettext
from app.language import gettext as _
from app.words import board_rules
from app.words.chapter import Chapter

Content = Mapping[str, Any]
EXTRA, LIMITS = "extra", "limits"


def chapters(content: Content, today: date) -> list[Chapter]:
    """The whole page; what an edition does not know of is left out."""
    return [
        *_worth(content, today),
        _bonuses(content["bonuses"]),
        _proof(content["proof"]),
        _limits(content),
        board_rules.fair(content["fair"]),
        board_rules.places(content["board"]),
        board_rules.seen(content["board"]),
        board_rules.seasons(content["seasons"]),
        _coins(),
        *_kudos(content.get("kudos", {})),
        _by_hand(content["adjustment"]),
        Chapter(
            _("When something changes"),
            [_("Points change from a Monday on and never backwards: what was earned stays.")],
        ),
    ]


def chapter_of(reason: str) -> str:
    """The chapter that says why an action was worth less."""
    return EXTRA if reason == "reply" else LIMITS


def name_of(kind: Mapping[str, Any]) -> str:
    """What a kind was called in that edition."""
    return str(kind["nl"] if current() == "nl" else kind["en"])


def worth_on(kind: Mapping[str, Any], day: date) -> int:
    """What a kind is worth on a day; nothing before it is worth anything."""
    held = [points for since, points in kind["worth"] if since is None or date.fromisoformat(since) <= day]
    return int(held[-1]) if held else 0


def _worth(content: Content, today: date) -> list[Chapter]:
    groups = {False: _("What each action is worth"), True: _("What only team members log")}
    columns = [_("Action"), "", _("Points")]
    found = []
    for members, title in groups.items():
        kinds = [kind for kind in content["kinds"] if kind["members"] == members]
        rows = [[name_of(kind), _note(kind, content, today), worth_on(kind, today)] for kind in kinds]
        found += [Chapter(title, columns=columns, rows=rows)] if rows else []
    return found


def _note(kind: Mapping[str, Any], content: Content, today: date) -> str | None:
    """As "40 vanaf 30 november" while that is to come, and how much of it is paid on proof."""
    worth, proof, (since, points) = worth_on(kind, today), content["proof"], kind["worth"][-1]
    said = []
    if since and date.fromisoformat(since) > today:
        said.append(_("%(points)s from %(day)s", points=points, day=day_and_month(date.fromisoformat(since))))
    if worth >= proof["from"]:
        said.append(_("of which %(points)s on proof", points=worth - proof["at_once"]))
    return "; ".join(said) or None


def _bonuses(bonuses: Mapping[str, int]) -> Chapter:
    sentences = {
        "preferred": _("for contact by the channel that the candidate likes best"),
        "in_block": _("for contact inside your own follow-up block, also when it was moved"),
        "neglected": _("for reaching a candidate who waited too long for us"),
        "rescue": _("for an unfinished application that is finished with your help"),
        "reply": _("when a message of yours is replied to, once; logging the reply itself earns nothing more"),
    }
    return Chapter(
        _("Extra points"),
        [_("Only for contact in both directions, and with an action that itself earns points.")],
        [f"{_points(bonuses[name])} {sentence}." for name, sentence in sentences.items() if name in bonuses],
        id=EXTRA,
    )


def _proof(proof: Mapping[str, int]) -> Chapter:
    return Chapter(
        _("Proof"),
        [
            _(
                "What is worth %(least)s points or more pays %(now)s at once, and the rest, of the same day, on proof.",
                least=proof["from"],
                now=proof["at_once"],
            )
        ],
        [
            _("The candidate replies within %(days)s days.", days=proof["days"]),
            _("The candidate chose one of the times that you proposed, or a colleague spoke with them as agreed."),
            _("Another system tells that it took place."),
            _("Your team lead, the sponsor or an administrator confirms it; never one's own."),
        ],
    )


def _limits(content: Content) -> Chapter:
    places, day = content["places"], content["day"]
    return Chapter(
        _("Limits that protect candidates"),
        points=[
            _(
                "Per candidate and week at most %(attempts)s attempts or messages and %(talks)s conversations earn "
                "points, over all colleagues together. Service is never limited: a reply, a promise kept, feedback.",
                attempts=places["attempt"],
                talks=places["conversation"],
            ),
            _("The same action for the same candidate earns once a day. Undone and logged right, it earns once too."),
            _(
                "Of one kind the first %(full)s a day count in full, those up to %(half)s half, and later ones not.",
                full=day["full"],
                half=day["half"],
            ),
            _("Over a limit the action is still logged, with the reason why it earns less."),
            _(
                "You log at most %(days)s days back. In a season that is closed it counts no more; logging says so.",
                days=content["backdated"],
            ),
            _("What candidates think of us never earns a person points."),
        ],
        id=LIMITS,
    )


def _coins() -> Chapter:
    text = _(
        "Every point is a coin as well. Spending coins never lowers your place; points that are taken back take "
        "their coins along."
    )
    return Chapter(_("Coins"), [text])


def _kudos(kudos: Mapping[str, int]) -> list[Chapter]:
    """Nothing where nobody gives any."""
    if not kudos.get("a_month"):
        return []
    points = [
        _(
            "Kudos from a colleague are worth %(points)s points, up to %(most)s points a week; beyond that they are "
            "words only.",
            points=kudos["points"],
            most=kudos["a_week"],
        ),
        ngettext(
            "Everybody may give them %(num)d time a month, and to one colleague twice at most.",
            "Everybody may give them %(num)d times a month, and to one colleague twice at most.",
            kudos["a_month"],
        ),
        _("They count on the leaderboard, and never in a competition."),
    ]
    return [Chapter(_("Kudos"), points=points)]


def _by_hand(limit: Mapping[str, int]) -> Chapter:
    return Chapter(
        _("Adjusted by hand"),
        points=[
            _("Your team lead, the sponsor or an administrator may give or take points, with a reason that you see."),
            _(
                "Beyond %(points)s points in %(days)s days a second person must agree. Nobody adjusts their own.",
                points=limit["alone"],
                days=limit["days"],
            ),
        ],
    )


def _points(count: int) -> str:
    return ngettext("%(num)d point", "%(num)d points", count)
