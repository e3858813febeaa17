"""How long a new machine takes from a clone to the first page, and to the demo's: `make newcomer`.

The clone has nothing of this tree but what is committed, and the commands nothing of this environment but the path and
where packages come from: the home folder is empty, so everything is fetched and nothing was kept from before. With
`--test` every test is run there too.

Not as bare as a new machine are: Python, make and git; PostgreSQL and Chromium, which the tests use and `make run` does
not; the disk's cache; and packages may come from a mirror that is nearer than the internet. What was there is printed.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
FIRST_PAGE_SECONDS, TIRED = 180, 900
KEPT = ("PIP_", "UV_", "LANG", "LC_")
CACHES = {"PIP_CACHE_DIR", "UV_CACHE_DIR"}
SOURCES = {"PIP_CONFIG_FILE": (".config/pip/pip.conf", ".pip/pip.conf"), "NPM_CONFIG_USERCONFIG": (".npmrc",)}
"""Where pip and npm are told in a home folder from where packages come."""
BESIDE = ("make", "git", "psql", "chromium", "chromium-headless-shell", "redis-server", "npm")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@contextmanager
def clone() -> Iterator[Path]:
    """What is committed, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="fanfare-newcomer-") as folder:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), f"{folder}/fanfare"], check=True)
        yield Path(folder) / "fanfare"


def environment(port: int, home: Path) -> dict[str, str]:
    """What a shell has when somebody signs in for the first time; packages come from where this machine takes them."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT) and name not in CACHES}
    return {**_packages(), **kept, "PATH": os.environ["PATH"], "HOME": str(home), "FANFARE_PORT": str(port)}


def _packages() -> dict[str, str]:
    """From where packages come is of the network that a machine is in, not of who signs in."""
    there = {
        name: [Path.home() / path for path in paths if (Path.home() / path).exists()] for name, paths in SOURCES.items()
    }
    return {name: str(paths[0]) for name, paths in there.items() if paths}


def home_of(folder: Path) -> Path:
    """A home folder beside the clone, in which there is nothing at first."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    return home


@contextmanager
def started(target: str, folder: Path) -> Iterator[tuple[float, str]]:
    """`make` one of the two that answer: after how many seconds it did, and the title of its first page."""
    port = free_port()
    begun = time.perf_counter()
    with (folder / f"{target}.log").open("w") as log:
        process = subprocess.Popen(
            ["make", target],
            cwd=folder,
            env=environment(port, home_of(folder)),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            title = first_page(f"http://127.0.0.1:{port}/", begun, process)
            yield time.perf_counter() - begun, title
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def first_page(url: str, begun: float, process: "subprocess.Popen[bytes]") -> str:
    """The title of what answers, as soon as something does."""
    while time.perf_counter() - begun < TIRED:
        if process.poll() is not None:
            raise SystemExit(f"make ended with {process.returncode} before anything answered")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                found = TITLE.search(answer.read().decode())
                return found[1].strip() if found else ""
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(url)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--test", action="store_true", help="also run every test there")
    wanted = options.parse_args()
    print(
        f"load {os.getloadavg()[0]:.1f}, {shutil.which('python3')}; installed: {' '.join(filter(shutil.which, BESIDE))}"
    )
    with clone() as folder:
        with started("run", folder) as (cold, title):
            print(
                f"make run, nothing installed: {cold:.0f} s to the first page ({title}); asked {FIRST_PAGE_SECONDS} s"
            )
        with started("run", folder) as (warm, _):
            print(f"make run again: {warm:.1f} s")
        with started("demo", folder) as (demo, title):
            print(f"make demo: {demo:.0f} s to the first page ({title})")
        green = not wanted.test or tested(folder)
    return int(cold > FIRST_PAGE_SECONDS or not green)


def tested(folder: Path) -> bool:
    """Whether every test passes there."""
    begun = time.perf_counter()
    code = subprocess.run(
        ["make", "test"], cwd=folder, env=environment(free_port(), home_of(folder)), check=False
    ).returncode
    print(f"make test: {'green' if code == 0 else 'red'} after {(time.perf_counter() - begun) / 60:.0f} minutes")
    return code == 0


if __name__ == "__main__":
    raise SystemExit(main())
