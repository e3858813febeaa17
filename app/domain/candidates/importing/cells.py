"""One cell of a file: a stage, a channel or a day, in the words and forms that Dutch and English files use."""

import re
import unicodedata
from datetime import date
from types import MappingProxyType

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage

STAGES = MappingProxyType(
    {
        Stage.ATTRACT: "attract|aantrekken|nieuw|new|lead|prospect|ingeschreven",
        Stage.ENGAGE: "engage|boeien|actief|active|in gesprek|in procedure|beschikbaar|available",
        Stage.NURTURE: "nurture|warmhouden|warm houden|keep warm|passief|passive|later|niet beschikbaar",
        Stage.CONVERT: "convert|plaatsen|geplaatst|placed|place|aan het werk|hired|customer",
        Stage.REDEPLOY: "redeploy|opnieuw plaatsen|herplaatsen|herplaatsing|place again|uit dienst",
    }
)
CHANNELS = MappingProxyType(
    {
        Channel.PHONE: "telefoon|tel|bellen|mobiel|phone|call|telefonisch",
        Channel.WHATSAPP: "whatsapp|app|appen|wa",
        Channel.EMAIL: "e mail|email|mail|mailen|per mail",
        Channel.SMS: "sms|sms en|text",
        Channel.LINKEDIN: "linkedin",
    }
)
BY_STAGE_WORD = {word: stage for stage, words in STAGES.items() for word in words.split("|")}
BY_CHANNEL_WORD = {word: channel for channel, words in CHANNELS.items() for word in words.split("|")}
DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")


def plainly(text: str) -> str:
    """Without accents, capitals and signs, so that 'E-mailadres' and 'e_mailadres' are one."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def stage_in(text: str) -> Stage | None:
    return BY_STAGE_WORD.get(plainly(text))


def channel_in(text: str) -> Channel | None:
    return BY_CHANNEL_WORD.get(plainly(text))


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
