"""A message that is nothing but a wish: to hear no more, or to hear from us again."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.candidates.folding import fold

STOP = "stop|stopall|stop all|stoppen|stop maar|stop promotions|afmelden|meld af|meld me af|meld mij af|uitschrijven|"
STOP += "schrijf me uit|schrijf mij uit|unsubscribe|opt out|optout"
START = "start|unstop|aanmelden|subscribe|opt in|optin"
WISHES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(STOP.split("|"), "stop") | dict.fromkeys(START.split("|"), "start")
)
LONGEST = 40


def wish_in(words: object, *stops: str) -> str:
    """`stop` or `start` when that is all that they say; a sentence with such a word in it is a message.

    `stops`: what else ends it where the message came in.
    """
    if not isinstance(words, str) or len(words) > LONGEST:
        return ""
    plain = "".join(sign if sign.isalnum() else " " for sign in fold(words))
    said = " ".join(plain.split())
    return "stop" if said in stops else WISHES.get(said, "")
