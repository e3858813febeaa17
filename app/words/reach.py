"""How candidates are reached, in words: purposes, wishes, what is known of an address, when to ask anew, warnings."""

from collections.abc import Collection

from babel import Locale

from app.domain.actions.asking import Reason, Why
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.candidates.preference import Arrangement, Purpose, Wish
from app.domain.candidates.sensitive import Subject
from app.language import current
from app.language import gettext as _
from app.words.candidates import channel_name
from app.words.program import wall_time, weekday_name

LANGUAGES = ("nl", "en", "de", "fr", "pl", "ro", "bg", "uk", "es", "pt", "tr", "ar")
MIDNIGHT = 24 * 60


def purpose_label(purpose: Purpose | str) -> str:
    """For what somebody is reached."""
    return {
        Purpose.CONTACT: _("Contact"),
        Purpose.PLANNING: _("Planning work"),
        Purpose.FORMS: _("Forms and papers"),
        Purpose.FEEDBACK: _("Giving feedback"),
    }[Purpose(purpose)]


def arrangement_label(arrangement: Arrangement | str) -> str:
    """How they like it done."""
    return {
        Arrangement.ALONE: _("fills in forms alone"),
        Arrangement.TOGETHER: _("fills in forms together with us"),
        Arrangement.FOR_THEM: _("we fill in forms for them"),
        Arrangement.TIMES: _("chooses one of the times that we propose"),
        Arrangement.CALL: _("agrees on a time by phone"),
    }[Arrangement(arrangement)]


def language_label(code: str) -> str:
    """A language by its name in the reader's own."""
    return str(Locale.parse(current()).languages.get(code, code))


def channels_sentence(wish: Wish) -> str:
    """As "WhatsApp, anders e-mail"."""
    first, *others = [channel_name(channel) for channel in wish.channels]
    return _("%(first)s, else %(others)s", first=first, others=", ".join(others)) if others else first


def wish_lines(wish: Wish) -> list[str]:
    """Everything that was said beside the channels, as short clauses."""
    said = [times_sentence(wish), arrangement_label(wish.arrangement) if wish.arrangement else ""]
    if wish.language:
        said.append(_("in %(language)s", language=language_label(wish.language)))
    if wish.no_voicemail:
        said.append(_("no voicemail"))
    return [line for line in [*said, wish.note] if line]


def times_sentence(wish: Wish) -> str:
    """As "maandag, woensdag, 18:00 tot 20:00"; nothing when any time will do."""
    days = ", ".join(weekday_name(int(day) - 1) for day in wish.days)
    hours = ""
    if wish.from_minute is not None or wish.until_minute is not None:
        start, end = wall_time(wish.from_minute or 0), wall_time(wish.until_minute or MIDNIGHT)
        hours = _("from %(start)s until %(end)s", start=start, end=end)
    return ", ".join(filter(None, (days, hours)))


def state_label(state: IdentityState | str) -> str:
    """What we know of an address, as a choice."""
    return {
        IdentityState.UNVERIFIED: _("not checked yet"),
        IdentityState.VERIFIED: _("checked"),
        IdentityState.INVALID: _("does not work"),
        IdentityState.OPTED_OUT: _("does not want this"),
    }[IdentityState(state)]


def state_button(state: IdentityState | str) -> str:
    """The button that says so."""
    return {
        IdentityState.UNVERIFIED: _("Not checked yet"),
        IdentityState.VERIFIED: _("It works"),
        IdentityState.INVALID: _("Does not work"),
        IdentityState.OPTED_OUT: _("Does not want this"),
    }[IdentityState(state)]


def state_source(origin: str) -> str:
    """Who or what said what is known of an address."""
    return {
        "candidate": _("said by the candidate"),
        "recruiter": _("noted by us"),
        "bounce": _("a mail came back"),
        "undelivered": _("a message did not arrive"),
        "moved": _("WhatsApp told of a new number"),
        "reply": _("a reply came from there"),
        "import": _("from a file"),
    }.get(origin, origin)


def address_source(identity: Identity) -> str:
    """Where an address came from."""
    return {
        "": _("source unknown"),
        "page": _("added by hand"),
        "phone": _("from the phone number"),
        "own-page": _("given by the candidate"),
        "referral": _("given by a candidate who referred them"),
        "outside": _("given on the page for everybody"),
        "import": _("from a file"),
        "demo": _("invented for the demo"),
        "whatsapp": "WhatsApp",
        "twilio": "Twilio",
    }.get(identity.origin, identity.origin)


def ask_sentence(reason: Reason, name: str) -> str:
    """Why this is a moment to ask somebody how they want to be reached."""
    way = channel_name(reason.preferred) if reason.preferred else ""
    return {
        Why.NEVER_ASKED: _("We never asked %(name)s how to be in touch.", name=name),
        Why.OLD: _("%(name)s preferred %(way)s more than half a year ago. Is that still so?", name=name, way=way),
        Why.MOVED: _("%(name)s moved to another stage. Is %(way)s still the best way?", name=name, way=way),
        Why.ANOTHER_WAY: _(
            "%(name)s preferred %(way)s, but the last two replies came another way: %(other)s.",
            name=name,
            way=way,
            other=channel_name(reason.by) if reason.by else "",
        ),
    }[reason.why]


def warning(subjects: Collection[Subject]) -> str:
    """What a note says that we do not need to know."""
    names = {Subject.HEALTH: _("health"), Subject.ORIGIN: _("ethnic origin"), Subject.RELIGION: _("religion")}
    told = ", ".join(names[subject] for subject in Subject if subject in subjects)
    return _("This seems to be about %(subjects)s. We never ask for that; leave it out if you can.", subjects=told)
