"""A channel that takes mail: it arrives over TLS that is checked, after signing in, and in no other way."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.domain.notices.chat_address import Service, read
from jobs.chat_line import Line
from tests.certificates import Authority
from tests.mailbox import Mailbox, open_mailbox

CHANNEL, NAME, KEY = "kanaal@teams.voorbeeld.nl", "fanfare@voorbeeld.nl", "ge:heim/#1"
MODES = ("ssl", "starttls")


class Post:
    """A mail server that lets one name in with one password; `tried` are those that came."""

    def __init__(self) -> None:
        self.tried: list[tuple[bytes, bytes]] = []

    def __call__(self, *asked: object) -> AuthResult:
        given = asked[-1]
        assert isinstance(given, LoginPassword)
        self.tried.append((given.login, given.password))
        return AuthResult(success=given == LoginPassword(NAME.encode(), KEY.encode()))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("post"))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def line(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.trusted))
    return Line(socket.getaddrinfo)


@contextmanager
def standing(authority: Authority, post: Post, mode: str, *, proves: bool = True) -> Iterator[Mailbox]:
    """The server in TLS, from the first byte or after it was asked for."""
    context = authority.context(proves=proves)
    tls: dict[str, dict[str, Any]] = {
        "ssl": {"ssl_context": context, "auth_require_tls": False},  # TLS from the first byte it does not count as such
        "starttls": {"tls_context": context, "require_starttls": True, "auth_required": True},
    }
    with open_mailbox(authenticator=post, **tls[mode]) as box:
        yield box


def sent(line: Line, box: Mailbox, mode: str, *, key: str = KEY, to: str = CHANNEL) -> str:
    """As an administrator typed it, but for the port, which tells by itself how TLS begins."""
    port = {"ssl": 465, "starttls": 587}[mode]
    login = ":".join(quote(each, safe="") for each in (NAME, key))
    found = read(f"mailtos://{login}@smtp.voorbeeld.nl:{port}?to={to}")
    assert found.service is Service.MAIL
    there = found.url.replace(f"smtp.voorbeeld.nl:{port}", f"localhost:{box.url.rpartition(':')[2]}")
    return line.send("mail", there.replace("smtp=smtp.voorbeeld.nl", "smtp=localhost"), "Bram scoort", "*Nog* 3 dagen.")


@pytest.mark.parametrize("mode", MODES)
def test_it_arrives(mode: str, authority: Authority, post: Post, line: Line) -> None:
    with standing(authority, post, mode) as box:
        assert sent(line, box, mode) == ""
        (letter,) = box.read(CHANNEL)
    assert (str(letter["Subject"]), NAME in str(letter["From"])) == ("Bram scoort", True)
    assert "Nog" in letter.as_string()
    assert post.tried == [(NAME.encode(), KEY.encode())]


@pytest.mark.parametrize("mode", MODES)
def test_whoever_cannot_show_who_they_are_gets_nothing(mode: str, authority: Authority, post: Post, line: Line) -> None:
    with standing(authority, post, mode, proves=False) as box:
        assert sent(line, box, mode) == "away"
        assert (box.letters, post.tried) == ([], [])


def test_without_tls_neither_password_nor_letter_is_sent(authority: Authority, post: Post, line: Line) -> None:
    with open_mailbox(authenticator=post, auth_require_tls=False) as box:
        assert sent(line, box, "starttls") == "away"
        assert (box.letters, post.tried) == ([], [])


def test_a_wrong_password_sends_nothing(authority: Authority, post: Post, line: Line) -> None:
    with standing(authority, post, "ssl") as box:
        assert sent(line, box, "ssl", key="fout") == "away"
        assert box.letters == []
    assert post.tried[0] == (NAME.encode(), b"fout")


def test_a_channel_that_is_refused_gets_nothing(authority: Authority, post: Post, line: Line) -> None:
    with standing(authority, post, "starttls") as box:
        assert sent(line, box, "starttls", to="550@teams.voorbeeld.nl") == "away"
        assert box.letters == []
