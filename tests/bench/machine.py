"""Where a run was measured: the machine without its name, how busy it was, and which code."""

import os
import platform
import subprocess
from pathlib import Path

from app.config import ROOT


def load() -> float:
    return round(os.getloadavg()[0], 2)


def machine() -> dict[str, str | int]:
    """Without a host name: a figure is not about whose machine it was."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def commit() -> str:
    """What is measured; with a plus when files were changed since."""
    found = _git("rev-parse", "--short", "HEAD")
    return f"{found}+" if _git("status", "--porcelain", "--untracked-files=no") else found


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
