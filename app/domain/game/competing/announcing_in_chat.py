"""What chats hear of a competition: everybody's own what concerns them, those of teams and of all what is for them."""

from collections.abc import Mapping
from typing import Any

from app.domain.game.competing import glance
from app.domain.game.competing.competition import Competition
from app.domain.notices import chat_owner, preference
from app.domain.notices.preference import Way
from app.domain.notices.recipient import name_person

Facts = Mapping[str, Any]


def payloads(competition: Competition, kind: str, facts: Mapping[int, Facts], common: Facts) -> dict[str, Facts]:
    """What goes to which chat; `facts` are those of each who hears of it, `common` is what all may know."""
    chats = chat_owner.open_of(facts)
    silent = preference.refusing([name_person(each) for each in chats], kind, Way.CHAT) if chats else set[str]()
    own = {
        chat.recipient: {**common, **facts[person_id]}
        for person_id, theirs in chats.items()
        if name_person(person_id) not in silent
        for chat in theirs
    }
    return own | {
        each.recipient: common for each in chat_owner.open_shared() if glance.is_for(competition, each.team_id)
    }
