"""What people type becomes one normal form per channel."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.candidates.address import Channel, Unreachable, href, is_mobile, normalise, readable, recognise

NUMBERS = (
    "0612345678",
    "612345678",
    "06 12 34 56 78",
    "06-12345678",
    "06/12345678",
    "0031612345678",
    "31612345678",
    "+31 (0)6 12345678",
    "+31\u00a06 12345678",
)


@pytest.mark.parametrize("text", NUMBERS)
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.WHATSAPP, Channel.SMS])
def test_a_number_has_one_form(channel: Channel, text: str) -> None:
    assert normalise(channel, text) == "+31612345678"


def test_a_foreign_number_stays_foreign() -> None:
    assert normalise(Channel.PHONE, "+32 470 12 34 56") == "+32470123456"


@pytest.mark.parametrize("text", ["", "123", "06 bel mij", "0612345678 / 0687654321", "+", "9" * 300])
def test_no_number(text: str) -> None:
    with pytest.raises(Unreachable):
        normalise(Channel.PHONE, text)


@pytest.mark.parametrize("text", ["Jan@Voorbeeld.NL ", "mailto:jan@voorbeeld.nl"])
def test_a_mail_address_is_lower_case(text: str) -> None:
    assert normalise(Channel.EMAIL, text) == "jan@voorbeeld.nl"


@pytest.mark.parametrize("text", ["", "jan@", "jan", "jan@bedrijf", "a b@c.nl", f"{'a' * 300}@b.nl"])
def test_no_mail_address(text: str) -> None:
    with pytest.raises(Unreachable):
        normalise(Channel.EMAIL, text)


@pytest.mark.parametrize("text", ["linkedin.com/in/Jan-1", "https://nl.linkedin.com/in/jan-1/?trk=x"])
def test_a_profile_has_one_form(text: str) -> None:
    assert normalise(Channel.LINKEDIN, text) == "https://www.linkedin.com/in/jan-1"


def test_a_company_is_no_profile() -> None:
    with pytest.raises(Unreachable):
        normalise(Channel.LINKEDIN, "linkedin.com/company/jansen")


def test_another_channel_keeps_its_own_id() -> None:
    assert normalise(Channel.IN_APP, " user-7 ") == "user-7"


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("jan@voorbeeld.nl", Channel.EMAIL),
        ("612345678", Channel.PHONE),
        ("linkedin.com/in/jan", Channel.LINKEDIN),
    ],
)
def test_the_channel_is_recognised(text: str, channel: Channel) -> None:
    assert recognise(text)[0] == channel


def test_mobile_or_not() -> None:
    assert is_mobile("+31612345678")
    assert not is_mobile("+31384251234")


@pytest.mark.parametrize(
    ("channel", "address", "text"),
    [
        (Channel.PHONE, "+31612345678", "06 12345678"),
        (Channel.PHONE, "+32470123456", "+32 470 12 34 56"),
        (Channel.WHATSAPP, "NL.123", "NL.123"),
        (Channel.EMAIL, "a@b.nl", "a@b.nl"),
        (Channel.LINKEDIN, "https://www.linkedin.com/in/jan", "linkedin.com/in/jan"),
    ],
)
def test_as_people_write_it(channel: Channel, address: str, text: str) -> None:
    assert readable(channel, address) == text


@pytest.mark.parametrize(
    ("channel", "address", "link"),
    [
        (Channel.PHONE, "+31612345678", "tel:+31612345678"),
        (Channel.SMS, "+31612345678", "sms:+31612345678"),
        (Channel.WHATSAPP, "+31612345678", "https://wa.me/31612345678"),
        (Channel.WHATSAPP, "NL.123", None),
        (Channel.EMAIL, "a@b.nl", "mailto:a@b.nl"),
        (Channel.LINKEDIN, "https://www.linkedin.com/in/jan", "https://www.linkedin.com/in/jan"),
        (Channel.IN_APP, "user-7", None),
        (Channel.EMAIL, "jan?bcc=een@ander.nl", "mailto:jan%3Fbcc%3Deen@ander.nl"),
    ],
)
def test_the_link_of_a_channel(channel: Channel, address: str, link: str | None) -> None:
    assert href(channel, address) == link


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("NL.1234abc", "NL.1234abc"),
        ("nl.98Zx", "NL.98Zx"),
        ("@Pieter", "@pieter"),
        ("@jan_van.dam", "@jan_van.dam"),
        ("https://wa.me/31612345678", "+31612345678"),
        ("wa.me/+31612345678?text=Hoi", "+31612345678"),
        ("https://api.whatsapp.com/send?phone=31612345678", "+31612345678"),
    ],
)
def test_whatsapp_also_without_a_number(text: str, kept: str) -> None:
    assert normalise(Channel.WHATSAPP, text) == kept
    assert normalise(Channel.WHATSAPP, kept) == kept


@pytest.mark.parametrize("text", ["@", "@ab", "@123", "pieter", "NL.", "NLD.12", "@a b c", "wa.me/pieter"])
def test_no_whatsapp(text: str) -> None:
    with pytest.raises(Unreachable):
        normalise(Channel.WHATSAPP, text)


@pytest.mark.parametrize("address", ["NL.1234abc", "@pieter"])
def test_nothing_opens_whatsapp_without_a_number(address: str) -> None:
    assert href(Channel.WHATSAPP, address) is None
    assert readable(Channel.WHATSAPP, address) == address


@given(st.from_regex(r"(\+31|0031|0|)[ -]?6[ -]?[0-9]([ -]?[0-9]){7}", fullmatch=True))
def test_dutch_mobiles_are_what_the_library_says_they_are(text: str) -> None:
    number = phonenumbers.parse(text, "NL")
    said = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if phonenumbers.is_valid_number(number):
        assert normalise(Channel.PHONE, text) == said
        mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
        assert is_mobile(said) == mobile
    else:
        with pytest.raises(Unreachable):
            normalise(Channel.PHONE, text)
