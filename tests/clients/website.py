"""A website of somebody else's, on an origin of its own: pages and scripts from memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}


@dataclass
class Website:
    """Answers with what is in `pages`, else with a file of `folder`."""

    pages: dict[str, str]
    folder: Path = field(default_factory=Path)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].lstrip("/")
        body = self.pages[path].encode() if path in self.pages else self._file(path)
        status = "404 Not Found" if body is None else "200 OK"
        start(status, [("Content-Type", TYPES.get(Path(path).suffix, TYPES[".html"]))])
        return [body or b""]

    def _file(self, path: str) -> bytes | None:
        file = self.folder / path
        return file.read_bytes() if self.folder.name and file.is_file() else None


AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
"""What a browser with somebody before it calls itself; one without a screen says so, and is taken for a machine."""
LONG = "<br>" * 200


def page(script: str, title: str = "Vacatures") -> str:
    """A long page, with what is in its head."""
    return f'<!DOCTYPE html><html lang="nl"><head><title>{title}</title>{script}</head><body>{LONG}</body></html>'
