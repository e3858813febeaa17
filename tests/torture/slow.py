"""Twenty who send slowly and twenty who read slowly, with a proxy in front and without one: `make torture-slow`.

The web process alone has two threads, so whoever sends half an upload and then nothing takes one for as long as they
like. Behind a proxy that takes in a request before it passes it on, and an answer before it hands it out, as the
documented set-up has it, pages go on as if nobody was there. Without one, pages go on as soon as the process is told
to begin anew and its time to finish is over; nothing that was acknowledged is lost. The control is the web process
alone that nobody tells anything: then no page comes.
"""

import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.durability.server import Client, Server
from tests.durability.test_kill import found, traffic
from tests.torture import reconcile
from tests.torture.ground import chosen, conclude, ground
from tests.torture.proxy import Proxy

SLOW = 20
LOOKS, STUCK = 40, 5.0
"""So many pages are asked for; one that did not come within so many seconds does not come."""
GIVEN = 4
"""Seconds that a web process has to finish what runs; production gives twenty."""
RECOVERS = GIVEN + 20.0
"""Seconds until pages come again: the time to finish, and to begin anew on a busy machine."""
MOST = 2.0
"""Seconds that the slowest page may take behind the proxy."""
LENGTH = 5_000_000


@dataclass
class Slow:
    """Connections that stay open: half an upload each, or an answer that nobody fetches."""

    port: int
    client: Client

    @contextmanager
    def there(self) -> Iterator[None]:
        with ExitStack() as stack:
            for number in range(2 * SLOW):
                line = stack.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=5))
                line.sendall(self.upload() if number % 2 else self.reader(line))
            time.sleep(0.5)
            yield

    def upload(self) -> bytes:
        head = f"POST /candidates/import HTTP/1.1\r\nHost: x\r\nCookie: fanfare={self.client.cookie}\r\n"
        begun = '--x\r\nContent-Disposition: form-data; name="file"; filename="pool.csv"\r\n\r\nNaam;'
        kind = "Content-Type: multipart/form-data; boundary=x\r\n"
        return f"{head}{kind}Content-Length: {LENGTH}\r\n\r\n{begun}".encode()

    def reader(self, line: socket.socket) -> bytes:
        """It takes as little at a time as a line can."""
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        return f"GET /candidates HTTP/1.1\r\nHost: x\r\nCookie: fanfare={self.client.cookie}\r\n\r\n".encode()


def look(port: int, client: Client, patience: float = STUCK) -> float | str:
    """How many seconds a page took, or what came instead of it."""
    connection, began = http.client.HTTPConnection("127.0.0.1", port, timeout=patience), time.monotonic()
    try:
        connection.request("GET", "/", headers={"Cookie": f"fanfare={client.cookie}"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    else:
        return time.monotonic() - began if answer.status == 200 else str(answer.status)
    finally:
        connection.close()


def behind(server: Server, client: Client, most: float = MOST) -> tuple[list[str], str]:
    """Pages while forty are slow, with the proxy in front."""
    with Proxy(server.port) as proxy, Slow(proxy.port, client).there():
        took = [look(proxy.port, client, 2 * most) for _ in range(LOOKS)]
    late = [each for each in took if isinstance(each, str) or each >= most]
    slowest = max((each for each in took if isinstance(each, float)), default=0.0)
    return [f"behind the proxy: {each}" for each in late], f"slowest page {slowest:.2f} s"


def bare(server: Server, client: Client, within: float = RECOVERS) -> tuple[list[str], str]:
    """Pages while forty are slow, once the process was told to begin anew."""
    assert server.group is not None
    with Slow(server.port, client).there():
        stuck = isinstance(look(server.port, client), str)
        began = time.monotonic()
        os.kill(server.group, signal.SIGHUP)
        while isinstance(look(server.port, client), str):
            if time.monotonic() - began > within:
                return [f"without a proxy: no page within {within:.0f} s"], "never"
        after = time.monotonic() - began
    return [] if stuck else ["without a proxy: nobody was in the way"], f"pages again after {after:.1f} s"


def main() -> None:
    options = chosen(__doc__, logged=60)
    with ground(options.engine, durable=True) as at:
        server = Server(at.app.config["SETTINGS"], more=f"--workers-kill-timeout {GIVEN}")
        run = traffic(at.app, server, same_key=True)
        client = run.clients[0]
        try:
            server.start()
            for number in range(options.logged):
                run.log(client, run.candidates[number % len(run.candidates)], f"{number:032x}")
            if options.control:
                with Slow(server.port, client).there():
                    answers = [look(server.port, client) for _ in range(2)]
                wrong, told = [f"no page: {each}" for each in answers if isinstance(each, str)], "without a proxy"
            else:
                wrong, told = _both(server, client)
        finally:
            server.close()
        after = found(at.app, run)
        wrong += [f"{after.lost} lost, {after.doubled} doubled"] if after.lost or after.doubled else []
        wrong += [] if options.control else reconcile.differences(at.app)
    conclude(LOOKS, wrong, control=options.control, told=f"{options.engine}: {told}")


def _both(server: Server, client: Client) -> tuple[list[str], str]:
    first, one = behind(server, client)
    second, other = bare(server, client)
    return first + second, f"behind the proxy {one}; without one {other}"


if __name__ == "__main__":
    main()
