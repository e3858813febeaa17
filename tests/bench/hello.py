"""The least that a web process can be: it says hello."""

from collections.abc import Callable, Iterable
from typing import Any


def app(_environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [b"<p>Hello"]
