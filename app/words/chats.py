"""Words of chats: what each is, whose it is, how it goes with it, and what stands in its messages."""

from datetime import datetime
from math import ceil

from app.domain.notices.chat_address import Service
from app.domain.notices.chat_target import PATIENCE, ChatTarget, Failure
from app.domain.program.placing import Occurrence
from app.language import gettext as _
from app.language import ngettext
from app.words.times import when


def service_label(service: str) -> str:
    """A chat as its people call it."""
    return {
        Service.SLACK: "Slack",
        Service.TEAMS: "Teams",
        Service.GOOGLE: "Google Chat",
        Service.DISCORD: "Discord",
        Service.MATTERMOST: "Mattermost",
        Service.MAIL: _("mail to a channel"),
        Service.JSON: _("another program"),
    }[Service(service)]


def failure(failure: Failure) -> str:
    """Why a message did not get through, and what can be done about it."""
    return {
        Failure.GONE: _("The chat does not know this address any more. Make a new one there, and add it here."),
        Failure.REFUSED: _("The chat refuses our messages. Perhaps the address was closed there."),
        Failure.BUSY: _("The chat gets too many messages at the moment."),
        Failure.BROKEN: _("Something is wrong at the chat; it did not take the message."),
        Failure.MOVED: _("The address leads on to another one, and we follow none. Add the one to which it leads."),
        Failure.SILENT: _("The chat did not answer within five seconds."),
        Failure.UNKNOWN: _("There is no server of this name."),
        Failure.INSIDE: _("The address leads into our own network, and we send nothing there."),
        Failure.UNTRUSTED: _("The server could not show who it is: its certificate is not valid."),
        Failure.AWAY: _("The chat could not be reached, or did not take the message."),
    }[failure]


def last(target: ChatTarget) -> list[str]:
    """When the last message arrived, or why it did not."""
    told = []
    if target.delivered_at is not None:
        told.append(_("The last message arrived on %(when)s.", when=when(target.delivered_at)))
    if target.trouble is not None and target.failed_at is not None:
        failed = _("The message of %(when)s did not arrive.", when=when(target.failed_at))
        told.append(f"{failed} {failure(target.trouble.failure)}")
    return told or [_("Nothing was sent there yet.")]


def state(target: ChatTarget) -> tuple[str, str]:
    """How it goes with a chat in a word, and its tone."""
    if target.paused_at is not None:
        return (_("paused itself"), "hot") if paused_itself(target) else (_("paused"), "")
    return (_("does not arrive"), "accent") if target.trouble else (_("on"), "ok")


def paused_itself(target: ChatTarget) -> bool:
    """Whether it was paused because of what went wrong, and not by somebody."""
    return target.trouble is not None and target.trouble.times >= PATIENCE


def paused_sentence(label: str) -> str:
    """That a chat is told nothing any more."""
    return _("Nothing goes to the chat “%(name)s” any more", name=label)


def why_paused(failed: Failure) -> str:
    """What is said beside it."""
    times = ngettext("%(num)d message did not arrive.", "%(num)d messages in a row did not arrive.", PATIENCE)
    return f"{times} {failure(failed)}"


def test_title(program: str) -> str:
    """What the message of the test button says."""
    return _("%(program)s can be heard here", program=program)


def test_line(label: str) -> str:
    return _("This is a test of the chat “%(name)s”. Nobody needs to do anything.", name=label)


def block_title(block: Occurrence, now: datetime) -> str:
    """As "Over 15 minuten: het opvolgmoment"."""
    minutes = max(1, ceil((block.starts - now).total_seconds() / 60))
    return ngettext("In %(num)d minute: the follow-up block", "In %(num)d minutes: the follow-up block", minutes)


def block_line() -> str:
    return _("Your list is ready, with who comes first and why.")
