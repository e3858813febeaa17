"""The file of a backup: a ZIP with a member per table and a manifest, sealed by the SHA-256 of all of it."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BrokenStream  # noqa: N812 - it is an exception, whatever its module calls it

import orjson

from app.backup.lines import portions
from app.backup.shape import Shape, from_manifest

FORMAT = 1
MANIFEST = "manifest.json"
ERASURES = "erasures.jsonl"
DIGITS = 64
UNSEALED = b"sha256:" + b"0" * DIGITS
CHUNK = 1 << 20


class Damaged(Exception):  # noqa: N818 - what happened to the file
    """The file is no backup of ours, or not all of it."""


class Part(NamedTuple):
    """A member as the manifest has it."""

    rows: int
    sha256: str


class Manifest(NamedTuple):
    """What a backup says of itself. `last_ids` are those that the database has given out, where it keeps them."""

    made_at: str
    engine: str
    head: str
    key: str
    shapes: list[Shape]
    parts: dict[str, Part]
    last_ids: dict[str, int]


def member_of(shape: Shape) -> str:
    return f"tables/{shape.name}.jsonl"


@contextmanager
def written(path: Path) -> Iterator[ZipFile]:
    """A new file that exists under its name only when all of it is on the disk; nobody else may read it."""
    begun = path.with_name(f"{path.name}.part")
    try:
        with open(os.open(begun, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b") as file:  # noqa: PTH123 - its rights from the first byte
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=3) as container:
                container.comment = UNSEALED
                yield container
            _seal(file)
        begun.rename(path)
        _keep_name(path.parent)
    finally:
        begun.unlink(missing_ok=True)


def _seal(file: IO[bytes]) -> None:
    file.flush()
    end = file.seek(0, os.SEEK_END) - DIGITS
    digest = _digest(file, end)
    file.seek(end)
    file.write(digest.encode("ascii"))
    file.flush()
    os.fsync(file.fileno())


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(file: IO[bytes], end: int) -> str:
    file.seek(0)
    found, left = hashlib.sha256(), end
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        found.update(chunk)
        left -= len(chunk)
    return found.hexdigest()


def add(container: ZipFile, name: str, all_lines: Iterable[bytes]) -> Part:
    """A member of lines; how many there were, and the SHA-256 of them."""
    found, rows = hashlib.sha256(), 0
    told = ZipInfo(name)
    told.compress_type = ZIP_DEFLATED
    with container.open(told, "w", force_zip64=True) as member:
        for portion in portions(all_lines):
            text = b"".join(portion)
            found.update(text)
            rows += len(portion)
            member.write(text)
    return Part(rows, found.hexdigest())


def add_manifest(container: ZipFile, manifest: Manifest) -> None:
    tables = [
        {"name": shape.name, "columns": shape.columns, "key": shape.key, **manifest.parts[member_of(shape)]._asdict()}
        for shape in manifest.shapes
    ]
    told = {
        "format": FORMAT,
        **{name: getattr(manifest, name) for name in ("made_at", "engine", "head", "key", "last_ids")},
        "tables": tables,
        "erasures": manifest.parts[ERASURES]._asdict(),
    }
    container.writestr(MANIFEST, orjson.dumps(told, option=orjson.OPT_INDENT_2))


@contextmanager
def opened(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """A backup and its manifest, once its seal was found whole.

    Raises:
        Damaged: it is not a backup, not all of it, or not as it was written.
    """
    try:
        check_seal(path)
        with ZipFile(path) as container:
            yield container, _manifest(container)
    except (BadZipFile, BrokenStream, EOFError) as error:
        raise Damaged(f"{path} is damaged: {error}") from error


def check_seal(path: Path) -> None:
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END) - DIGITS
        file.seek(max(0, end - 7))
        told = file.read()
        if not re.fullmatch(rb"sha256:[0-9a-f]{64}", told):
            raise Damaged(f"{path} is not a whole backup: its seal is missing")
        if _digest(file, end).encode("ascii") != told[7:]:
            raise Damaged(f"{path} is damaged: it is not as it was written")


def _manifest(container: ZipFile) -> Manifest:
    try:
        told = orjson.loads(container.read(MANIFEST))
        if told["format"] != FORMAT:
            raise Damaged(f"the backup has format {told['format']}, this version of Fanfare reads {FORMAT}")
        return _read_manifest(told)
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"the manifest of the backup makes no sense: {error}") from error


def _read_manifest(told: dict[str, Any]) -> Manifest:
    shapes = [from_manifest(each) for each in told["tables"]]
    parts = {f"tables/{each['name']}.jsonl": Part(each["rows"], each["sha256"]) for each in told["tables"]}
    parts[ERASURES] = Part(**told["erasures"])
    return Manifest(told["made_at"], told["engine"], told["head"], told["key"], shapes, parts, told["last_ids"])


def read(container: ZipFile, name: str, part: Part) -> Iterator[bytes]:
    """The lines of a member.

    Raises:
        Damaged: they are not those that were written; known only after the last.
    """
    found, rows = hashlib.sha256(), 0
    with container.open(name) as member:
        while line := member.readline():
            found.update(line)
            rows += 1
            yield line
    if (rows, found.hexdigest()) != part:
        raise Damaged(f"{name} has {rows} rows with another SHA-256 than the {part.rows} that were written")
