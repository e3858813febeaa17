"""What is said outside the walls: the promise, when somebody is there, and what to copy for websites and mails."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.domain.candidates import address
from app.domain.candidates.address import Channel
from app.domain.program import colour
from app.domain.program.outside import Outside
from app.domain.program.outside_way import OutsideWay
from app.domain.program.program import Program
from app.language import gettext as _
from app.language import ngettext
from app.words.candidates import channel_icon, channel_label
from app.words.program import wall_time

HOUSE_COLOUR = "#0b6b57"
LONGEST_DESCRIPTION = 160
FRAME = Markup(
    '<iframe src="{url}" title="{name}" width="100%" height="340" loading="lazy"'
    ' style="border:0;max-width:32rem"></iframe>'
)
BADGE = Markup(
    '<a href="{url}" style="display:inline-block;padding:8px 16px;border:1px solid {colour};border-radius:20px;'
    "background:#ffffff;color:{colour};font:600 14px/20px Arial,sans-serif;"
    'text-decoration:none">{name}{promise}</a>'
)
SIGNATURE = Markup(
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>'
    '<td style="border-left:3px solid {colour};padding:2px 0 2px 10px;font-family:Arial,Helvetica,sans-serif;'
    'font-size:13px;line-height:19px;color:#444444">{lines}</td></tr></table>'
)
LINK = Markup('<a href="{url}" style="color:{colour};font-weight:bold;text-decoration:none">{name}</a>')


@dataclass(frozen=True, slots=True)
class Line:
    """What stands under a mail: whose program it is and where it is told, the promise, and when to reach the sender."""

    program: Program
    agency: str
    url: str
    promise: str
    best: str

    @property
    def html(self) -> str:
        """For mail software that knows formatting: a table with its style in it, and nothing from elsewhere."""
        tint = tint_of(self.program)
        link = LINK.format(url=self.url, colour=tint, name=self.program.name)
        lines = [Markup("{} · {}").format(link, self.agency) if self.agency else link, *self.more]
        return str(SIGNATURE.format(colour=tint, lines=Markup("<br>").join(lines)))

    @property
    def text(self) -> str:
        """For mail software that does not."""
        first = f"{self.program.name} · {self.agency}" if self.agency else self.program.name
        return "\n".join([first, *self.more, self.url])

    @property
    def more(self) -> list[str]:
        """What stands under the name."""
        return [line for line in (self.promise, self.best) if line]


def tint_of(program: Program) -> str:
    """The program's colour on white."""
    return HOUSE_COLOUR if program.hue is None else colour.light(program.hue).brand


def promise(days: int | None) -> str:
    """When every candidate hears from the agency at the latest; nothing where that is not said."""
    if days is None:
        return ""
    return ngettext(
        "Every candidate hears from us within %(num)d working day.",
        "Every candidate hears from us within %(num)d working days.",
        days,
    )


def description(seen: Outside, agency: str, language: str) -> str:
    """What search engines and chats show under the name."""
    told = promise(seen.page.promised) or " ".join(seen.page.words(language).split())
    told = told or _("How %(agency)s keeps in touch with candidates.", agency=agency)
    return told if len(told) <= LONGEST_DESCRIPTION else f"{told[: LONGEST_DESCRIPTION - 1].rstrip()}…"


def hours(way: OutsideWay) -> str:
    """When somebody is there, as "maandag tot en met vrijdag, van 09:00 tot 17:00"; nothing: at any time."""
    days = day_spans().get(way.days, "") if way.days else ""
    if way.opens is None or way.closes is None:
        return days
    clock = _("from %(start)s until %(end)s", start=wall_time(way.opens), end=wall_time(way.closes))
    return f"{days}, {clock}" if days else clock


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach the agency as a page shows it; `href` opens it."""

    label: str
    icon: str
    text: str
    href: str | None
    hours: str


def reach(way: OutsideWay) -> Reach:
    """In words."""
    channel = Channel(way.channel)
    text, href = address.readable(channel, way.address), address.href(channel, way.address)
    return Reach(channel_label(channel), channel_icon(channel), text, href, hours(way))


def best_reached(when: str) -> str:
    """When a colleague is reached best, in their own words; nothing where they say nothing."""
    return _("Best reached: %(when)s", when=when) if when else ""


def day_spans() -> Mapping[str, str]:
    """The days among which an agency chooses."""
    return {
        "12345": _("Monday to Friday"),
        "123456": _("Monday to Saturday"),
        "1234567": _("on every day"),
    }


def frame_snippet(name: str, url: str) -> str:
    """What a website shows the frame by."""
    return str(FRAME.format(url=url, name=name))


def badge_snippet(program: Program, url: str, days: int | None) -> str:
    """A link for any website that needs nothing else."""
    said = f" · {promise(days)}" if days else ""
    return str(BADGE.format(url=url, colour=tint_of(program), name=program.name, promise=said))
