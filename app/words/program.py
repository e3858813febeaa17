"""What is said of the program: its follow-up block, its action kinds, its colours."""

from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.domain.program.block import Block
from app.domain.program.moving import NotThen
from app.domain.program.placing import Occurrence, WeeklyTime
from app.language import current, day_and_month
from app.language import gettext as _

A_MONDAY = date(2024, 1, 1)


class Labelled(Protocol):
    """An action kind, or its rule on a day."""

    @property
    def label_nl(self) -> str: ...

    @property
    def label_en(self) -> str: ...


def kind_label(kind: Labelled) -> str:
    """What an action kind is called in the reader's language."""
    return kind.label_nl if current() == "nl" else kind.label_en


def weekday_name(weekday: int) -> str:
    """The day of the week, Monday = 0."""
    return format_date(A_MONDAY.replace(day=1 + weekday), "EEEE", locale=current())


def wall_time(minutes: int) -> str:
    """Minutes past midnight as 14:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def block_sentence(block: WeeklyTime) -> str:
    """When the follow-up block is: every friday, 14:30 to 15:15."""
    start, end = wall_time(block.starts), wall_time(block.starts + block.minutes)
    return _("every %(day)s from %(start)s to %(end)s", day=weekday_name(block.weekday), start=start, end=end)


def reserved_sentence(block: Block, today: date) -> str:
    """What was agreed, and from when it holds."""
    if block.from_week <= today:
        return _("From this week: %(when)s.", when=block_sentence(block))
    return _("From %(day)s: %(when)s.", day=day_and_month(block.from_week), when=block_sentence(block))


def occurrence_sentence(occurrence: Occurrence, zone: ZoneInfo) -> str:
    """When one block is: vrijdag 20 november, 14:30 tot 15:15."""
    starts, ends = occurrence.starts.astimezone(zone), occurrence.ends.astimezone(zone)
    day = format_date(starts.date(), "EEEE d MMMM", locale=current())
    return _("%(day)s, %(start)s to %(end)s", day=day, start=f"{starts:%H:%M}", end=f"{ends:%H:%M}")


def moved_sentence(occurrence: Occurrence) -> str:
    """Why a block is not at the usual time; nothing when it is."""
    reasons = {
        "holiday": _("Moved because of a public holiday or closure."),
        "absence": _("Moved because of days off."),
        "own": _("Moved by choice for this week."),
    }
    return reasons.get(occurrence.moved, "")


def not_then(refused: NotThen) -> str:
    """Why a block cannot be moved there."""
    return {
        "past": _("That moment is over; choose a later one."),
        "week": _("Choose a day of this week."),
        "late": _("The block must end before midnight."),
        "off": _("That is a day off."),
        "over": _("This week's block is over."),
    }[refused.why]


def hue_name(hue: int | None) -> str:
    """What a colour that we offer is called; one that was chosen elsewhere has its number."""
    names = {
        None: _("Fanfare green"),
        25: _("Red"),
        50: _("Orange"),
        85: _("Ochre"),
        125: _("Olive"),
        150: _("Green"),
        195: _("Turquoise"),
        230: _("Sky blue"),
        260: _("Blue"),
        290: _("Violet"),
        325: _("Purple"),
        355: _("Pink"),
    }
    return names.get(hue, _("Hue %(hue)s", hue=hue))
