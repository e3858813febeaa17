"""Links that open a channel with a message in it: encoded, bounded, and nothing but a message."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.candidates.address import Channel
from app.domain.candidates.message_link import LONGEST, message_link

NUMBER, MAIL = "+31612345678", "bram@voorbeeld.nl"


@pytest.mark.parametrize(
    ("channel", "address", "link"),
    [
        (Channel.PHONE, NUMBER, "tel:+31612345678"),
        (Channel.WHATSAPP, NUMBER, "https://wa.me/31612345678?text=Hoi%20%26%20tot%20zo%0AEva"),
        (Channel.SMS, NUMBER, "sms:+31612345678?&body=Hoi%20%26%20tot%20zo%0AEva"),
        (Channel.EMAIL, MAIL, "mailto:bram@voorbeeld.nl?subject=Even%20bellen%3F&body=Hoi%20%26%20tot%20zo%0D%0AEva"),
        (Channel.LINKEDIN, "https://www.linkedin.com/in/bram", "https://www.linkedin.com/in/bram"),
        (Channel.WHATSAPP, "@bram", None),
        (Channel.IN_APP, "bram", None),
    ],
)
def test_each_channel_has_its_own(channel: Channel, address: str, link: str | None) -> None:
    assert message_link(channel, address, "Even bellen?", "Hoi & tot zo\nEva") == link


def test_without_a_message_it_only_opens() -> None:
    assert message_link(Channel.EMAIL, MAIL, "Onderwerp", "") == "mailto:bram@voorbeeld.nl"


def test_a_subject_is_one_line_and_begins_no_other_header() -> None:
    link = message_link(Channel.EMAIL, MAIL, "Hoi\r\nBcc: iedereen@voorbeeld.nl", "tekst&cc=x@y.nl") or ""
    assert "%0A" not in link.partition("&body=")[0]
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}


@given(text=st.text(min_size=1, max_size=3000))
@settings(max_examples=30)
def test_any_text_makes_a_short_link_of_plain_characters(text: str) -> None:
    for channel, address in ((Channel.WHATSAPP, NUMBER), (Channel.SMS, NUMBER), (Channel.EMAIL, MAIL)):
        link = message_link(channel, address, text, text) or ""
        assert link.isascii()
        assert link.isprintable()
        assert " " not in link
        assert len(link) < 400 + LONGEST


def test_what_does_not_fit_is_left_out_whole() -> None:
    link = message_link(Channel.SMS, NUMBER, "", "é" * 2000) or ""
    assert link.endswith("%C3%A9")
