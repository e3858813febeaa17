"""How long a new machine takes from a clone to the first page, and to the demo's: `make newcomer`.

The clone has nothing of this tree but what is committed, and the commands nothing of this environment but the path.
With `--test` every test is run there too.
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
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@contextmanager
def clone() -> Iterator[Path]:
    """What is committed, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="fanfare-newcomer-") as folder:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), f"{folder}/fanfare"], check=True)
        yield Path(folder) / "fanfare"


def environment(port: int) -> dict[str, str]:
    """What a shell has when somebody just signed in; packages come from where this machine takes them."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "LANG", "LC_"))}
    return {**kept, "PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "FANFARE_PORT": str(port)}


@contextmanager
def started(target: str, folder: Path) -> Iterator[tuple[float, str]]:
    """`make` one of the two that answer: after how many seconds it did, and the title of its first page."""
    port = free_port()
    begun = time.perf_counter()
    with (folder / f"{target}.log").open("w") as log:
        process = subprocess.Popen(
            ["make", target],
            cwd=folder,
            env=environment(port),
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
    print(f"load {os.getloadavg()[0]:.1f}, {shutil.which('python3')}")
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
    code = subprocess.run(["make", "test"], cwd=folder, env=environment(free_port()), check=False).returncode
    print(f"make test: {'green' if code == 0 else 'red'} after {(time.perf_counter() - begun) / 60:.0f} minutes")
    return code == 0


if __name__ == "__main__":
    raise SystemExit(main())
