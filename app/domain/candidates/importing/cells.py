"""One cell of a file: a stage, a channel, a day, a number or a list, in the words and forms that files use."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage

Meaning = TypeVar("Meaning")
STAGES = MappingProxyType(
    {
        Stage.ATTRACT: "attract|aantrekken|nieuw|new|new lead|lead|open|subscriber|prospect|ingeschreven|"
        "online applicant",
        Stage.ENGAGE: "engage|boeien|actief|active|in gesprek|in procedure|beschikbaar|available|connected|in progress|"
        "open deal|attempted to contact|marketing qualified lead|sales qualified lead|opportunity|submitted|interview",
        Stage.NURTURE: "nurture|warmhouden|warm houden|keep warm|passief|passive|later|niet beschikbaar|bad timing|"
        "unqualified|other|inactive|inactief|not available|on hold|archive|archief",
        Stage.CONVERT: "convert|plaatsen|geplaatst|placed|place|aan het werk|hired|customer|evangelist|werkzaam|"
        "aangenomen",
        Stage.REDEPLOY: "redeploy|opnieuw plaatsen|herplaatsen|herplaatsing|place again|uit dienst|ex medewerker",
    }
)
CHANNELS = MappingProxyType(
    {
        Channel.PHONE: "telefoon|tel|bellen|mobiel|phone|call|telefonisch|mobile",
        Channel.WHATSAPP: "whatsapp|app|appen|wa",
        Channel.EMAIL: "e mail|email|mail|mailen|per mail",
        Channel.SMS: "sms|sms en|text",
        Channel.LINKEDIN: "linkedin",
        Channel.IN_APP: "in app|in the app|in de app",
    }
)
LANGUAGES = {"nl": "nl|nederlands|dutch|nld|nl nl|nl be", "en": "en|engels|english|eng|en us|en gb"}
AT_ONCE = "direct|per direct|direct beschikbaar|nu|meteen|now|immediately|asap|available now"
YES = "ja|j|yes|y|true|waar|1|x|akkoord|opt in|opted in|given"
NO = "nee|n|no|false|onwaar|0|niet akkoord|opt out|opted out|withdrawn"


def _by_word(words: Mapping[Meaning, str]) -> dict[str, Meaning]:
    return {word: meaning for meaning, listed_words in words.items() for word in listed_words.split("|")}


BY_STAGE_WORD = _by_word(STAGES)
BY_CHANNEL_WORD = _by_word(CHANNELS)
BY_LANGUAGE_WORD = _by_word(LANGUAGES)
BY_TRUTH_WORD = _by_word({True: YES, False: NO})
MEANING_NOW = frozenset(_by_word({True: AT_ONCE}))
DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T,].*)?")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
NUMBER = re.compile(
    r"(?:(\d{1,4})(?:[.,]\d{1,2})?\s*(?:-|t/m|tot|to)\s*)?(\d{1,4})(?:[.,]\d{1,2})?\s*(?:[a-z./ ]{0,20})", re.IGNORECASE
)
UNTIL = re.compile(r"\s*\(?(?:tot(?: en met)?|t/m|until|to)\s+(\S+?)\)?\s*$", re.IGNORECASE)
ENDS_LIKE_A_DAY = re.compile(r"(?:tot|t/m|met|until|to)\s+\S+$", re.IGNORECASE)
BETWEEN = re.compile(r'(?:"(?:[^"]|"")*"|[^;,|\n])+')
NO_LETTERS = re.compile("[^a-z0-9]+")
SEPARATORS = frozenset(';,|\n"')


def plainly(text: str) -> str:
    """Without accents, capitals and signs, so that 'E-mailadres' and 'e_mailadres' are one."""
    bare = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return NO_LETTERS.sub(" ", bare.lower()).strip()


def stage_in(text: str) -> Stage | None:
    return BY_STAGE_WORD.get(plainly(text))


def channel_in(text: str) -> Channel | None:
    return BY_CHANNEL_WORD.get(plainly(text))


def language_in(text: str) -> str | None:
    return BY_LANGUAGE_WORD.get(plainly(text))


def truth_in(text: str) -> bool | None:
    return BY_TRUTH_WORD.get(plainly(text))


def number_in(text: str) -> int | None:
    """A whole number as '32', '32,0', '32 uur' or '24-32', of which the second counts."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[2]) if found else None


def day_in(text: str) -> date | None:
    """A day as 31-12-2026, 31/12/2026 or 2026-12-31; a time behind it is left out."""
    if dutch := DUTCH_DAY.fullmatch(text):
        day, month, year = map(int, dutch.groups())
    elif iso := ISO_DAY.fullmatch(text):
        year, month, day = map(int, iso.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def available_in(text: str, today: date) -> date | None:
    """A day, or words that mean at once."""
    return today if plainly(text) in MEANING_NOW else day_in(text)


def listed(text: str) -> dict[str, date | None]:
    """The names in a cell, each with its last day: 'heftruck; VCA tot 31-12-2027'; quotes keep a name in one piece.

    Raises:
        ValueError: what stands where a day should be is none.
    """
    return dict(_named(found[0].strip()) for found in BETWEEN.finditer(text) if found[0].strip())


def joined(told: Mapping[str, date | None]) -> str:
    """The cell from which `listed` reads the same."""
    return "; ".join(_quoted(name) + (f" tot {until:%d-%m-%Y}" if until else "") for name, until in told.items())


def _named(text: str) -> tuple[str, date | None]:
    if text.startswith('"') and (end := _closing(text)):
        name, rest = text[1:end].replace('""', '"'), text[end + 1 :]
    elif ending := _ending(text):
        name, rest = text[: ending.start()], text[ending.start() :]
    else:
        name, rest = text, ""
    return " ".join(name.split()), _until(rest)


def _ending(text: str) -> re.Match[str] | None:
    """Only what ends in a day has one: 'Rijbewijs B tot 3500 kg' is a name."""
    found = UNTIL.search(text)
    return found if found and found.start() and day_in(found[1]) else None


def _until(rest: str) -> date | None:
    if not rest.strip():
        return None
    found = UNTIL.match(rest)
    day = day_in(found[1]) if found else None
    if day is None:
        raise ValueError(rest)
    return day


def _closing(text: str) -> int:
    """Where the quote ends that the text begins with; 0 when it does not."""
    found = re.match(r'"(?:[^"]|"")*"', text)
    return found.end() - 1 if found else 0


def _quoted(name: str) -> str:
    plain = not SEPARATORS & set(name) and not ENDS_LIKE_A_DAY.search(name)
    return name if plain else '"' + name.replace('"', '""') + '"'
