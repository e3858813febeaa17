"""Lets wapiti and sqlmap try a demo of ours as everybody, and a program with planted faults, which they must find.

Says what each found; ends with 1 when ours has a finding, or a planted fault was missed.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

from tests.scan.secrets import unexplained

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "scan"
TOOLS = ("wapiti3==3.2.3", "sqlmap==1.10.10", "detect-secrets==1.5.0")
MODULES = ("xss", "permanentxss", "sql", "timesql", "exec", "file", "redirect", "crlf", "ssrf", "csp")
FEWEST = {"visitor": 5}
SOME = 30
"""Addresses that a scan must have seen: of a visitor few are to be had."""
CUT = "Max attack time was reached"
ERROR = "Internal Server Error"
PLANTED = {"Reflected Cross Site Scripting", "SQL Injection", "Path Traversal", "Open Redirect"}
PEOPLE = ("", "sanne", "lead1", "ines", "ada")
PASSWORD = "vaste-band-oefent"
LEFT_OUT = (
    "/account/sign-out",
    "/account/password",
    "/account/safety",
    "/people/*/deactivation",
    "/operations/mails/test",
)
ASKED = {
    "visitor": ("/account/sign-in?next=/account", "/account/link/abc?next=/account", "/tv/abc?page=1"),
    "ada": (
        "/candidates?q=a&page=1",
        "/board?measure=points&period=week",
        "/people?q=a&status=active&page=1",
        "/audit?what=people&person=1&page=1",
        "/operations/mails?state=sent&kind=invitation&page=1",
    ),
}
"""What sqlmap is given: pages that open for whoever asks, because one that leads to signing in teaches nothing."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')


