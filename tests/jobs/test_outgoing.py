"""What goes out to a typed address: public hosts only, looked up once, in TLS, five seconds, never into our network."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from time import monotonic

import pytest

from app.web.fetching import Bounds, Found, NoAnswer, Trouble
from app.web.typed_address import is_plain
from jobs import outgoing, public_host
from jobs.outgoing import Refused, Way
from tests.certificates import Authority
from tests.chat_server import Server, open_chat

LATE = 8.0
"""Seconds: whoever waits for those who say nothing, or have no end, is still waiting then."""
ANYTHING = re.compile(r"https?://.+", re.DOTALL)
INSIDE = (  # in place of {} stands the port on which somebody listens here
    "http://127.0.0.1:{}/",
    "https://127.0.0.1:{}/",
    "https://127.1:{}/",
    "https://127.0.1:{}/",
    "https://2130706433:{}/",
    "https://0x7f000001:{}/",
    "https://0x7f.1:{}/",
    "https://0x7f.0x0.0x0.0x1:{}/",
    "https://0177.0.0.1:{}/",
    "https://017700000001:{}/",
    "https://0:{}/",
    "https://0.0.0.0:{}/",
    "https://127.255.255.254:{}/",
    "https://localhost:{}/",
    "https://LOCALHOST:{}/",
    "https://localhost.:{}/",
    "https://127.0.0.1.:{}/",
    "https://[::1]:{}/",
    "https://[0:0:0:0:0:0:0:1]:{}/",
    "https://[::]:{}/",
    "https://[::ffff:127.0.0.1]:{}/",
    "https://[::ffff:7f00:1]:{}/",
    "https://[::127.0.0.1]:{}/",
    "https://[64:ff9b::7f00:1]:{}/",
    "https://[64:ff9b:1::7f00:1]:{}/",
    "https://[2002:7f00:1::]:{}/",
    "https://[fe80::1%25lo]:{}/",
    "https://[::1%lo]:{}/",
    "https://127\u30020\u30020\u30021:{}/",
    "https://127\uff0e0\uff0e0\uff0e1:{}/",
    "https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:{}/",
    "https://\uff4cocalhost:{}/",
    "https://loc\u00adalhost:{}/",
    "https://chat.example.com@127.0.0.1:{}/",
    "https://chat.example.com:443@127.0.0.1:{}/",
    "https://chat.example.com\\@127.0.0.1:{}/",
    "https://127.0.0.1:{}\\@chat.example.com/",
    "https://127.0.0.1:{}#@chat.example.com/",
    "https://127.0.0.1:{}?@chat.example.com/",
    "https://%31%32%37.0.0.1:{}/",
    "https://127.0.0.1%2f:{}/",
    "https://\t127.0.0.1:{}/",
    "https://127.0.0.1\r\nHost: chat.example.com:{}/",
    " https://127.0.0.1:{}/",
    "https:\\\\127.0.0.1:{}/",
    "https:127.0.0.1:{}/",
    "//127.0.0.1:{}/",
    "gopher://127.0.0.1:{}/",
    "file:///etc/passwd",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.5:{}/",
    "https://[fec0::1]:{}/",
)


class Canary:
    """Somebody who listens here and counts who comes."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port, self.came = self.listening.getsockname()[1], 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        with suppress(OSError):
            while True:
                self.listening.accept()[0].close()
                self.came += 1

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


def send(url: str, way: Way = outgoing.WAY) -> None:
    """Send it; whoever closes at once has been reached all the same."""
    outgoing.send(url, b"{}", {"Content-Type": "application/json"}, way)


def tried(canary: Canary, way: Way) -> int:
    """How many of the addresses were not refused."""
    taken = 0
    for url in INSIDE:
        with suppress(Refused, NoAnswer):
            send(url.format(canary.port), way)
            taken += 1
    return taken


@pytest.mark.parametrize("url", INSIDE)
def test_what_leads_inside_is_refused_as_it_is_typed(url: str, canary: Canary) -> None:
    with pytest.raises(Refused):
        send(url.format(canary.port))
    assert canary.came == 0


def test_and_once_more_where_it_leads(canary: Canary) -> None:
    looked_at = Way(ANYTHING, Bounds(public_host.resolve, seconds=1))
    assert (tried(canary, looked_at), canary.came) == (0, 0)


def test_without_the_guard_they_are_reached(canary: Canary) -> None:
    def anywhere(host: str, port: int, **kind: int) -> list[Found]:
        return [each for each in socket.getaddrinfo(host, port, **kind) if each[4][0] == "127.0.0.1"]

    tried(canary, Way(ANYTHING, Bounds(anywhere, seconds=1)))
    assert canary.came > 10


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "64:ff9b::a00:1"])
def test_a_name_is_what_it_leads_to(inside: str, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, 1, 6, "", ("93.184.216.34", 443)), (socket.AF_INET, 1, 6, "", (inside, canary.port))]
    monkeypatch.setattr(public_host, "RESOLVE", lambda *_, **__: found)
    with pytest.raises(Refused):
        send("https://rebound.example/")
    assert canary.came == 0


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("outgoing"))


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    with open_chat(authority.context(proves=True)) as opened:
        yield opened


