"""Words of the improvement log: how far an idea is."""

from app.domain.oversight.improvement import Entry, State
from app.language import day_and_month
from app.language import gettext as _


def state_label(state: State) -> str:
    """In a word."""
    return {
        State.RAISED: _("idea"),
        State.RUNNING: _("running"),
        State.DONE: _("carried out"),
        State.DROPPED: _("dropped"),
    }[state]


def states_label(state: State) -> str:
    """Of several."""
    return {
        State.RAISED: _("Ideas"),
        State.RUNNING: _("Running"),
        State.DONE: _("Carried out"),
        State.DROPPED: _("Dropped"),
    }[state]


def state_tone(state: State) -> str:
    """How the word looks."""
    return {State.RUNNING: "info", State.DONE: "ok"}.get(state, "")


def story(entry: Entry) -> str:
    """Who raised it, who takes care of it and since when, as far as it is."""
    row, parts = entry.row, []
    parts.append(
        _("%(name)s, %(day)s", name=entry.raised_by, day=day_and_month(row.raised_at))
        if entry.raised_by
        else day_and_month(row.raised_at)
    )
    if row.started_on:
        who = entry.owner or _("nobody")
        parts.append(_("%(name)s since %(day)s", name=who, day=day_and_month(row.started_on)))
    if row.ended_on:
        parts.append(_("until %(day)s", day=day_and_month(row.ended_on)))
    return " · ".join(parts)
