"""Large data sets are made once and kept, by the schema that they were made for; what a run changes is a copy."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade

from app.config import ROOT
from app.db import db
from app.demo.build import build
from tests.browser.demo import MOMENT, standing_at
from tests.conftest import make_app

FOLDER = Path(os.environ.get("FANFARE_BENCH_FOLDER") or Path(tempfile.gettempdir()) / "fanfare-bench")
FILE = "fanfare.sqlite"


def head() -> str:
    """The newest migration: a data set of an older one is made anew."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head() or ""


def folder_of(name: str, kept: Path = FOLDER) -> Path:
    return kept / f"{name}-{head()}"


def made(name: str, fill: Callable[[], object], kept: Path = FOLDER) -> Path:
    """The folder of a data set on SQLite; filled when it is not there, and then those of older schemas go."""
    folder = folder_of(name, kept)
    done = folder / "made"
    if not done.exists():
        for old in _of_any_schema(name, kept):
            shutil.rmtree(old)
        folder.mkdir(parents=True)
        app = make_app(folder)
        with app.app_context():
            upgrade()
            fill()
            _closed()
        done.touch()
    return folder


def demo() -> Path:
    """The folder of the demo agency as it stands at its moment; made anew when what makes it changes."""
    code = b"".join(path.read_bytes() for path in sorted((ROOT / "app" / "demo").rglob("*.py")))

    def fill() -> None:
        with standing_at(MOMENT):
            build(MOMENT, "Europe/Amsterdam")

    return made(f"demo-{hashlib.sha256(code).hexdigest()[:8]}", fill)


def _of_any_schema(name: str, kept: Path) -> list[Path]:
    return [each for each in kept.glob(f"{name}-*") if re.fullmatch(rf"{re.escape(name)}-\d{{4}}", each.name)]


def _closed() -> None:
    """Everything is in the one file."""
    db.session.commit()
    db.session.remove()
    db.engine.dispose()


@contextmanager
def opened(folder: Path) -> Iterator[Flask]:
    """The data set itself, to be read; what is written in a copy of it is on the disk, as in production."""
    app = make_app(folder, sqlite_synchronous="FULL")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def copied(folder: Path) -> Iterator[Flask]:
    """A copy of the data set, to be written; beside it stands the folder's own file."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        shutil.copy(folder / FILE, name)
        with opened(Path(name)) as app:
            yield app
