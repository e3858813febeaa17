"""The limit of a board: Redis keeps ten thousand people in order, and tells the same page, in the same run as ours."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NotYet

from tests.bench import board
from tests.bench.board import NEIGHBOURS, TOP, milliseconds
from tests.bench.board_base import Size, on_sqlite
from tests.bench.figure import PARTS, Figure, Skipped
from tests.bench.running import Running

KEY, NAMES = "week", "names"
TARGET = 4.0


@contextmanager
def server() -> Iterator[Redis]:
    """Redis of our own, which writes nothing to disk and listens on a socket in a folder."""
    if shutil.which("redis-server") is None:
        raise Skipped("redis-server is not installed")
    with tempfile.TemporaryDirectory() as folder:
        socket = f"{folder}/redis.sock"
        command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        with Running(command, {}) as running, Redis(unix_socket_path=socket, decode_responses=True) as redis:
            running.until_done(partial(_answers, redis, Path(socket)))
            yield redis


def _answers(redis: Redis, socket: Path) -> bool:
    try:
        return socket.exists() and bool(redis.ping())
    except NotYet:
        return False


def fill(redis: Redis, people: int) -> None:
    redis.zadd(KEY, {str(one): one * 7919 % 5000 for one in range(1, people + 1)})
    redis.hset(NAMES, mapping={str(one): f"Persoon {one:06d}" for one in range(1, people + 1)})


def page(redis: Redis, people: int, number: int) -> None:
    """The first fifty, oneself with the neighbours, and the names of all."""
    me = str(1 + number * 7919 % people)
    asked = redis.pipeline(transaction=False)
    asked.zrevrange(KEY, 0, TOP - 1, withscores=True)
    asked.zrevrank(KEY, me)
    first, rank = asked.execute()
    around = redis.zrevrange(KEY, max(0, rank - NEIGHBOURS), rank + NEIGHBOURS, withscores=True)
    redis.hmget(NAMES, [one for one, _ in (*first, *around)])


def b3(quick: bool) -> list[Figure]:
    """Ours and Redis by turns."""
    size: Size = board.QUICK if quick else board.WHOLE
    ours, theirs = list[float](), list[float]()
    with server() as redis, on_sqlite(size) as app, app.app_context():
        fill(redis, size.people)
        for _ in range(PARTS + 1):
            ours.append(statistics.median(milliseconds(partial(board.read_as, size, "week"), 100)))
            theirs.append(statistics.median(milliseconds(partial(page, redis, size.people), 100)))
    middle, floor = statistics.median(ours[1:]), statistics.median(theirs[1:])
    return [Figure("a week's page beside Redis", "ms", middle, floor, TARGET, of="ratio", rounds=tuple(ours[1:]))]
