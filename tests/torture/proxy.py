"""A proxy as production has one in front: it takes in a whole request, and a whole answer, before it passes them on.

What nginx does with `proxy_request_buffering` and `proxy_buffering`, in as few lines as a test needs, so that no test
asks for nginx: plain HTTP/1.1, a length or nothing, one request on a connection.
"""

import asyncio
import threading
from contextlib import suppress
from typing import Self

MOST = 60_000_000
END = b"\r\n\r\n"


class Proxy:
    """Listens on a port of its own, in a thread of its own, and hands on to another port of this machine."""

    def __init__(self, behind: int) -> None:
        self.behind, self.port = behind, 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        self.ready.wait(10)
        return self

    def __exit__(self, *_fault: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MOST))
        self.port = int(server.sockets[0].getsockname()[1])
        self.ready.set()
        self.loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.write(await self._ask(await _request(reader)))
            await writer.drain()
        writer.close()

    async def _ask(self, request: bytes) -> bytes:
        """The whole answer of the process behind."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.behind, limit=MOST)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    """A whole request, asking for one answer and no more."""
    head = await reader.readuntil(END)
    lines = head.decode("latin-1").split("\r\n")
    lengths = [int(line.partition(":")[2]) for line in lines if line.lower().startswith("content-length:")]
    body = await reader.readexactly(lengths[0]) if lengths else b""
    kept = [line for line in lines[1:-2] if not line.lower().startswith("connection:")]
    return "\r\n".join([lines[0], *kept, "Connection: close"]).encode("latin-1") + END + body
