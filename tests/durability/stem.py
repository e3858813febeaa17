"""Has everything imported and forks a web process for every line that it reads: to begin costs no second of imports.

The web process itself is granian as in production, in a process group of its own, with an application of its own.
"""

import os
import signal
import sys
from importlib import import_module

from app import PLACES

AT_HAND = [*(f"app.blueprints.{place}.routes" for place in PLACES), "app.cli", "jobs.schedule", "tests.conftest"]
"""What takes long to import."""


def main() -> None:
    for module in AT_HAND:
        import_module(module)
    granian = import_module("granian.cli")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.argv = ["granian", *line.split()]
            granian.entrypoint()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
