"""The demo's chats: a recruiter's that pauses itself, a team's that was paused, and one of the whole agency."""

from datetime import datetime, timedelta

from app.demo.cast import Cast
from app.domain.agency.person import Person, Role
from app.domain.notices import chat_address, chat_target
from app.domain.notices.chat_target import PATIENCE, ChatTarget, Failure

HOST = "chat.vasteband.example"
"""At a name that nobody can have: what the demo sends goes nowhere."""


def add(people: Cast, now: datetime) -> None:
    """Each with what it went through."""
    silent = _chat(people.star, "Mattermost", "a", now, own=True)
    chat_target.delivered(silent, now - timedelta(days=9))
    for number in range(PATIENCE):
        chat_target.failed(silent, Failure.GONE, now - timedelta(days=PATIENCE - number))
    lead = people.leads[-1]
    chat_target.pause(_chat(lead, "Mattermost · team", "b", now, team_id=lead.team_id), now - timedelta(days=2))
    everybody = _chat(people.part(Role.ADMIN), "Vaste Band", "c", now)
    chat_target.delivered(everybody, now - timedelta(days=4))


def _chat(
    by: Person, label: str, key: str, now: datetime, *, own: bool = False, team_id: int | None = None
) -> ChatTarget:
    address = chat_address.read(f"https://{HOST}/hooks/{key * 26}")
    return chat_target.add(by, label, address, now - timedelta(days=30), own=own, team_id=team_id)
