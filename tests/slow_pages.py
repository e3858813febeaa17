"""A web process whose pages take as long as they are asked to: for test_stopping."""

import time
from collections.abc import Callable, Iterable

Begin = Callable[[str, list[tuple[str, str]]], object]


def app(environ: dict[str, str], begin: Begin) -> Iterable[bytes]:
    """`/1.5` takes a second and a half."""
    time.sleep(float(environ["PATH_INFO"][1:] or 0))
    begin("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
    return [b"done"]
