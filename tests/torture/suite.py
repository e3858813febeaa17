"""All that tries to break Fanfare, R1 to R12, one after another: `make torture`.

Each test stands beside its control, which is the same with a guard taken out and must find something; each runs in a
process of its own, and what it says stands in build/torture. What was found is told as a table and kept in
tests/torture/results. It ends with an error on any fault, and on a control that finds none.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app import clock
from app.config import ROOT
from tests.bench import machine
from tests.torture.ground import RESULT

SAID = ROOT / "build" / "torture"
RESULTS = ROOT / "tests" / "torture" / "results"
PATIENCE = 40 * 60
"""Seconds; on a quiet machine of two cores the longest takes a third of that."""
LONGEST = 300
"""Characters that are kept of what a suite says of itself."""
POSTGRESQL = ("--engine", "postgresql")
HALF = ("--letters", "450", "--kills", "25")
"""Of what the design asks for; the other half is on the other engine."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A test with its options, and those of its control."""

    id: str
    what: str
    module: str
    options: Sequence[str] = ()
    controls: Sequence[Sequence[str]] = (("--control",),)


def _both(id_: str, what: str, module: str, *options: str, control: Sequence[str] = ("--control",)) -> list[Trial]:
    """On both engines, each beside its control."""
    return [
        Trial(id_, f"{what}, SQLite", module, options, (control,)),
        Trial(id_, f"{what}, PostgreSQL", module, (*options, *POSTGRESQL), ((*control, *POSTGRESQL),)),
    ]


def _of_the_program(id_: str, what: str, module: str, *options: str, control: Sequence[str]) -> list[Trial]:
    """On both engines; what the control takes out is no engine's, so it is tried on the first."""
    first, second = _both(id_, what, module, *options, control=control)
    return [first, replace(second, controls=())]


def _short(option: str, number: str, control: str) -> tuple[str, ...]:
    """One of several controls of a suite, which finds as much in less time."""
    return option, number, "--control", control


TRIALS: tuple[Trial, ...] = (
    *_both("R1", "servers killed under eight clients", "kills", control=("--kills", "15", "--control")),
    *_both("R2", "fifty ask for one reward", "rewards", control=("--rounds", "10", "--control")),
    Trial("R2", "eight log for one candidate", "points", POSTGRESQL, ((*POSTGRESQL, "--rounds", "40", "--control"),)),
    *_both("R2", "prizes, coins and money", "prizes"),
    *_both("R2", "one pool, nobody on two screens", "claims"),
    *_of_the_program("R3", "the ledger under any sequence", "machine", control=("--sequences", "3", "--control")),
    Trial(
        "R4",
        "a year of reminders, SQLite",
        "reminders",
        (),
        (_short("--weeks", "4", "claim"), _short("--weeks", "4", "key")),
    ),
    Trial("R4", "a year of reminders, PostgreSQL", "reminders", POSTGRESQL, ()),
    *_of_the_program(
        "R5", "mail servers of every mood", "smtp", *HALF, control=("--letters", "90", "--kills", "3", "--control")
    ),
    *_both(
        "R5",
        "pages while a mail server hangs",
        "hangs",
        "--rounds",
        "20",
        control=("--rounds", "1", "--times", "20", "--control"),
    ),
    *_both("R6", "fifty log beside import, letters, backup", "crowd", control=("--seconds", "10", "--control")),
    Trial("R7", "PostgreSQL restarted", "restarts"),
    Trial("R7", "the disk full", "full", (), (("--times", "1", "--control"),)),
    *_of_the_program("R7", "the clock two hours off", "clocks", control=("--jumps", "4", "--control")),
    Trial(
        "R8",
        "backups under load, restored",
        "backup",
        (),
        (_short("--rounds", "1", "flip"), _short("--rounds", "1", "log")),
    ),
    *_both("R9", "migrations on a million rows", "migrating", control=("--rows", "10000", "--control")),
    *_of_the_program("R11", "slow clients", "slow", control=("--control",)),
    Trial("R12", "two web processes, three of the jobs", "fleet", (), (("--kills", "3", "--control"),)),
)


@dataclass
class Found:
    """What came of a run of a suite: how it ended, how much it tried and what it found; None when it broke down."""

    well: bool
    seconds: float
    tried: int | None = None
    faults: int | None = None
    told: str = ""
    asked: str = ""

    @property
    def zeros(self) -> str:
        if self.tried is None:
            return "broke down"
        return f"{self.faults} of {self.tried}{f' in {self.asked}' if self.asked else ''}"


