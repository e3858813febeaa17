"""Words of the journey map: how long things took, which contact points there are, and what became of people."""

from collections.abc import Mapping

from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.oversight.contact_point import Point, Side
from app.domain.oversight.journey_scope import Span
from app.domain.oversight.journey_step import Fate
from app.domain.oversight.stage_flow import Flow
from app.domain.program.action_kind import ActionKind
from app.language import current, ngettext
from app.language import gettext as _
from app.words.applications import state_label
from app.words.days import capital

A_DAY = 24
Kinds = Mapping[tuple[Side, str], TouchpointKind | ActionKind]


def span_label(span: Span | str) -> str:
    """A period, as it is chosen."""
    return {
        Span.MONTH: _("4 weeks"),
        Span.QUARTER: _("12 weeks"),
        Span.PROGRAM: _("Since the start"),
        Span.YEAR: _("A year"),
    }[Span(span)]


def duration(hours: float | None) -> str:
    """As "12 dagen" or "5 uur"; a dash when nobody knows."""
    if hours is None:
        return "\N{EN DASH}"
    if hours < 1:
        return _("less than an hour")
    if hours < 2 * A_DAY:
        return ngettext("%(num)d hour", "%(num)d hours", round(hours))
    return ngettext("%(num)d day", "%(num)d days", round(hours / A_DAY))


def took(hours: float | None) -> str:
    """How long something usually took."""
    return _("usually %(duration)s", duration=duration(hours)) if hours is not None else ""


def side_label(side: Side | str) -> str:
    """Who acted."""
    return {
        Side.THEY: _("What candidates did"),
        Side.WE: _("What we did"),
        Side.APPLICATION: _("Applications"),
    }[Side(side)]


def point_label(side: Side, code: str, kinds: Kinds) -> str:
    """What a contact point is called in the reader's language."""
    if side is Side.APPLICATION:
        return capital(state_label(code))
    kind = kinds.get((side, code))
    if kind is None:
        return code
    return kind.label_nl if current() == "nl" else kind.label_en


def point_detail(point: Point) -> str:
    """What is said below a contact point."""
    return took(point.hours)


def entered(flow: Flow) -> str:
    """How many came to a stage."""
    return ngettext("%(num)d candidate came here", "%(num)d candidates came here", flow.entered)


def went_on(flow: Flow) -> str:
    """Which part of them went further."""
    share = flow.share(flow.on)
    return "" if share is None else _("%(share)s%% went on", share=share)


def lost(flow: Flow) -> str:
    """How many dropped off."""
    return ngettext("%(num)d dropped off", "%(num)d dropped off", flow.lost) if flow.lost else ""


def fate_label(fate: Fate | str) -> str:
    """What became of those who came to a stage."""
    return {
        Fate.ENTERED: _("Came here"),
        Fate.ON: _("Went on"),
        Fate.HERE: _("Still here"),
        Fate.LOST: _("Dropped off"),
    }[Fate(fate)]
