"""The Bullhorn of the tests as a process of its own: what a real one has on its disk is on disk, and it can be killed.

`python -m tests.fakes.bullhorn_process FOLDER PORT`; whoever feeds it and has it die does so under /control/.
"""

import json
import os
import signal
import sys
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path

from tests.fakes.bullhorn import Answer, Bullhorn, Query, Server


@dataclass
class OnDisk(Bullhorn):
    """Sessions and tokens of access end with the process; what opens the door, what waits and what was given do not.

    `left`: answers until it dies, of any sort or of those with a new batch; `where` in the last one: before anything is
    kept, after that and before it is sent, or when half of it is. `refusing`: how often it says 500 before it answers.
    """

    file: Path = field(default_factory=Path)
    written: str = ""
    left: int = 0
    of: str = ""
    where: str = ""
    refusing: Counter[str] = field(default_factory=Counter)

    def load(self) -> None:
        if not self.file.exists():
            return
        kept = json.loads(self.file.read_text(encoding="utf-8"))
        self.entities = {(entity, number): facts for entity, number, facts in kept["entities"]}
        self.queue, self.batches = deque(kept["queue"]), {int(name): told for name, told in kept["batches"].items()}
        self.subscription, self.wanted = kept["subscription"], kept["wanted"]
        self.refresh, self.counts = set(kept["refresh"]), defaultdict(int, kept["counts"])

    def save(self) -> None:
        """All of it or nothing, as a database would."""
        text = json.dumps(
            {
                "entities": [[entity, number, facts] for (entity, number), facts in self.entities.items()],
                "queue": list(self.queue),
                "batches": self.batches,
                "subscription": self.subscription,
                "wanted": self.wanted,
                "refresh": sorted(self.refresh),
                "counts": self.counts,
            }
        )
        if text != self.written:
            new = self.file.with_suffix(".new")
            new.write_text(text, encoding="utf-8")
            new.replace(self.file)
            self.written = text

    def answer(self, method: str, path: str, query: Query, token: str) -> Answer:
        with self.lock:
            if path.startswith("/control/"):
                return self.control(path.removeprefix("/control/"), query)
            self.left -= self.of == "any"
            self.die("before")
            found = super().answer(method, path, query, token)
            gives = "/event/" in path and isinstance(found[1], dict) and "requestId" in found[1]
            self.left -= self.of == "batch" and gives and "requestId" not in query
            self.save()
            self.die("after")
            return found

    def die(self, where: str) -> None:
        if self.where == where and self.of and self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def send(self, out: BufferedIOBase, body: bytes) -> None:
        if self.where == "half" and self.of and self.left <= 0:
            out.write(body[: len(body) // 2])
            self.die("half")
        super().send(out, body)

    def event(self, method: str, path: str, query: Query) -> Answer:
        what = "again" if "requestId" in query else "last" if path.endswith("/lastRequestId") else ""
        if self.refusing[what] > 0:
            self.refusing[what] -= 1
            return 500, "", {}
        return super().event(method, path, query)

    def control(self, command: str, query: Query) -> Answer:
        if command == "doom":
            self.left, self.of, self.where = int(query["answers"]), query["of"], query["where"]
        elif command == "refuse":
            self.refusing = Counter({name: int(times) for name, times in query.items()})
        elif command == "put":
            self.put(query["entity"], int(query["number"]), **json.loads(query["facts"]))
        elif command == "remove":
            self.remove(query["entity"], int(query["number"]))
        self.save()
        looked = len([each for each in self.asked if "/entity/" in each])
        told = {"subscription": self.subscription, "queue": len(self.queue), "asked": len(self.asked)}
        return 200, told | {"looked": looked, "last": max(self.batches, default=0)}, {}


def main() -> None:
    folder, port = sys.argv[1:]
    there = OnDisk(file=Path(folder) / "bullhorn.json")
    there.load()
    server = Server(there, int(port))
    there.base = f"http://127.0.0.1:{port}"
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()
