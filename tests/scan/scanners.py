"""wapiti and sqlmap: installed, bounded in time, and what they said of one address or of everything below it."""

import json
import re
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.scan.asked import Asked

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "scan"
TOOLS = {"wapiti3": "3.2.3", "sqlmap": "1.10.10", "detect-secrets": "1.5.0"}
WAYS = ("xss", "permanentxss", "sql", "timesql", "exec", "file", "redirect", "crlf", "ssrf", "csp")
LEFT_OUT = (
    "/account/sign-out",
    "/account/password",
    "/account/safety",
    "/people/*/deactivation",
    "/operations/mails/test",
)
LOOKING = 1 / 3
"""Which part of its time wapiti looks for addresses; in the rest it tries each way of attack as long as any other."""
MARGIN = 3
"""So many times longer than it was given may a scanner take to end: what it began it finishes."""
CUT = re.compile(r"Max attack time was reached for module (\w+)")
CUT_LOOKING = "Max scan time was reached"
ERROR = "Internal Server Error"
INJECTED = "identified the following injection point"
WHOLE = "all tested parameters do not appear to be injectable"
ANSWERED = re.compile(r"(\d{3}) \([^)]*\) - (\d+) times")
NOT_LET_IN = frozenset({401, 429})
LATE = "it did not end in its time"


@dataclass
class Looked:
    """What wapiti did as one person: `cut` are the ways of attack that its time cut short."""

    who: str
    addresses: int = 0
    ways: int = len(WAYS)
    cut: list[str] = field(default_factory=list)
    looking_cut: bool = False
    found: dict[str, list[str]] = field(default_factory=dict)
    failed: str = ""
    seconds: float = 0.0


@dataclass
class Tried:
    """What sqlmap did with one address; `broke` is how often an answer was an error of ours."""

    who: str
    what: str
    names: str
    injected: bool = False
    broke: int = 0
    cut: bool = False
    failed: str = ""
    seconds: float = 0.0


def installed() -> Path:
    """The scanners, in a place of their own that has these versions and no others."""
    place = BUILD / f"venv-{'-'.join(TOOLS.values())}"
    if not (place / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        wanted = [f"{name}=={version}" for name, version in TOOLS.items()]
        subprocess.run([str(place / "bin" / "pip"), "install", "--quiet", *wanted], check=True)
        (place / "done").touch()
    return place / "bin"


def wapiti(tools: Path, home: str, who: str, seconds: int, *, cookie: str = "", begin: Sequence[str] = ()) -> Looked:
    """Everything below an address, as one person; `begin` are addresses to which no page leads."""
    report, looking = BUILD / f"{who}.json", int(seconds * LOOKING)
    report.unlink(missing_ok=True)
    command = [str(tools / "wapiti"), "-u", home, "--scope", "folder", "-d", "4", "--flush-session", "--no-bugreport"]
    command += ["--store-session", str(BUILD / "sessions")]
    command += ["-m", ",".join(WAYS), "-f", "json", "-o", str(report), "--timeout", "30", "-v", "1"]
    command += ["--max-scan-time", str(looking), "--max-attack-time", str(max(1, (seconds - looking) // len(WAYS)))]
    command += [part for path in LEFT_OUT for part in ("-x", home.rstrip("/") + path)]
    command += [part for path in begin for part in ("-s", home.rstrip("/") + path)]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    began = time.perf_counter()
    said, failed = _said(command, f"wapiti-{who}", seconds * MARGIN)
    found = Looked(who, cut=CUT.findall(said), looking_cut=CUT_LOOKING in said, failed=failed)
    found.seconds = round(time.perf_counter() - began, 1)
    return found if failed else _reported(found, report)


def _reported(found: Looked, report: Path) -> Looked:
    """With what stands in its report; one that has none has shown nothing."""
    if not report.exists():
        found.failed = "it left no report"
        return found
    told = json.loads(report.read_text(encoding="utf-8"))
    kinds = told["vulnerabilities"] | {ERROR: told["anomalies"].get(ERROR)}
    found.addresses = int(told["infos"]["crawled_pages_nbr"])
    found.found = {kind: sorted({one["path"] for one in cases}) for kind, cases in kinds.items() if cases}
    return found


def sqlmap(tools: Path, home: str, asked: Asked, seconds: int, *, keys: Mapping[str, str], session: str = "") -> Tried:
    """Whether what is sent under some names leads into a statement; `session`: cookie, space, token of its forms."""
    cookie, _, token = session.partition(" ")
    command = [str(tools / "sqlmap"), "-u", home + asked.path.format(**keys), "-p", asked.names, "--batch"]
    command += ["--level", "2", "--risk", "1", "--technique", "BEU", "--timeout", "10", "--retries", "1"]
    command += ["--flush-session", "--drop-set-cookie", "--ignore-redirects", "--disable-coloring"]
    command += ["--output-dir", str(BUILD / "sqlmap")]
    command += ["--cookie", cookie] if cookie else []
    command += ["--data", body_of(asked, keys, token)] if asked.body else []
    command += [part for header in headers_of(asked, keys) for part in ("-H", header)]
    command += ["--delay", str(round(asked.pause, 3))] if asked.pause else []
    began = time.perf_counter()
    said, failed = _said(command, f"sqlmap-{asked.who}-{re.sub('[^a-z]+', '-', asked.of.lower())}", seconds)
    found = read(Tried(asked.who, asked.of, asked.names), said, failed)
    found.seconds = round(time.perf_counter() - began, 1)
    return found


def body_of(asked: Asked, keys: Mapping[str, str], token: str) -> str:
    """What is sent; a form has its token, which no name that is tried."""
    if asked.is_json:
        return asked.body
    return asked.body.format(**keys) + (f"&csrf_token={token}" if token else "")


def headers_of(asked: Asked, keys: Mapping[str, str]) -> list[str]:
    """With what software shows who it is, and what it sends."""
    found = ["Content-Type: application/json"] if asked.is_json else []
    if asked.header:
        found.append(asked.header.format(**keys))
    if asked.basic:
        found.append(f"Authorization: Basic {b64encode(asked.basic.format(**keys).encode()).decode()}")
    return found


def read(found: Tried, said: str, failed: str) -> Tried:
    """With what it said: only in its own words has it tried all, and whoever is not let in has tried nothing."""
    answered = {int(status): int(times) for status, times in ANSWERED.findall(said)}
    found.injected = INJECTED in said
    found.broke = sum(times for status, times in answered.items() if status >= 500)
    shut = {status: times for status, times in answered.items() if status in NOT_LET_IN}
    if shut:
        found.failed = f"it was not let in: {', '.join(f'{times} times {status}' for status, times in shut.items())}"
    elif failed == LATE:
        found.cut = True
    elif not found.injected and WHOLE not in said:
        found.failed = failed or f"it did not try: {said.strip()[-160:]}"
    return found


def _said(command: Sequence[str], name: str, seconds: float) -> tuple[str, str]:
    """What a scanner wrote, which is kept beside its report, and why it did not end well, if so."""
    told, failed = BUILD / f"{name}.txt", ""
    with told.open("w", encoding="utf-8") as file:
        try:
            code = subprocess.run(
                command, check=False, stdout=file, stderr=subprocess.STDOUT, timeout=seconds, stdin=subprocess.DEVNULL
            ).returncode
            failed = f"it ended with {code}" if code else ""
        except subprocess.TimeoutExpired:
            failed = LATE
    return told.read_text(encoding="utf-8", errors="replace"), failed
