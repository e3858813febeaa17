"""The ledger under three hundred sequences of fifty steps of whatever happens to it: `make torture-machine`.

The machine is that of tests/domain/game/test_ledger_machine.py, which runs with a few sequences in every test run.
`--engine` is sqlite or postgresql. The control plants a bug that the machine must find.
"""

import os
import subprocess
import sys

from app.config import ROOT
from tests.torture.ground import chosen, conclude

FILE, STEPS = "tests/domain/game/test_ledger_machine.py", 50


def main() -> None:
    options = chosen(__doc__, sequences=300)
    which = "fault_is_found" if options.control else "no_sequence"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", FILE, "-k", f"{options.engine} and {which}"]
    environment = os.environ | {"FANFARE_MACHINE_EXAMPLES": str(options.sequences)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(done.stdout[-3000:])
    passed = done.returncode == 0
    found = ["the bug that was planted"] * passed if options.control else ["a sequence, told above"] * (not passed)
    conclude(STEPS * options.sequences, found, control=options.control, told=options.engine)


if __name__ == "__main__":
    main()
