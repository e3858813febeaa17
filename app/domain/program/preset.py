"""The preset: the action kinds that a new program starts with, and what each is worth."""

from typing import NamedTuple

PROMISE_KEPT = "promise_kept"


class Preset(NamedTuple):
    code: str
    label_nl: str
    label_en: str
    points: int
    place_class: str | None = None
    two_way: bool = False


PRESET = (
    Preset("attempt", "Geen gehoor", "Attempt without answer", 10, "attempt"),
    Preset("message", "Bericht gestuurd", "Message sent", 10, "attempt"),
    Preset("inbound", "Spontaan contact afgehandeld", "Unprompted contact handled", 30, None, two_way=True),
    Preset("conversation", "Gesprek", "Conversation", 30, "conversation", two_way=True),
    Preset("status_update", "Terugkoppeling gegeven", "Status update or feedback given", 30),
    Preset(PROMISE_KEPT, "Belofte op tijd nagekomen", "Promise kept on time", 40),
    Preset("preference", "Voorkeur gevraagd of bevestigd", "Preference asked or confirmed", 20, None, two_way=True),
    Preset("refusal", "Niet meer benaderen gerespecteerd", "Refusal respected", 20, None, two_way=True),
    Preset("appointment", "Afspraak gemaakt", "Appointment made", 50, "conversation", two_way=True),
    Preset(
        "reengaged",
        "Weer in contact na 60 dagen stilte",
        "Re-engaged after 60 quiet days",
        60,
        "conversation",
        two_way=True,
    ),
    Preset("event", "Evenement met kandidaten", "Event with candidates", 50, "conversation", two_way=True),
)
BY_ITSELF = frozenset({PROMISE_KEPT, "reengaged"})
"""What a contact turns out to be; nobody says so of their own."""

PRESET_CODES = frozenset(preset.code for preset in PRESET)
