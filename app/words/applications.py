"""Words for applications: what they are for, how far they came, where somebody stopped, and what we owe them."""

from datetime import date, datetime

from app.domain.actions.promise import Promise
from app.domain.journey.application import Application, ApplicationState, is_unfinished
from app.domain.journey.vacancy import NO_REFERENCE, Vacancy
from app.language import day_and_month
from app.language import gettext as _
from app.words.promises import what_label


def vacancy_title(vacancy: Vacancy) -> str:
    """What an application is for."""
    if vacancy.title:
        return vacancy.title
    return _("Open application") if vacancy.reference == NO_REFERENCE else vacancy.reference


def state_label(state: ApplicationState | str) -> str:
    """How far an application came."""
    return {
        ApplicationState.STARTED: _("began applying"),
        ApplicationState.COMPLETED: _("application received"),
        ApplicationState.IN_PROCEDURE: _("in procedure"),
        ApplicationState.INTERVIEWED: _("interviewed"),
        ApplicationState.REJECTED: _("rejected"),
        ApplicationState.WITHDRAWN: _("withdrew"),
        ApplicationState.PLACED: _("placed"),
    }[ApplicationState(state)]


def standing(row: Application) -> str:
    """The state as a chip says it."""
    return _("not finished") if is_unfinished(row) else state_label(row.state)


def tone(row: Application) -> str:
    """The colour of that chip."""
    if is_unfinished(row):
        return "hot"
    return {
        ApplicationState.PLACED: "ok",
        ApplicationState.REJECTED: "outline",
        ApplicationState.WITHDRAWN: "outline",
        ApplicationState.STARTED: "info",
    }.get(ApplicationState(row.state), "brand")


def stopped_sentence(row: Application) -> str:
    """Where somebody stopped, or where they are."""
    if not row.step:
        return _("Stopped half-way.") if is_unfinished(row) else ""
    return _("Stopped at “%(step)s”.", step=row.step) if is_unfinished(row) else _("Now at “%(step)s”.", step=row.step)


def owed_sentence(due_at: datetime, now: datetime) -> str:
    """By when they hear from us."""
    day = day_and_month(due_at)
    if due_at <= now:
        return _("Waits for our word since %(day)s.", day=day)
    return _("Hears from us by %(day)s.", day=day)


def waits_about(state: str | None) -> str:
    """About what somebody waits for our word."""
    if state == ApplicationState.COMPLETED:
        return _("the application")
    return _("the interview") if state == ApplicationState.INTERVIEWED else _("a message")


def placement_sentence(starts_on: date, ends_on: date | None) -> str:
    """From when to when they work."""
    if ends_on is None:
        return _("Works from %(day)s.", day=day_and_month(starts_on))
    return _("Works from %(start)s to %(end)s.", start=day_and_month(starts_on), end=day_and_month(ends_on))


def kept_sentence(*, kept: bool) -> str:
    """What a rejected candidate said of being kept in mind."""
    return _("We may keep them in mind.") if kept else _("They do not want to be kept in mind.")


def planned_label(promise: Promise) -> str:
    """What a promise of a placement is about."""
    return what_label(promise.kind)


def moved(title: str, from_state: str | None, to_state: str) -> str:
    """A move on the timeline, as "Heftruckchauffeur: van in procedure naar geplaatst"."""
    if from_state is None:
        return _("%(title)s: %(state)s", title=title, state=state_label(to_state))
    before, after = state_label(from_state), state_label(to_state)
    return _("%(title)s: from %(before)s to %(after)s", title=title, before=before, after=after)
