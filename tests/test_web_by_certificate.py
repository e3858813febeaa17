"""The web process of compose.yaml, started here, speaks TLS, and only with whoever its authority vouches for."""

import http.client
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from app.config import ROOT
from tests.certificates import Authority
from tests.conftest import KEY
from tests.deployment import MOUNTED, certify, compose
from tests.ports import held_port, number_of
from tests.test_deploy import nginx

PATIENCE = 240.0
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


@dataclass(frozen=True)
class Web:
    """Where it listens, and the certificates of its authority and of another."""

    port: int
    folder: Path
    strangers: Path

    def ask(self, context: ssl.SSLContext) -> int:
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=10, context=context)
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    ours, strangers = certify(folder / "ours"), certify(folder / "strangers")
    with held_port() as door:
        found = Web(number_of(door), ours, strangers)
        environment = os.environ | {"FANFARE_INSTANCE": str(folder), "FANFARE_SECRET_KEY": KEY}
        process = subprocess.Popen(command_of_compose(found), cwd=ROOT, env=environment, start_new_session=True)
        try:
            wait_for(found, process)
            yield found
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def command_of_compose(web: Web) -> list[str]:
    command: list[str] = compose()["services"]["web"]["command"]
    changed = {"--host": "127.0.0.1", "--port": str(web.port), "--workers": "1"}
    words = [changed.get(before, word) for before, word in zip(["", *command], command, strict=False)]
    return [sys.executable, "-m", *(word.replace(MOUNTED, f"{web.folder}/fanfare/") for word in words)]


def wait_for(web: Web, process: subprocess.Popen[bytes]) -> None:
    deadline, context = time.monotonic() + PATIENCE, shows(web.folder / "proxy")
    while True:
        assert process.poll() is None, "the web process ended"
        try:
            web.ask(context)
        except OSError:
            assert time.monotonic() < deadline, "the web process did not start"
            time.sleep(0.1)
        else:
            return


def trusts(place: Path) -> ssl.SSLContext:
    """A client that knows who it asks, and shows nothing."""
    return ssl.create_default_context(cafile=place / "authority.pem")


def shows(place: Path, trusted: Path | None = None) -> ssl.SSLContext:
    context = trusts(trusted or place)
    context.load_cert_chain(place / "certificate.pem")
    return context


def test_the_proxy_is_answered(web: Web) -> None:
    assert web.ask(shows(web.folder / "proxy")) == 200


@pytest.mark.parametrize("who", ["ours/database", "strangers/proxy"])
def test_whoever_is_none_of_its_clients_is_not(web: Web, who: str) -> None:
    with pytest.raises((OSError, http.client.HTTPException)):
        web.ask(shows(web.folder.parent / who, web.folder / "proxy"))


def test_whoever_shows_nothing_is_not(web: Web) -> None:
    with pytest.raises((OSError, http.client.HTTPException)):
        web.ask(trusts(web.folder / "proxy"))


def test_nothing_is_said_in_the_clear(web: Web) -> None:
    connection = http.client.HTTPConnection("localhost", web.port, timeout=10)
    connection.request("GET", "/health/live")
    with pytest.raises((OSError, http.client.HTTPException)):
        connection.getresponse()
    connection.close()


def test_a_process_that_is_another_is_not_asked(web: Web) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        web.ask(shows(web.folder / "proxy", web.strangers / "proxy"))


@pytest.mark.parametrize(("port", "code"), [(0, 0), (1, 1)], ids=["alive", "away"])
def test_its_health_check_sees_whether_it_lives(web: Web, port: int, code: int) -> None:
    said: list[str] = compose()["services"]["web"]["healthcheck"]["test"]
    assert said[:2] == ["CMD", "python"]
    words = [word.replace(MOUNTED, f"{web.folder}/fanfare/").replace(":8000", f":{port or web.port}") for word in said]
    assert subprocess.run([sys.executable, *words[2:]], capture_output=True, check=False).returncode == code


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
@pytest.mark.parametrize(("services", "status"), [("ours", 200), ("strangers", 502)])
def test_nginx_in_front_asks_the_right_one_in_tls(web: Web, services: str, status: int, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with held_port() as plain, held_port() as secure:
        ports, proxy = (number_of(plain), number_of(secure)), web.folder.parent / services / "proxy"
        call = partial(nginx, "nginx-compose.conf", tmp_path, ports=ports, behind=web.port, services=proxy)
        started = call()
        assert started.returncode == 0, started.stderr
        try:
            assert Web(ports[1], web.folder, web.strangers).ask(authority.client()) == status
        finally:
            call("-s", "stop")
