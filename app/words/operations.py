"""Words about running Fanfare: what the jobs are called, how a run went, and what became of a mail."""

import re
from datetime import datetime, timedelta

from app.domain.actions import reachable
from app.domain.notices.by_hand import AGAIN, ByHand
from app.domain.notices.chat_target import Failure
from app.domain.notices.heartbeat import JobRun
from app.language import decimal, ngettext
from app.language import gettext as _
from app.words import chats

HELD_UP = re.compile(r"(Busy|OperationalError)\b")
MINUTE, HOUR = 60, 3_600


def job_label(name: str) -> str:
    """What a job does."""
    labels = {
        "boards": _("Make boards anew after an upgrade"),
        "competitions": _("Carry competitions on"),
        "unfinished applications": _("Find who stopped half-way an application"),
        "settling": _("Settle clicks and visits"),
        "bullhorn": _("Ask Bullhorn what is new"),
        "scores for carerix": _("Plan which scores go to Carerix"),
        "carerix": _("Write scores into Carerix"),
        "exports": _("Make files to download"),
        "imports": _("Work on imports"),
        "lab": _("Replay the past in the lab"),
        "publication": _("Count scores anew after new rules"),
        "mapping": _("Let the past follow new names of events"),
        "visits": _("Let go of visits of nobody"),
        "retention": _("Keep to the terms of privacy, at night"),
        "reconciliation": _("Check the scores, at night"),
        "feedback": _("Ask candidates how it went"),
        "rules": _("Publish new points on their day"),
        "streaks": _("Settle the weeks of streaks"),
        "unusual": _("Look for what is unusual"),
        "team credit": _("Credit teams for what candidates thought"),
        "recoveries": _("Find what has to be put right"),
        "applications let go": _("Let go of applications that stopped"),
        "duplicates": _("Look for duplicates, at night"),
        "fans": _("Let fans cool"),
        "badges": _("Give badges"),
        "figures": _("Keep the sponsor's figures up to date"),
        "goals": _("Look which goals were reached"),
        "pulse": _("Open and close the pulse of the quarter"),
        "redemptions": _("Let go of requests that nobody answered"),
        "lapsing coins": _("Let coins lapse"),
        "housekeeping": _("Keep tables small"),
    }
    return (labels | _of_messages()).get(name, name)


def _of_messages() -> dict[str, str]:
    """What is planned to be sent, and sent."""
    return {
        "reminders": _("Plan the weekly reminders"),
        "regular letters": _("Plan the regular mails"),
        "letters of competitions": _("Plan mails about competitions"),
        "alerts": _("Plan mails with alerts"),
        "block invitations": _("Plan entries for calendars"),
        "outbox": _("Send what is due"),
        "messages for chats": _("Plan messages for chats"),
        "chats": _("Send messages to chats"),
        "webhooks": _("Tell webhooks what happened"),
        "reward letters": _("Plan mails about rewards"),
        "provider events": _("Settle what providers and vendors told"),
    }


