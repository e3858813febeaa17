"""Addresses of chats: what people paste is taken, written anew, and everything else is refused."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.notices import chat_address
from app.domain.notices.chat_address import NotAllowed, Service

KEY = "TIiajkdnlazkcOXrIdevi7FQ"
TOKEN = "3ccdd113474722377935511fc8"
INVOKE = (
    "/workflows/643e69f8/triggers/manual/paths/invoke?api-version={}&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODu-e_b"
)
AZURE, POWER = "prod-161.westeurope.logic.azure.com", "default0a1b.01.environment.api.powerplatform.com"
GOOGLE = "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=AIza-x&token=O7b1_q%3D"
ALLOWED = {
    f"https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/{KEY}": f"slack://T1JJ3T3L2/A1BRTD4JD/{KEY}/?image=no&footer=no",
    f"https://{AZURE}:443{INVOKE.format('2016-06-01')}": f"workflow://{AZURE}:443/643e69f8/KODu-e_b/?image=no&ver=2016-06-01",
    f"https://{POWER}:443/powerautomate/automations/direct{INVOKE.format('1')}": (
        f"workflow://{POWER}:443/643e69f8/KODu-e_b/?image=no&ver=1&pa=yes"
    ),
    GOOGLE: "gchat://AAAA/AIza-x/O7b1_q%3D/",
    "https://discord.com/api/webhooks/4174216298/JHMH-I8q": "discord://4174216298/JHMH-I8q/?avatar=no",
    f"https://chat.example.com/hooks/{TOKEN}": f"mmosts://chat.example.com/{TOKEN}/?image=no",
    f"mmosts://example.com:8065/chat/{TOKEN}": f"mmosts://example.com:8065/chat/{TOKEN}/?image=no",
    "jsons://flows.example.com/fanfare/in": "jsons://flows.example.com/fanfare/in",
    "mailtos://me%40x.nl:ge%23heim@smtp.x.nl:587?to=kanaal@teams.ms": (
        "mailtos://me%40x.nl:ge%23heim@smtp.x.nl:587/?smtp=smtp.x.nl&from=me%40x.nl&to=kanaal%40teams.ms&mode=starttls"
    ),
}
PASTED = [*ALLOWED, f" slack://T1JJ3T3L2/A1BRTD4JD/{KEY} \n", "discord://4174216298/JHMHI8q/", "gchat://AAAA/AIza/O7b/"]
REFUSED = [
    "",
    "json://example.com/x",
    "mmost://example.com/x",
    f"http://chat.example.com/hooks/{TOKEN}",
    "mailto://a:b@x.nl?to=a@b.nl",
    "xml://example.com",
    "syslog://",
    "file:///etc/passwd",
    "config+https://example.com/fanfare.yml",
    "https://example.com/",
    "jsons://localhost/x",
    "jsons://127.0.0.1/x",
    "jsons://0x7f000001/x",
    "jsons://2130706433/x",
    "jsons://[::1]/x",
    "jsons://192.168.1.1/x",
    "jsons://user:pass@example.com/x",
    "jsons://example.com:99999/x",
    "jsons://example.com/../x?method=GET",
    "jsons://example.com/x?+Authorization=x",
    "jsons://example.com/x?redirect=yes&verify=no",
    "jsons://example.com/x#y",
    "jsons://example.com/x,jsons://example.org/x",
    "jsons://example.com/x jsons://example.org/x",
    "jsons://example.com%2f@evil.example/x",
    "jsons://exämple.com/x",
    f"https://hooks.slack.com.evil.example/services/T1JJ3T3L2/A1BRTD4JD/{KEY}",
    f"https://hooks.slack.com@evil.example/services/T1JJ3T3L2/A1BRTD4JD/{KEY}",
    f"slack://T1JJ3T3L2/A1BRTD4JD/{KEY}/#general",
    f"https://{AZURE}{INVOKE.format('x')}&template=/etc/passwd&sig=%2F..%2F",
    f"https://logic.azure.com{INVOKE.format('1')}",
    "discord://4174216298/JHMHI8q/?template=/etc/passwd",
    "discord://bot@4174216298/JHMHI8q",
    "mailtos://a:b@smtp.x.nl?to=a@b.nl&cc=c@d.nl",
    "mailtos://a:b@smtp.x.nl?to=a@b.nl,c@d.nl",
    "mailtos://a:b@smtp.x.nl?to=a@b.nl&pgp=yes&pgppub=https://x.nl",
    "mailtos://a:b@127.0.0.1?to=a@b.nl",
    "jsons://example.com/" + "x" * 500,
]
OURS = {"image", "footer", "ver", "pa", "route", "avatar", "smtp", "from", "to", "mode"}


@pytest.mark.parametrize(("pasted", "url"), list(ALLOWED.items()), ids=range(len(ALLOWED)))
def test_what_people_paste_is_written_anew(pasted: str, url: str) -> None:
    assert chat_address.read(pasted).url == url


@pytest.mark.parametrize("pasted", REFUSED, ids=range(len(REFUSED)))
def test_anything_else_is_refused(pasted: str) -> None:
    with pytest.raises(NotAllowed):
        chat_address.read(pasted)


@settings(max_examples=30)
@given(st.sampled_from(PASTED), st.data())
def test_nothing_put_into_an_address_comes_to_be_used(pasted: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pasted)))
    trick = data.draw(
        st.sampled_from([*"?#@,:; \n\\%[]<>{}\"'|", "&format=html", "//", "..", "?verify=no", "&pa=no", "\x00"])
    )
    try:
        found = chat_address.read(pasted[:at] + trick + pasted[at:])
    except NotAllowed:
        return
    path, _, query = found.url.partition("?")
    assert {each.partition("=")[0] for each in query.split("&") if each} <= OURS
    assert re.fullmatch(r"[a-z]+://[A-Za-z0-9._~!$*()%:@/+-]+", path)
    assert path.count("@") == (found.service is Service.MAIL)


def test_little_is_shown_of_it() -> None:
    shown = [chat_address.masked(url) for url in ALLOWED.values()]
    assert shown[:2] == ["…i7FQ", "…-e_b"]
    assert max(map(len, shown)) == 1 + chat_address.SHOWN
