"""The words of an export: the names of its columns, and how stages, channels, days and yes and no are written."""

from zoneinfo import ZoneInfo

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.exporting import State
from app.domain.candidates.exporting_columns import COLUMNS
from app.domain.candidates.exporting_lines import Wording
from app.domain.candidates.importing.headers import Column
from app.language import current
from app.language import gettext as _
from app.words.candidates import channel_label, stage_label
from app.words.importing import column_label

DAYS = {"nl": "%d-%m-%Y", "en": "%Y-%m-%d"}


def wording(zone: ZoneInfo) -> Wording:
    """How a file is written in the language of the moment; the import reads it in either."""
    return Wording(
        headers={column: column_label(Column(column)) for column in COLUMNS},
        stages={str(stage): stage_label(stage) for stage in Stage},
        channels={str(channel): channel_label(channel) for channel in Channel if channel != Channel.IN_APP},
        yes=_("yes"),
        no=_("no"),
        day=DAYS[current()],
        zone=zone,
    )


def state_sentence(state: str) -> str:
    """How it is with an export."""
    return {
        State.WAITING: _("Waiting for its turn"),
        State.MAKING: _("Being made"),
        State.READY: _("Ready"),
        State.HANDED: _("Downloaded at once"),
        State.GONE: _("The file was kept for a day and is gone"),
        State.FAILED: _("This file could not be made. Try again, or choose fewer candidates."),
    }[State(state)]
