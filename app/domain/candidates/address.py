"""An address on a channel: what people type becomes its one normal form, and a link that opens it."""

import re
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

import phonenumbers

from app.domain.agency.person import normal_email

HOME = "NL"
LONGEST = 254
NUMBER = re.compile(r"[\d\s().+/\-\u00a0\u2010-\u2015]+")
DUTCH_MOBILE = re.compile(r"(?:\+31|0031|0)?(6[1-58]\d{7})", re.ASCII)
"""Most numbers of a Dutch file; known at once, because an import asks for hundreds of thousands."""
BETWEEN_DIGITS = str.maketrans("", "", " -")
WHATSAPP_LINK = re.compile(
    r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(?P<digits>\d+)", re.IGNORECASE
)
BUSINESS_ID = re.compile(r"(?P<country>[A-Za-z]{2})\.(?P<id>[A-Za-z0-9]+)")
USER_NAME = re.compile(r"@(?=[\w.]*[A-Za-z])(?P<name>[\w.]{3,35})", re.ASCII)
LINKEDIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)?linkedin\.com/in/(?P<slug>[^/?#\s]+)", re.IGNORECASE)


class Channel(StrEnum):
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    SMS = "sms"
    LINKEDIN = "linkedin"
    IN_APP = "in_app"


NUMBERED = frozenset({Channel.PHONE, Channel.WHATSAPP, Channel.SMS})


class Unreachable(ValueError):  # noqa: N818 - it names what is the case
    """The text is no address on this channel."""

    def __init__(self, channel: Channel, text: str) -> None:
        super().__init__(f"not an address on {channel}: {text!r}")
        self.channel = channel
        self.text = text


def normalise(channel: Channel, text: str) -> str:
    """The one form in which an address is kept: E.164, a lower-case mail address, a profile's address.

    WhatsApp also knows people without showing their number: by a business-scoped id (NL.1234abc), or as @pieter.

    Raises:
        Unreachable: nobody can be reached there.
    """
    text = text.strip()
    if channel == Channel.WHATSAPP:
        found = _whatsapp(text)
    elif channel in NUMBERED:
        found = _number(text)
    elif channel == Channel.EMAIL:
        found = _mail(text)
    elif channel == Channel.LINKEDIN:
        found = _profile(text)
    else:
        found = text
    if not found or len(found) > LONGEST:
        raise Unreachable(channel, text)
    return found


def recognise(text: str) -> tuple[Channel, str]:
    """Which channel an address is on, and its normal form.

    Raises:
        Unreachable: it is neither a mail address, nor a profile, nor a phone number.
    """
    if "@" in text:
        return Channel.EMAIL, normalise(Channel.EMAIL, text)
    if "linkedin" in text.lower():
        return Channel.LINKEDIN, normalise(Channel.LINKEDIN, text)
    return Channel.PHONE, normalise(Channel.PHONE, text)


@lru_cache(maxsize=10_000)
def is_mobile(number: str) -> bool:
    """Whether an E.164 number receives messages."""
    if DUTCH_MOBILE.fullmatch(number):
        return True
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    return kind in {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def readable(channel: Channel, address: str) -> str:
    """As people write it: 06 12345678 at home, +32 470 12 34 56 abroad."""
    if channel == Channel.LINKEDIN:
        return address.removeprefix("https://www.")
    if channel not in NUMBERED or not address.startswith("+"):
        return address
    number = phonenumbers.parse(address)
    at_home = phonenumbers.region_code_for_number(number) == HOME
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


SCHEMES = {Channel.PHONE: "tel", Channel.SMS: "sms", Channel.EMAIL: "mailto"}


def href(channel: Channel, address: str) -> str | None:
    """What opens the channel on this address; None where no link can."""
    if channel == Channel.LINKEDIN:
        return address
    if channel == Channel.WHATSAPP:
        return f"https://wa.me/{address.lstrip('+')}" if address.startswith("+") else None
    scheme = SCHEMES.get(channel)
    if scheme is None:
        return None
    return f"{scheme}:{address if address[1:].isdecimal() else quote(address, safe='@+')}"


def _number(text: str) -> str:
    """A number without its leading zero, as a spreadsheet leaves it, is read as well."""
    if found := DUTCH_MOBILE.fullmatch(text.translate(BETWEEN_DIGITS)):
        return f"+31{found[1]}"
    if not NUMBER.fullmatch(text):
        return ""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _whatsapp(text: str) -> str:
    if found := BUSINESS_ID.fullmatch(text):
        return f"{found['country'].upper()}.{found['id']}"
    if found := USER_NAME.fullmatch(text):
        return f"@{found['name'].lower()}"
    found = WHATSAPP_LINK.match(text)
    return _number(f"+{found['digits']}" if found else text)


def _mail(text: str) -> str:
    return normal_email(text.removeprefix("mailto:")) or ""


def _profile(text: str) -> str:
    found = LINKEDIN.match(text)
    return f"https://www.linkedin.com/in/{found['slug'].lower()}" if found else ""
