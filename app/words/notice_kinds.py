"""Words of what somebody can be told of: what each kind is, and the ways in which it comes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.notices import catalogue
from app.domain.notices.alert import AlertKind
from app.domain.notices.preference import Way
from app.language import gettext as _
from app.words import alerts

CANDIDATES = (
    "weekly_reminder",
    *(catalogue.alert(kind) for kind in AlertKind),
    "retention",
)
GAME = ("competition", "reward_decided", "kudos", "surprise")
RUNNING = ("pulse", "lead_week", "sponsor_week", "sponsor_month", "reward_waits")


class Group(NamedTuple):
    """Kinds that are about the same."""

    title: str
    kinds: Sequence[str]


class Kind(NamedTuple):
    """What it is called, and what it says."""

    name: str
    hint: str


def groups() -> list[Group]:
    """Everything to which one may say no, in the order in which it matters."""
    return [
        Group(_("Candidates"), CANDIDATES),
        Group(_("Competitions, rewards and kudos"), GAME),
        Group(_("How the program goes"), RUNNING),
    ]


def way_name(way: Way) -> str:
    """As the head of a column."""
    return {Way.APP: _("In the app"), Way.MAIL: _("Mail"), Way.CHAT: _("Chat")}[way]


def kind(name: str) -> Kind:
    """A kind by its name in the catalogue."""
    found = {catalogue.alert(each): Kind(alerts.kind_name(each), _alert(each)) for each in AlertKind}
    return {**found, **_others()}[name]


def _alert(kind: AlertKind) -> str:
    return {
        AlertKind.RECOVERY: _("A complaint, a low score or a broken promise: put it right within a working day."),
        AlertKind.REPLY: _("Somebody whom you look after answered, or asked for you."),
        AlertKind.UNFINISHED_APPLICATION: _("Somebody began to apply and stopped halfway."),
        AlertKind.KEEPS_COMING_BACK: _("Somebody was on your website on three days of a week."),
        AlertKind.FAN: _("Somebody does so much with you that they count as a fan."),
    }[kind]


def _others() -> Mapping[str, Kind]:
    return {
        "weekly_reminder": Kind(_("Weekly reminder"), _("Before your follow-up block: whom to contact, why, and how.")),
        "retention": Kind(_("Data that end soon"), _("Once a week: of whom you may soon keep nothing any more.")),
        "competition": Kind(
            _("Competitions"), _("Of those you take part in: at the start, halfway, on the last day, and how it ended.")
        ),
        "reward_decided": Kind(_("Your rewards"), _("What was decided of a reward that you asked for.")),
        "kudos": Kind(_("Kudos"), _("A colleague gives you a word of praise.")),
        "surprise": Kind(_("Surprises"), _("The sponsor surprises you.")),
        "pulse": Kind(_("The pulse"), _("Once a quarter: four short questions about the program.")),
        "lead_week": Kind(_("Your team, weekly"), _("On Monday: who held the block, and who waits too long.")),
        "sponsor_week": Kind(_("Three lines a week"), _("Whether it works, one thing to praise, and one to do.")),
        "sponsor_month": Kind(_("The month"), _("The figures of the sponsor's page, with how they changed.")),
        "reward_waits": Kind(_("Rewards that wait for you"), _("Somebody asked for one, or has to get it.")),
    }


def always() -> str:
    """What comes whatever one chooses, and why."""
    return _(
        "Some things always come, because you asked for them or have to know: links to sign in, your block for your"
        " calendar, a time that a candidate chose, somebody who asks to be forgotten, and what stands out in how you"
        " log."
    )
