"""The least that a server can do for an action: say hello, and hand the driver the statements of a recorded one."""

import os
import pickle
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-16000",
    "mmap_size=268435456",
)
Sent = list[tuple[str, Any]]
START = Callable[[str, list[tuple[str, str]]], object]


class Floor:
    """The same statements, with the same values, by the driver alone."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")

    def run(self, sent: Sent) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        for statement, values in sent:
            if isinstance(values, list):
                self.connection.executemany(statement, values)
            else:
                self.connection.execute(statement, values).fetchall()
        self.connection.execute("COMMIT")


class PostgresFloor:
    """The same on PostgreSQL."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)

    def run(self, sent: Sent) -> None:
        with self.connection.cursor() as cursor:
            for statement, values in sent:
                if isinstance(values, list):
                    cursor.executemany(statement, values)
                elif cursor.execute(statement, values).description:
                    cursor.fetchall()
        self.connection.commit()


def floor_on(address: str) -> Floor | PostgresFloor:
    """By its address: a file, or a PostgreSQL database."""
    return PostgresFloor(address) if address.startswith("postgresql://") else Floor(Path(address))


class Hello:
    """A WSGI application without anything: each POST is the next action of the recording."""

    def __init__(self, address: str, recording: str) -> None:
        self.floor, self.one = floor_on(address), threading.Lock()
        self.left: Iterator[Sent] = iter(pickle.loads(Path(recording).read_bytes()))

    def __call__(self, environ: dict[str, Any], start: START) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            with self.one:
                environ["wsgi.input"].read()
                self.floor.run(next(self.left))
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b"<p>Hello"]


if "FANFARE_BENCH_FLOOR" in os.environ:
    app = Hello(os.environ["FANFARE_BENCH_FLOOR"], os.environ["FANFARE_BENCH_RECORDING"])
