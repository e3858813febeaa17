"""A web process whose pages take as long as they are asked to, and say that they began: for test_stopping."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import uuid4

BEGUN = Path(os.environ["SLOW_PAGES_FOLDER"])
"""A file is made in it for every page that begins."""
Begin = Callable[[str, list[tuple[str, str]]], object]


def app(environ: dict[str, str], begin: Begin) -> Iterable[bytes]:
    """`/1.5` takes a second and a half."""
    (BEGUN / uuid4().hex).touch()
    time.sleep(float(environ["PATH_INFO"][1:] or 0))
    begin("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
    return [b"done"]