def run(trial: Trial, options: Sequence[str], name: str) -> Found:
    """In a session of its own; one that takes too long is asked to end, and nothing of it outlives this."""
    command = [sys.executable, "-m", f"tests.torture.{trial.module}", *options]
    told = SAID / f"{name}.txt"
    began = time.perf_counter()
    with told.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        try:
            code = _code(process)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return read(told.read_text(encoding="utf-8"), code, time.perf_counter() - began)


def _code(process: "subprocess.Popen[str]") -> int:
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    try:
        return process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def read(said: str, code: int, seconds: float) -> Found:
    """What a suite told of itself in its last words; one that does not say what it tried has shown nothing."""
    lines = [line for line in said.splitlines() if line.strip()]
    results = [line for line in lines if line.startswith(RESULT)]
    if not results:
        return Found(well=False, seconds=seconds, told=lines[-1][:LONGEST] if lines else "")
    facts = json.loads(results[-1].removeprefix(RESULT))
    before = lines[lines.index(results[-1]) - 1]
    return Found(code == 0, seconds, facts["tried"], facts["faults"], before[:LONGEST], facts.get("asked", ""))


def together(controls: Sequence[Found]) -> Found | None:
    """Of several controls the one that found least, and only well when all are; None where there are none."""
    if not controls:
        return None
    least = min(controls, key=lambda each: (each.well, each.faults or 0))
    return replace(least, seconds=sum(each.seconds for each in controls))


def row(trial: Trial, main: Found, control: Found | None) -> str:
    verdict = "held" if main.well and (control is None or control.well) else "BROKEN"
    seconds = main.seconds + (control.seconds if control else 0)
    return f"{trial.id:<4}{trial.what:<52}{main.zeros:>28}  {_beside(control):>10}  {seconds:7.0f} s  {verdict}"


def _beside(control: Found | None) -> str:
    """What stands in the table of a control."""
    if control is None:
        return "-"
    if control.tried is None:
        return "broke down"
    return str(control.faults) if control.well else "finds none"


def chosen_trials(named: str, *, short: bool) -> list[tuple[int, Trial]]:
    """Those whose id or module is named, or all; `short`: without the suites that take minutes."""
    known = [(number, each) for number, each in enumerate(TRIALS) if not named or named in {each.id, each.module}]
    return [(number, each) for number, each in known if not (short and each.module in {"migrating", "backup"})]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="ID", help="one of R1 to R12, or the name of a suite")
    parser.add_argument("--short", action="store_true", help="without those that need a million rows or fifty backups")
    asked = parser.parse_args()
    if not chosen_trials(asked.only, short=asked.short):
        parser.error(f"no suite is called {asked.only}")
    SAID.mkdir(parents=True, exist_ok=True)
    load, kept, broken, began = machine.load(), [], 0, time.perf_counter()
    print(f"{'id':<4}{'test':<52}{'faults of tried':>28}  {'control':>10}  {'time':>9}")
    for number, trial in chosen_trials(asked.only, short=asked.short):
        name = f"{number:02}-{trial.module}"
        main_run = run(trial, trial.options, name)
        numbered = enumerate(trial.controls, 1)
        control = together([run(trial, each, f"{name}-control-{which}") for which, each in numbered])
        print(row(trial, main_run, control), flush=True)
        broken += not (main_run.well and (control is None or control.well))
        kept.append(record(trial, main_run, control))
    minutes = (time.perf_counter() - began) / 60
    path = keep(kept, load, minutes) if not asked.only else None
    print(
        f"{minutes:.1f} minutes, load {load} to {machine.load()}, {broken} broken{f', kept in {path}' if path else ''}"
    )
    raise SystemExit(bool(broken))


def record(trial: Trial, main_run: Found, control: Found | None) -> dict[str, object]:
    facts = {"id": trial.id, "what": trial.what, "suite": trial.module, "options": list(trial.options)}
    return {**facts, "found": asdict(main_run), "control": asdict(control) if control else None}


def keep(rows: Sequence[dict[str, object]], load: float, minutes: float) -> Path:
    """A whole run, by its day."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{clock.now():%Y-%m-%d}.json"
    facts = {"at": clock.now().isoformat(), "commit": machine.commit(), "machine": machine.machine()}
    loads = {"load": [load, machine.load()], "minutes": round(minutes, 1)}
    path.write_text(json.dumps({**facts, **loads, "trials": rows}, indent=1, ensure_ascii=False) + "\n")
    return path.relative_to(ROOT)


if __name__ == "__main__":
    main()
