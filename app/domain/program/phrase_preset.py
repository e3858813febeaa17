"""The phrases that every program starts with, read from phrases.toml; an agency changes them without losing them."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Preset(NamedTuple):
    """`code` names it for good: an agency's own version refers to it."""

    code: str
    use: str
    occasion: str
    language: str
    subject: str
    text: str


@cache
def preset() -> dict[str, Preset]:
    """All of them by their code, in the order of the file."""
    read = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
    return {each.code: each for each in (*_messages(read["message"]), *_openings(read["opening"]))}


def _messages(rows: list[dict[str, Any]]) -> Iterator[Preset]:
    for row in rows:
        for language in ("nl", "en"):
            said = row[language]
            code = f"message-{row['occasion'] or 'any'}-{language}"
            yield Preset(code, "message", row["occasion"], language, said["subject"], said["text"].strip())


def _openings(rows: list[dict[str, Any]]) -> Iterator[Preset]:
    for row in rows:
        for language in ("nl", "en"):
            for number, text in enumerate(row[language], 1):
                code = f"opening-{row['occasion'] or 'any'}-{number}-{language}"
                yield Preset(code, "opening", row["occasion"], language, "", text)
