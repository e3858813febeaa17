"""The web application without the lock that lets one write at a time, for the control of `make torture-crowd`."""

from unittest.mock import patch

from sqlalchemy import Connection, event

from app import create_app
from app.db import db
from app.engine import WriteLock

patch.object(WriteLock, "take", lambda _lock: 0).start()
patch.object(WriteLock, "give_back", lambda _lock, _descriptor: None).start()
app = create_app()


def _no_patience(connection: Connection, *_facts: object) -> None:
    """Nor does SQLite wait for its turn."""
    connection.execute("PRAGMA busy_timeout=0")  # type: ignore[call-overload] # the driver's own connection


with app.app_context():
    event.listen(db.engine, "connect", _no_patience)
