"""The way to chats: over public hosts only, in TLS that is checked, to nobody else, and with a word for what failed."""

import io
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from urllib3 import HTTPResponse

from app.domain.notices.chat_address import Service, read
from app.domain.notices.chat_target import Failure
from jobs import chat_line, public_host
from jobs.chat_line import Line
from tests.certificates import Authority
from tests.chat_server import Server, open_chat
from tests.domain.notices.test_chat_address import ALLOWED

HERE: public_host.Resolve = socket.getaddrinfo
KNOWN = {  # of each chat where its message goes, and where in that its text stands
    Service.SLACK: ("https://hooks.slack.com/services/", "attachments"),
    Service.TEAMS: ("https://prod-161.westeurope.logic.azure.com:443/workflows/", "attachments"),
    Service.GOOGLE: ("https://chat.googleapis.com/v1/spaces/AAAA/messages", "text"),
    Service.DISCORD: ("https://discord.com/api/webhooks/4174216298/", "content"),
    Service.MATTERMOST: ("https://chat.example.com/hooks/", "text"),
    Service.JSON: ("https://flows.example.com/fanfare/in", "message"),
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("chat"))


@pytest.fixture(scope="module")
def chat(authority: Authority) -> Iterator[Server]:
    with open_chat(authority.context(proves=True)) as server:
        yield server


@pytest.fixture
def line(authority: Authority) -> Line:
    return Line(HERE, str(authority.trusted))


def send(line: Line, url: str) -> str:
    return line.send("json", url, "Bram heeft gereageerd", "[Bekijken](https://voorbeeld.nl/candidates/12)")


def test_it_arrives(chat: Server, line: Line) -> None:
    assert send(line, chat.url("in")) == ""
    assert chat.bodies[-1]["title"] == "Bram heeft gereageerd"
    assert "https://voorbeeld.nl/candidates/12" in chat.bodies[-1]["message"]


@pytest.mark.parametrize(
    ("path", "word"),
    [("404", "gone"), ("410", "gone"), ("403", "refused"), ("429", "busy"), ("500", "broken"), ("302", "moved")],
)
def test_what_a_chat_answers(chat: Server, line: Line, path: str, word: str) -> None:
    assert send(line, chat.url(path)) == word


def test_nobody_is_followed_elsewhere(chat: Server, line: Line) -> None:
    send(line, chat.url("307"))
    assert chat.asked[-1] == "/307"


def test_little_is_read_of_an_answer(chat: Server, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    read_of: list[int | None] = []
    kept = HTTPResponse.read

    def noted(answer: HTTPResponse, amt: int | None = None, **how: bool) -> bytes:
        read_of.append(amt)
        return kept(answer, amt, **how)

    monkeypatch.setattr(HTTPResponse, "read", noted)
    assert send(line, chat.url("large")) == ""
    assert read_of == [chat_line.LARGEST]


def test_silence_ends(chat: Server, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_line, "TIMEOUT", 0.2)
    assert send(line, chat.url("silent")) == "silent"


def test_whoever_cannot_show_who_they_are_gets_nothing(authority: Authority, line: Line) -> None:
    with open_chat(authority.context(proves=False)) as stranger:
        assert send(line, stranger.url("in")) == "untrusted"
        assert stranger.bodies == []


@pytest.mark.parametrize("service", ["json", "mail"])
def test_our_own_network_is_never_reached(chat: Server, authority: Authority, service: str) -> None:
    before, guarded = len(chat.bodies), Line(trusted=str(authority.trusted))
    mail = f"mailtos://a:b@localhost:{chat.server_port}/?smtp=localhost&from=a%40b.nl&to=c%40d.nl&mode=ssl"
    url = {"json": chat.url("in"), "mail": mail}[service]
    assert guarded.send(service, url, "x", "y") == "inside"
    assert len(chat.bodies) == before


def test_a_name_that_leads_there_too_is_not_reached_either(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.5", 443))]
    monkeypatch.setattr(public_host, "RESOLVE", lambda *_, **__: found)
    assert send(Line(), "jsons://rebound.example/x") == "inside"


def test_a_name_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> list[public_host.Found]:
        raise socket.gaierror

    monkeypatch.setattr(public_host, "RESOLVE", nobody)
    assert send(Line(), "jsons://nobody.example/x") == "unknown"


@pytest.mark.parametrize("port", [9])
def test_nobody_there(line: Line, port: int) -> None:
    assert send(line, f"jsons://localhost:{port}/x") == "away"


@pytest.mark.parametrize("service", KNOWN)
def test_each_chat_gets_it_in_its_own_way(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    def answer(_session: object, _method: str, url: str, **named: Any) -> requests.Response:  # noqa: ANN401 - as above
        asked.append((url, named))
        response = requests.Response()
        response.status_code = 200
        response.raw = HTTPResponse(io.BytesIO(b"ok"), preload_content=False)
        return response

    monkeypatch.setattr(requests.Session, "request", answer)
    address = next(found for pasted in ALLOWED if (found := read(pasted)).service == service)
    assert Line().send(address.service, address.url, "Titel", "Regel\n\n[Bekijken](https://voorbeeld.nl/x)") == ""
    ((url, named),) = asked
    where, field = KNOWN[service]
    assert url.startswith(where)
    assert "https://voorbeeld.nl/x" in json.dumps(json.loads(named["data"])[field])
    assert (named["allow_redirects"], named["verify"], named["timeout"]) == (False, True, chat_line.TIMEOUT)


def test_it_answers_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    asked = {"service": "json", "url": "jsons://localhost/x", "title": "", "body": "x"}
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{json.dumps(asked)}\n" * 2))
    chat_line.main(say=said.append)
    assert said == [chat_line.READY, "inside", "inside"]
    assert set(said[1:]) <= set(Failure)
    assert set(chat_line.PLUGINS) == set(Service)
