"""How a competition stands for one person, as a sentence."""

from app.domain.game.competing.competition import Format, Metric
from app.domain.game.competing.own_part import OwnPart
from app.language import decimal, ngettext
from app.language import gettext as _
from app.words.board import nameless
from app.words.days import capital
from app.words.duels import own_duel, round_name

PAIRS = (Format.HEAD_TO_HEAD, Format.BRACKET)


def amount(metric: str, number: int) -> str:
    """As 1.240 punten, 12 kandidaten or 30 contacten."""
    match metric:
        case Metric.HELPED:
            return ngettext("%(amount)s candidate", "%(amount)s candidates", number, amount=decimal(number))
        case Metric.ANSWERED:
            return ngettext("%(amount)s contact", "%(amount)s contacts", number, amount=decimal(number))
        case _:
            return ngettext("%(amount)s point", "%(amount)s points", number, amount=decimal(number))


def stands(part: OwnPart, other: str | None = None) -> str:
    """As "Samen 1.240 van 2.000 punten", "Jouw team (Zwolle): plaats 2", "Plaats 3" or "Je staat voor op Bram".

    `other` is the name of whom they meet, where that is shown; nothing for who has no pair yet.
    """
    if part.format in PAIRS:
        return _pair(part, other)
    by_format = {Format.TEAM_GOAL: _together, Format.THRESHOLD: _tickets, Format.TEAMS: _team, Format.FIRST: _target}
    return by_format.get(Format(part.format), _own_place)(part)


def _pair(part: OwnPart, other: str | None) -> str:
    if not part.round:
        return ""
    name = (other or nameless()) if part.other_id else ""
    how = own_duel(part.format, name, part.ahead, over=part.over)
    return f"{round_name(part.round - 1, part.rounds)} · {how}" if part.format == Format.BRACKET else how


def _together(part: OwnPart) -> str:
    goal = amount(part.metric, part.goal or 0)
    return _("Together %(now)s of %(goal)s", now=decimal(part.together), goal=goal)


def _team(part: OwnPart) -> str:
    place = _place(part)
    return _("Your team (%(team)s): %(place)s", team=part.side, place=place) if part.side else ""


def _target(part: OwnPart) -> str:
    return _("You are at the target") if part.place else _("Not at the target yet")


def _own_place(part: OwnPart) -> str:
    return capital(_place(part))


def _tickets(part: OwnPart) -> str:
    if part.tickets:
        return ngettext("%(num)d ticket in the draw", "%(num)d tickets in the draw", part.tickets)
    left = max((part.goal or 0) - part.score, 1)
    return _("%(amount)s to go until you are in the draw", amount=amount(part.metric, left))


def _place(part: OwnPart) -> str:
    if part.place is None:
        return _("no points yet") if part.metric == Metric.POINTS else _("nothing yet")
    return _("shared place %(place)s", place=part.place) if part.shared else _("place %(place)s", place=part.place)
