"""Words of alerts: what there is to tell about a candidate, why it is worth a contact now, and what the mails say."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app import clock
from app.domain.actions.alert_topic import KIND, Topic
from app.domain.agency.agency import the_zone
from app.domain.journey import touchpoint_kind
from app.domain.notices import catalogue
from app.domain.notices.alert import Alert, AlertKind
from app.language import gettext as _
from app.language import ngettext
from app.words.days import on_day
from app.words.feedback import cause_clause
from app.words.program import wall_time
from app.words.score import kind_label

SCORED = (AlertKind.KEEPS_COMING_BACK, AlertKind.FAN)


def headline(topic: Topic) -> str:
    """What presses most, with the candidate's name."""
    return headline_of(AlertKind(topic.alerts[0].kind), topic.candidate.name)


def headline_of(kind: AlertKind, of: str) -> str:
    """What there is to tell, with whose name it is."""
    name = {"name": of}
    return {
        AlertKind.RECOVERY: _("Something went wrong for %(name)s", **name),
        AlertKind.REPLY: _("%(name)s replied", **name),
        AlertKind.UNFINISHED_APPLICATION: _("%(name)s stopped halfway through an application", **name),
        AlertKind.KEEPS_COMING_BACK: _("%(name)s keeps coming back to look", **name),
        AlertKind.FAN: _("%(name)s became a fan", **name),
    }[kind]


def subject(topics: Sequence[Topic]) -> str:
    """What a mail is about."""
    if len(topics) == 1:
        return headline(topics[0])
    return ngettext("%(num)d candidate asks for you now", "%(num)d candidates ask for you now", len(topics))


def why(topic: Topic, now: datetime) -> list[str]:
    """A sentence or two for each alert."""
    return [_why(alert, now) for alert in topic.alerts]


def only_for_you(topics: Sequence[Topic]) -> str:
    """People who look around want no recruiter who tells them so; nothing where that is not the case."""
    watched = any(alert.kind in SCORED for topic in topics for alert in topic.alerts)
    return _("Only for you: talk about work, and not about what you read here.") if watched else ""


def in_place_of(topic: Topic) -> str:
    """Why somebody hears of a colleague's candidate; nothing for one's own."""
    return _("%(name)s has a day off; you take their place.", name=topic.covered) if topic.covered else ""


def _why(alert: Alert, now: datetime) -> str:
    return why_of(AlertKind(alert.kind), alert.facts, now)


def why_of(kind: AlertKind, facts: Mapping[str, Any], now: datetime) -> str:
    """Why it is worth a contact now."""
    if kind is AlertKind.RECOVERY:
        return _recovery(str(facts["cause"]), clock.parse(facts["due_at"]), now)
    if kind is AlertKind.REPLY:
        return _reply(clock.parse(facts["at"]), now)
    if kind is AlertKind.UNFINISHED_APPLICATION:
        return _unfinished(facts.get("vacancy") or "", facts.get("step") or "")
    if kind is AlertKind.KEEPS_COMING_BACK:
        return came_back(facts["days"])
    return _("A fan because of: %(acts)s.", acts=contributions(facts["reasons"], local_day(now)))


def came_back(days: int) -> str:
    """As "3 van de laatste zeven dagen op je website"."""
    return _("On your website on %(num)d of the last seven days.", num=days)


def _recovery(cause: str, due_at: datetime, now: datetime) -> str:
    day = on_day(local_day(due_at), local_day(now))
    return _("This candidate %(cause)s. Put it right %(day)s at the latest.", cause=cause_clause(cause), day=day)


def _reply(at: datetime, now: datetime) -> str:
    local = at.astimezone(the_zone())
    day, time = on_day(local.date(), local_day(now)), wall_time(local.hour * 60 + local.minute)
    return _("The message came %(day)s at %(time)s.", day=day, time=time)


def _unfinished(vacancy: str, step: str) -> str:
    about = _("It was for %(vacancy)s.", vacancy=vacancy) if vacancy else _("It was an open application.")
    last = [_("The last step was “%(step)s”.", step=step)] if step else []
    return " ".join([about, *last, _("One call is often enough to finish it together.")])


def contributions(reasons: Sequence[dict[str, object]], today: date) -> str:
    """As "sollicitatie afgerond (maandag), vacature bekeken op 3 dagen"."""
    kinds = touchpoint_kind.named({str(one["kind"]) for one in reasons})
    return ", ".join(_contribution(one, kinds, today) for one in reasons)


def _contribution(one: dict[str, object], kinds: dict[str, touchpoint_kind.TouchpointKind], today: date) -> str:
    label = kind_label(kinds[str(one["kind"])]) if one["kind"] in kinds else str(one["kind"])
    what, days = label[:1].lower() + label[1:], int(str(one["days"]))
    if days == 1:
        return _("%(what)s %(day)s", what=what, day=on_day(date.fromisoformat(str(one["last"])), today))
    return ngettext("%(what)s on %(num)d day", "%(what)s on %(num)d days", days, what=what)


def kind_name(kind: AlertKind) -> str:
    """A kind of alert, as something that one wants to hear of."""
    return {
        AlertKind.RECOVERY: _("Something went wrong"),
        AlertKind.REPLY: _("A candidate replied"),
        AlertKind.UNFINISHED_APPLICATION: _("Unfinished application"),
        AlertKind.KEEPS_COMING_BACK: _("Keeps coming back to look"),
        AlertKind.FAN: _("New fan"),
    }[kind]


def mail_name(kind: str) -> str | None:
    """The mails of a kind of alert within a sentence; None for other mails."""
    names = {
        AlertKind.RECOVERY: _("mails about what went wrong"),
        AlertKind.REPLY: _("mails about replies"),
        AlertKind.UNFINISHED_APPLICATION: _("mails about unfinished applications"),
        AlertKind.KEEPS_COMING_BACK: _("mails about candidates who keep coming back"),
        AlertKind.FAN: _("mails about new fans"),
    }
    return {catalogue.alert(each): name for each, name in names.items()}.get(
        kind, _("mails about candidates who ask for you now") if kind == KIND else None
    )


def local_day(moment: datetime) -> date:
    """The day that a moment is at the agency."""
    return clock.local_day(moment, the_zone())