@pytest.fixture
def way(authority: Authority) -> Way:
    """A way on which this machine is one of the internet."""
    return Way(ANYTHING, Bounds(trusted=authority.client()))


def test_it_arrives(server: Server, way: Way) -> None:
    answer = outgoing.send(f"https://localhost:{server.server_port}/in?a=1", b'{"one": 1}', {}, way)
    assert (answer.status, server.bodies, server.asked) == (200, [{"one": 1}], ["/in?a=1"])


def test_it_is_looked_up_once_and_connected_to_what_was_looked_at(server: Server, way: Way) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: int) -> list[Found]:
        asked.append(host)
        here = server.server_port if len(asked) == 1 else 9
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", here))]

    send("https://localhost:1/in", replace(way, bounds=replace(way.bounds, resolve=rebinding)))
    assert (asked, len(server.bodies)) == (["localhost"], 1)


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_nobody_is_followed(status: str, server: Server, way: Way) -> None:
    answer = outgoing.send(f"https://localhost:{server.server_port}/{status}", b"{}", {}, way)
    assert (answer.status, server.asked) == (int(status), [f"/{status}"])


def test_little_is_read(server: Server, way: Way) -> None:
    few = replace(way, bounds=replace(way.bounds, largest=100))
    assert len(outgoing.send(f"https://localhost:{server.server_port}/large", b"{}", {}, few).body) == 100


def test_silence_ends(server: Server, way: Way) -> None:
    soon, before = replace(way, bounds=replace(way.bounds, seconds=0.3)), monotonic()
    with pytest.raises(NoAnswer, match=Trouble.SILENT):
        send(f"https://localhost:{server.server_port}/silent", soon)
    assert monotonic() - before < LATE


def test_so_does_an_answer_that_drips() -> None:
    def drip(listening: socket.socket) -> None:
        one = listening.accept()[0]
        with one, suppress(OSError):
            one.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                one.sendall(b"x")
                ended.wait(0.05)

    ended, before = threading.Event(), monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=[listening], daemon=True).start()
        slow = Way(ANYTHING, Bounds(seconds=0.4))
        with pytest.raises(NoAnswer, match=Trouble.SILENT):
            send(f"http://127.0.0.1:{listening.getsockname()[1]}/", slow)
    assert monotonic() - before < LATE


def test_and_a_name_for_which_nobody_finds_an_address() -> None:
    ended = threading.Event()

    def lost(*_: object, **__: object) -> list[Found]:
        ended.wait(5)
        return []

    with pytest.raises(NoAnswer, match=Trouble.SILENT):
        send("https://slow.example/", Way(bounds=Bounds(lost, seconds=0.2)))
    ended.set()


def test_whoever_cannot_prove_who_they_are_gets_nothing(authority: Authority, way: Way) -> None:
    with open_chat(authority.context(proves=False)) as stranger:
        with pytest.raises(NoAnswer, match=Trouble.UNTRUSTED):
            send(f"https://localhost:{stranger.server_port}/in", way)
        assert stranger.bodies == []


def test_nobody_there(way: Way) -> None:
    with pytest.raises(NoAnswer, match=Trouble.AWAY):
        send("https://localhost:9/", way)


def test_a_name_that_nobody_has() -> None:
    def nobody(*_: object, **__: object) -> list[Found]:
        raise socket.gaierror

    with pytest.raises(NoAnswer, match=Trouble.UNKNOWN):
        send("https://nobody.example/", Way(bounds=Bounds(nobody)))


@pytest.mark.parametrize(
    "url",
    [
        "https://flows.example.com",
        "https://flows.example.com/",
        "https://flows.example.com:8443/in/a-b_c?key=%20x&more=[1]",
        "https://xn--mnchen-3ya.example/in",
        "HTTPS://Flows.Example.COM/In",
    ],
)
def test_what_an_ordinary_address_is(url: str) -> None:
    assert is_plain(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("0.1.2.3", False),
        ("100.64.0.1", False),
        ("172.31.255.255", False),
        ("192.0.0.9", False),
        ("192.88.99.1", False),
        ("198.19.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::93.184.216.34", False),
        ("::ffff:93.184.216.34", False),
        ("::ffff:0:93.184.216.34", False),
        ("64:ff9b::5db8:d822", False),
        ("64:ff9b:1::5db8:d822", False),
        ("2002:5db8:d822::", False),
        ("2001::5db8:d822", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2606:2800:220:1::1%eth0", False),
    ],
)
def test_which_addresses_are_of_the_internet(address: str, *, public: bool) -> None:
    assert public_host.is_public(address) is public
