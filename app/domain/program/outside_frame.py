"""Which websites may show the program in a frame of theirs: what was typed becomes origins, and nothing else."""

import re
from urllib.parse import SplitResult, urlsplit

MOST = 20
LONGEST = 200
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")


class NotAnOrigin(ValueError):  # noqa: N818 - it says what the text is
    """The text is no https address of a website; its argument is the text."""


def origins(text: str) -> list[str]:
    """The websites of typed lines, each once, as browsers compare them: https://www.agency.nl.

    Raises:
        NotAnOrigin: a line is none.
    """
    return list(dict.fromkeys(_origin(line.strip()) for line in text.splitlines() if line.strip()))


def _origin(line: str) -> str:
    """An address with a path is that of its website."""
    parts = _split(line)
    try:
        host, port = (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except ValueError as error:  # no name that could be looked up, or no number of a port
        raise NotAnOrigin(line) from error
    if parts.scheme != "https" or "@" in parts.netloc or not HOST.fullmatch(host) or len(host) > LONGEST:
        raise NotAnOrigin(line)
    return f"https://{host}" if port in {None, 443} else f"https://{host}:{port}"


def _split(line: str) -> SplitResult:
    try:
        return urlsplit(line if "://" in line else f"https://{line}")
    except ValueError as error:
        raise NotAnOrigin(line) from error
