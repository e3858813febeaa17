"""The formats of competitions in words: what each is called, what it is in a sentence, and what can be counted."""

from collections.abc import Sequence

from app.domain.game.competing.competition import Format, Metric
from app.language import gettext as _

IN_FRONT = (Format.TEAM_GOAL, Format.THRESHOLD, Format.TEAMS)
ADVANCED = tuple(each for each in Format if each not in IN_FRONT)


def format_label(format_: str) -> str:
    """What it is called."""
    return {
        Format.TEAM_GOAL: _("Team goal"),
        Format.THRESHOLD: _("Threshold and raffle"),
        Format.TEAMS: _("Team against team"),
        Format.MOST: _("Most points"),
        Format.FIRST: _("First to the target"),
        Format.IMPROVEMENT: _("Most improved"),
        Format.HEAD_TO_HEAD: _("Head to head"),
        Format.BRACKET: _("Knock-out"),
    }[Format(format_)]


def format_icon(format_: str) -> str:
    """The picture beside the name of one that stands in front."""
    return {Format.TEAM_GOAL: "users", Format.THRESHOLD: "gift", Format.TEAMS: "flag"}[Format(format_)]


def format_sentence(format_: str) -> str:
    """What it is about, to whoever chooses one."""
    return {
        Format.TEAM_GOAL: _("Together towards one number: everybody adds to it, and everybody wins."),
        Format.THRESHOLD: _("Everybody who reaches the threshold is in the draw: nobody has to beat anybody."),
        Format.TEAMS: _("The teams race each other, weighed by how many days their people could work."),
        Format.MOST: _("The highest fair score wins. Fits few people who are about as good."),
        Format.FIRST: _("Whoever is at the target on the earliest day wins. The same day is shared."),
        Format.IMPROVEMENT: _("Everybody against their own average, so that anybody can win."),
        Format.HEAD_TO_HEAD: _("Pairs who are about as good, each for as long as it lasts."),
        Format.BRACKET: _("A round each week: whoever wins their pair goes on to the next one."),
    }[Format(format_)]


def metric_label(metric: str) -> str:
    """What is counted."""
    return dict(metrics())[metric]


def metrics() -> Sequence[tuple[str, str]]:
    """Everything that can be counted, the usual one first."""
    return [
        (Metric.POINTS, _("Points")),
        (Metric.HELPED, _("Candidates who were helped")),
        (Metric.ANSWERED, _("Contacts in which the candidate took part")),
    ]