def main() -> int:
    """The control first: a scanner that finds nothing there is no scanner."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--seconds", type=int, default=600, help="how long each scan may take: half to look, half to try"
    )
    asked.add_argument("--only-control", action="store_true", help="only the program with planted faults")
    given = asked.parse_args()
    tools = installed()
    faults = control(tools, given.seconds)
    if not given.only_control:
        faults += ours(tools, given.seconds) + unexplained(tools / "detect-secrets", ROOT)
    sys.stdout.write("\n".join(faults or ["nothing was found in ours, and every planted fault was"]) + "\n")
    return 1 if faults else 0


def installed() -> Path:
    """The scanners, in a place of their own."""
    place = BUILD / "venv"
    if not (place / "bin" / "wapiti").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([str(place / "bin" / "pip"), "install", "--quiet", *TOOLS], check=True)
    return place / "bin"


def control(tools: Path, seconds: int) -> list[str]:
    """Which planted faults were missed."""
    port = free_port()
    with running([sys.executable, "-m", "tests.scan.planted", str(port)], f"http://127.0.0.1:{port}/"):
        found = wapiti(tools, f"http://127.0.0.1:{port}/", "planted", "", seconds)
        injected = sqlmap(tools, f"http://127.0.0.1:{port}/row?id=1", "")
    missed = [f"planted and missed: {kind}" for kind in sorted(PLANTED - set(found))]
    sys.stdout.write(f"planted: {', '.join(sorted(found))}; sqlmap {'found' if injected else 'missed'} it\n")
    return missed if injected else [*missed, "planted and missed: sqlmap"]


def ours(tools: Path, seconds: int) -> list[str]:
    """What was found in a demo that nobody scanned before, as a visitor and as each role."""
    shutil.rmtree(BUILD / "demo", ignore_errors=True)
    port, faults = free_port(), []
    home = f"http://127.0.0.1:{port}"
    environment = os.environ | {"FANFARE_DEMO": "1", "FANFARE_INSTANCE": str(BUILD / "demo")}
    for command in (["db", "upgrade"], ["demo"]):
        subprocess.run([str(bin_of("flask")), *command], cwd=ROOT, env=environment, check=True, capture_output=True)
    server = [str(bin_of("granian")), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "wsgi:app"]
    with running(server, f"{home}/health/live", environment):
        for person in PEOPLE:
            faults += [f"{person or 'a visitor'}: {fault}" for fault in within_time(tools, home, person, seconds)]
    return faults


def within_time(tools: Path, home: str, person: str, seconds: int) -> list[str]:
    """What is wrong for one person; the next is tried also when a scanner does not come to its end."""
    try:
        return scanned(tools, home, person, seconds)
    except subprocess.TimeoutExpired:
        return ["the scan did not end, which proves nothing"]
    except subprocess.CalledProcessError as error:
        return [f"the scan failed, which proves nothing: {(error.stdout or 'it said nothing').strip()[-200:]}"]


def scanned(tools: Path, home: str, person: str, seconds: int) -> list[str]:
    """What is wrong for one person; a scan that saw little, or was signed out meanwhile, proves nothing."""
    name, cookie = person or "visitor", signed_in(home, person) if person else ""
    found = wapiti(tools, home, name, cookie, seconds)
    injected = [url for url in ASKED.get(name, ()) if sqlmap(tools, home + url, cookie)]
    sys.stdout.write(f"{name}: {len(found)} kinds of faults, {len(injected)} injections\n")
    faults = [*sorted(found), *(f"injection at {url}" for url in injected)]
    if addresses_of(name) < FEWEST.get(name, SOME):
        faults.append("so few addresses were seen that it proves nothing")
    if cookie and not is_in(home, cookie):
        faults.append("was signed out while it was scanned")
    return faults


def wapiti(tools: Path, url: str, name: str, cookie: str, seconds: int) -> dict[str, list[str]]:
    """The kinds of faults that wapiti found, each with where."""
    report, share = BUILD / f"{name}.json", seconds // 2
    command = [str(tools / "wapiti"), "-u", url, "--scope", "folder", "-d", "4", "--flush-session", "--no-bugreport"]
    command += ["-m", ",".join(MODULES), "-f", "json", "-o", str(report), "--max-scan-time", str(share)]
    command += ["--timeout", "30"]
    command += ["--max-attack-time", str(max(1, share // len(MODULES))), "-v", "1"]
    command += [part for path in LEFT_OUT for part in ("-x", url.rstrip("/") + path)]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds * 4)
    cut = (said.stdout + said.stderr).count(CUT)
    sys.stdout.write(f"{name}: {addresses_of(name)} addresses seen, {cut} of {len(MODULES)} ways cut short\n")
    told = json.loads(report.read_text(encoding="utf-8"))
    kinds = told["vulnerabilities"] | {ERROR: told["anomalies"].get(ERROR)}
    return {kind: [one["path"] for one in cases] for kind, cases in kinds.items() if cases}


def addresses_of(name: str) -> int:
    """How many addresses a scan saw."""
    told = json.loads((BUILD / f"{name}.json").read_text(encoding="utf-8"))
    return int(told["infos"]["crawled_pages_nbr"])


def sqlmap(tools: Path, url: str, cookie: str) -> bool:
    """Whether a parameter of an address leads into a statement."""
    command = [str(tools / "sqlmap"), "-u", url, "--batch", "--level", "2", "--risk", "1", "--flush-session"]
    command += ["--output-dir", str(BUILD / "sqlmap"), "--technique", "BEU", "--timeout", "10"]
    command += ["--cookie", cookie] if cookie else []
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600).stdout
    return "identified the following injection point" in told


def signed_in(home: str, person: str) -> str:
    """The cookie of somebody of the demo."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    token = TOKEN.search(browser.open(f"{home}/account/sign-in").read().decode())
    sent = {"csrf_token": token[1] if token else "", "email": f"{person}@vasteband.example", "password": PASSWORD}
    answer = browser.open(f"{home}/account/sign-in", urlencode(sent).encode())
    if "/account/sign-in" in answer.url:
        raise SystemExit(f"{person} could not sign in")
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def is_in(home: str, cookie: str) -> bool:
    """Whether a session is still one."""
    with urlopen(Request(f"{home}/account", headers={"Cookie": cookie})) as answer:
        return str(answer.url).endswith("/account")


@contextmanager
def running(command: Sequence[str], url: str, environment: dict[str, str] | None = None) -> Iterator[None]:
    """A server, until it is needed no more."""
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(60):
            time.sleep(1)
            try:
                urlopen(url, timeout=5).close()
                break
            except URLError:
                continue
        yield
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def bin_of(name: str) -> Path:
    return Path(sys.executable).with_name(name)


if __name__ == "__main__":
    sys.exit(main())
