"""What is logged leaves the machine: from one journal to another by the programs of systemd, in TLS, to no stranger."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.certificates import Authority
from tests.deployment import DEPLOY
from tests.ports import free_port

PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/lib/systemd", "/lib/systemd"])
UPLOAD, REMOTE = (shutil.which(f"systemd-journal-{name}", path=PLACES) for name in ("upload", "remote"))
SAID = '{"event": "unexpected", "reference": "5f0e7a11"}'
ENTRY = f"""__REALTIME_TIMESTAMP=1795485600000000
__MONOTONIC_TIMESTAMP=1000000
_BOOT_ID=0123456789abcdef0123456789abcdef
_MACHINE_ID=fedcba9876543210fedcba9876543210
_SYSTEMD_UNIT=fanfare-web.service
MESSAGE={SAID}

"""
PATIENCE = 20
pytestmark = pytest.mark.skipif(
    not (UPLOAD and REMOTE and shutil.which("journalctl")), reason="systemd-journal-remote is not installed"
)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """One of the machine that runs Fanfare, with a line of it."""
    file = tmp_path / "here.journal"
    subprocess.run([str(REMOTE), "-o", str(file), "-"], input=ENTRY.encode(), check=True, capture_output=True)
    return file


@contextmanager
def elsewhere(file: Path, certificate: Path) -> Iterator[str]:
    """The other machine's journal, which takes in what is sent; its address."""
    port = free_port()
    shown = ["--key", str(certificate), "--cert", str(certificate)]
    command = [str(REMOTE), f"--listen-https=127.0.0.1:{port}", *shown, "--split-mode=none", "-o", str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"https://localhost:{port}"
        finally:
            process.terminate()


def send(journal: Path, to: str, authority: Authority) -> subprocess.CompletedProcess[bytes]:
    """With the options that the shipped settings have, each with a file of here."""
    settings = ConfigParser()
    settings.read(DEPLOY / "journal-upload.conf")
    assert re.fullmatch(r"https://\S+:19532", settings["Upload"]["URL"])
    files = dict.fromkeys(("serverkeyfile", "servercertificatefile", "trustedcertificatefile"), str(authority.trusted))
    assert set(settings["Upload"]) == {"url", *files}
    said = [f"--url={to}", "--key", files["serverkeyfile"], "--cert", files["servercertificatefile"]]
    said += ["--trust", files["trustedcertificatefile"], f"--file={journal}", "--follow=no"]
    state = f"--save-state={journal.with_suffix('.state')}"
    return subprocess.run([str(UPLOAD), *said, state], check=False, capture_output=True, timeout=PATIENCE)


def sent(journal: Path, to: str, authority: Authority) -> bool:
    """Whether it went; the other side may need a moment to begin."""
    for _ in range(PATIENCE):
        done = send(journal, to, authority)
        if not done.returncode or b"onnect" not in done.stderr:
            return not done.returncode
        time.sleep(0.5)
    return False


def lines(file: Path) -> list[str]:
    if not file.exists():
        return []
    command = ["journalctl", "--file", str(file), "-o", "cat", "--no-pager", "-q"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def test_a_line_of_here_stands_in_the_journal_elsewhere(tmp_path: Path, journal: Path, authority: Authority) -> None:
    there = tmp_path / "there.journal"
    with elsewhere(there, authority.trusted) as url:
        assert sent(journal, url, authority)
        deadline = time.monotonic() + PATIENCE
        while SAID not in lines(there) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert lines(there) == [SAID]


def test_a_machine_that_cannot_prove_who_it_is_is_told_nothing(
    tmp_path: Path, journal: Path, authority: Authority
) -> None:
    there = tmp_path / "there.journal"
    with elsewhere(there, authority.stranger) as url:
        assert not sent(journal, url, authority)
        assert SAID not in lines(there)