def every(seconds: int) -> str:
    """How often a job runs."""
    for size, said in ((86_400, _days), (HOUR, _hours), (MINUTE, _minutes)):
        if seconds >= size and seconds % size == 0:
            return said(seconds // size)
    return ngettext("every second", "every %(num)d seconds", seconds)


def _days(count: int) -> str:
    return ngettext("every day", "every %(num)d days", count)


def _hours(count: int) -> str:
    return ngettext("every hour", "every %(num)d hours", count)


def _minutes(count: int) -> str:
    return ngettext("every minute", "every %(num)d minutes", count)


def span(length: timedelta) -> str:
    """As 0,3 s, or 3 min 20 s."""
    seconds = length.total_seconds()
    if seconds < MINUTE:
        return _("%(seconds)s s", seconds=decimal(seconds))
    if seconds >= HOUR:
        return _("%(hours)s h %(minutes)s min", hours=int(seconds) // HOUR, minutes=int(seconds) % HOUR // MINUTE)
    return _("%(minutes)s min %(seconds)s s", minutes=int(seconds) // MINUTE, seconds=int(seconds) % MINUTE)


def took(run: JobRun) -> str:
    """How long a run took; nothing while it has not ended."""
    return span(run.finished_at - run.started_at) if run.finished_at else ""


def since(moment: datetime, now: datetime) -> str:
    """How long ago something was, to the second while it is fresh."""
    return _("%(span)s ago", span=span(max(timedelta(0), now - moment)))


def until(moment: datetime, now: datetime) -> str:
    """When something will be, to the second."""
    left = timedelta(seconds=round((moment - now).total_seconds()))
    return _("in %(span)s", span=span(left)) if left > timedelta(0) else _("now")


def failure(error: str) -> str:
    """What went wrong in a run, in a sentence; the error itself stands beside it."""
    if HELD_UP.match(error):
        return _("The database was held by others for too long, or did not answer. The next run tries again.")
    return _("Something went wrong that was not foreseen. The next run tries again; if it stays, pass on the error.")


def state_label(state: str) -> str:
    """What became of a mail."""
    return {
        "pending": _("waits"),
        "sending": _("is on its way"),
        "sent": _("sent"),
        "failed": _("refused"),
        "skipped": _("not sent"),
    }[state]


def state_tone(state: str) -> str:
    return {"sent": "ok", "failed": "hot", "sending": "accent"}.get(state, "")


def reason(text: str) -> str:
    """Why a mail was not sent, in words where it was us; what a mail server said stands as it is."""
    known = {
        "too late": _("Its time was over before it could go."),
        "nobody waits": _("Nobody waits for the recipient, or their block is another day."),
        "the recipient has left": _("The recipient has left, or has no address."),
        "the address refuses mail": _("The address refuses our mail."),
        "unsubscribed": _("The recipient does not want these mails."),
        "it is no longer so": _("What it tells is no longer so."),
        "the block is another one by now": _("What it tells is no longer so."),
        "it was taken back": _("What it tells is no longer so."),
        "taken back or done": _("What it tells is no longer so."),
        "nothing happened": _("Nothing happened on that day."),
        reachable.Why.DAILY: _("It comes in the mail of the day."),
        reachable.Why.OFF: _("The recipient had days off until it was no news any more."),
        reachable.Why.QUIET: _("The recipient had quiet hours until it was no news any more."),
        "withdrawn": _("It was withdrawn."),
        "ended": _("Its link has ended."),
        "the candidate was forgotten or merged": _("The candidate was forgotten or merged."),
        "no mail address that works": _("There is no mail address that works."),
        "do not contact": _("The candidate does not want to hear from us."),
        "the candidate objected": _("The candidate objected."),
        "no consent to be approached": _("The candidate took back that we may write."),
        "another link was used": _("Its link has ended."),
        "they chose a password": _("Its link has ended."),
        "complained": _("Whoever reads it called our mail spam."),
        "bounced": _("The mail provider says that it does not exist."),
    }
    return _of_chat(text) or known.get(text, text)


def _of_chat(text: str) -> str:
    """The same of a message to a chat; empty where it is of no chat."""
    removed, paused = _("The chat was removed."), _("The chat is paused.")
    failures = {f"chat: {each}": chats.failure(each) for each in Failure}
    return {"the chat was removed": removed, "the chat is paused": paused, **failures}.get(text, "")


def done_by_hand(note: ByHand, name: str) -> str:
    """Who did what with a mail."""
    if note.did == AGAIN:
        return _("Tried again by %(name)s", name=name)
    return _("Called off by %(name)s", name=name)


def numbered(sort: str, number: str) -> str:
    """Somebody of whom only a number is known here."""
    labels = {"person": _("Colleague %(number)s", number=number), "chat": _("Chat %(number)s", number=number)}
    return labels.get(sort, _("Candidate %(number)s", number=number) if sort in {"candidate", "carerix"} else number)
