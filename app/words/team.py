"""The week of somebody in a team, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app import clock
from app.domain.actions.attendance import Streak
from app.language import gettext as _
from app.language import ngettext, short_day
from app.words.program import wall_time


def block_words(streak: Streak, now: datetime, zone: ZoneInfo) -> str:
    """What became of this week's block, or when it is."""
    block = streak.block
    if streak.kept:
        return ngettext("kept, with %(num)d action", "kept, with %(num)d actions", streak.done)
    if block is None:
        return _("none this week")
    if now < block.starts:
        local = block.starts.astimezone(zone)
        day = short_day(clock.local_day(block.starts, zone))
        return _("on %(day)s at %(time)s", day=day, time=wall_time(60 * local.hour + local.minute))
    if now < block.ends:
        return _("running now")
    return _("%(done)s of %(needed)s actions logged", done=streak.done, needed=streak.needed)
