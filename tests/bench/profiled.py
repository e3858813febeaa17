"""Where the time of a bench goes: `python -m tests.bench.profiled B8 app.domain.game.rebuilding:rebuild`.

The benches of an entry run in this process, and only what happens within that function is looked at: how much of it is
whose code, and which functions of ours took most with all that they call. `--quick` takes small sizes. What a profile
adds falls on small functions most, so shares of the whole are to be trusted to a tenth.
"""

import argparse
import cProfile
import importlib
import pstats
import sys
import sysconfig
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from app.config import ROOT
from tests.bench.entries import ENTRIES

LIBRARY, PACKAGES = (Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib"))
SHOWN = 30


def watched(name: str, profile: cProfile.Profile) -> None:
    """Let the profile look at what happens within a function, named as `module:function` or `module:Class.method`."""
    module, _, function = name.partition(":")
    *within_it, last = function.split(".")
    home: Any = importlib.import_module(module)
    for each in within_it:
        home = getattr(home, each)
    inner: Callable[..., Any] = getattr(home, last)

    @wraps(inner)
    def within(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function has them
        profile.enable()
        try:
            return inner(*given, **named)
        finally:
            profile.disable()

    setattr(home, last, within)


def whose(file: str) -> str:
    """The package that a file is of; what is built in has none, and is named as it is: the driver is among it."""
    path = Path(file)
    for folder, name in ((PACKAGES, ""), (ROOT, "ours, "), (LIBRARY, "Python, ")):
        if path.is_relative_to(folder):
            return f"{name}{path.relative_to(folder).parts[0].removesuffix('.py')}"
    return "built in"


def shares(profile: cProfile.Profile) -> Counter[str]:
    """Seconds by whose code it is; of what is built in, by what it is of."""
    found: Counter[str] = Counter()
    for (file, _, function), (_, _, own, *_) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined] # its stub leaves it out
        found[f"{whose(file)}, {_module(function)}" if file == "~" else whose(file)] += own
    return found


def _module(function: str) -> str:
    """`sqlite3` of what a profile calls <method 'execute' of 'sqlite3.Cursor' objects>."""
    of = function.partition(" of '")[2].partition("'")[0] or function.removeprefix("<built-in method ")
    return of.partition(".")[0].strip("<>")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entry", choices=[each.id for each in ENTRIES])
    parser.add_argument("within", nargs="+", help="module:function")
    parser.add_argument("--bench", type=int, help="only this of its benches, from 0")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    profile = cProfile.Profile()
    for name in asked.within:
        watched(name, profile)
    (entry,) = (each for each in ENTRIES if each.id == asked.entry)
    for bench in entry.benches if asked.bench is None else entry.benches[asked.bench : asked.bench + 1]:
        bench(asked.quick)
    found = shares(profile)
    total = found.total()
    print(f"{total:.2f} s within {', '.join(asked.within)}")
    for name, seconds in found.most_common(SHOWN):
        print(f"{100 * seconds / total:5.1f} %  {name}")
    pstats.Stats(profile, stream=sys.stdout).sort_stats("cumulative").print_stats(r"/(app|jobs)/", SHOWN)


if __name__ == "__main__":
    main()
