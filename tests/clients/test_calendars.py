"""The feed as ical.js reads it, the library of Thunderbird and Nextcloud: every block at the hour that we mean."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from app import clock
from tests.clients.modules import installed
from tests.words.calendar_scene import UNTIL, Span, Year

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("clients")]


def read(modules: Path, file: Path, content: bytes) -> list[Span]:
    file.write_bytes(content)
    command = ["node", "calendar.mjs", str(file), UNTIL.isoformat()]
    done = subprocess.run(command, cwd=modules, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    return sorted((clock.parse(start), clock.parse(end)) for start, end in json.loads(done.stdout))


def on_one_line(content: bytes) -> bytes:
    """The clock changes of a zone as a list, which is how the library writes them."""
    return re.sub(rb"(?:RDATE:\S+\r\n)+", _listed, content)


def _listed(lines: re.Match[bytes]) -> bytes:
    return b"RDATE:" + b",".join(re.findall(rb"RDATE:(\S+)", lines[0])) + b"\r\n"


def test_a_year_with_both_clock_changes_holidays_and_moves(session: None, tmp_path: Path) -> None:
    year, modules = Year(), installed()
    feed, expected = year.feed(), year.expected()
    assert read(modules, tmp_path / "feed.ics", feed) == expected
    assert read(modules, tmp_path / "wrong.ics", on_one_line(feed)) != expected
