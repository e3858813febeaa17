"""Websites that may frame the page: what is typed becomes origins, and nothing that a header would read otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.program.outside_frame import HOST, NotAnOrigin, origins


def test_an_address_is_that_of_its_website() -> None:
    typed = " https://WWW.Voorbeeld.nl/werken?x=1#y \n\nvoorbeeld.nl\nhttps://voorbeeld.nl:443\nhttps://a.nl:8443/"
    assert origins(typed) == ["https://www.voorbeeld.nl", "https://voorbeeld.nl", "https://a.nl:8443"]


def test_names_in_other_letters() -> None:
    assert origins("https://café.nl") == ["https://xn--caf-dma.nl"]


@pytest.mark.parametrize(
    "line",
    [
        "http://voorbeeld.nl",
        "javascript://voorbeeld.nl",
        "https://",
        "https://localhost",
        "https://*.voorbeeld.nl",
        "https://ada:geheim@voorbeeld.nl",
        "https://voorbeeld.nl:0x1f",
        "https://voorbeeld.nl:99999",
        "https://voorbeeld.nl; script-src *",
        "https://voorbeeld.nl, https://ander.nl",
        "https://voor beeld.nl",
        "https://[::1]",
        "https://[",
        "https://-a.nl",
        "https://a..nl",
        "https://" + "a" * 64 + ".nl",
        "https://" + "a." * 120 + "nl",
    ],
)
def test_what_is_no_website(line: str) -> None:
    with pytest.raises(NotAnOrigin):
        origins(line)


@given(st.text(max_size=80))
def test_whatever_is_typed_no_header_is_broken(typed: str) -> None:
    try:
        found = origins(typed)
    except NotAnOrigin:
        return
    for each in found:
        host, _, port = each.removeprefix("https://").partition(":")
        assert HOST.fullmatch(host)
        assert not port or port.isdecimal()
