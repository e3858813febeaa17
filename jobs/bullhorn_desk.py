"""The desk at which Bullhorn is asked: our account, its door, and how long one run may take."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import account, corporation
from app.domain.actions.bullhorn.account import BullhornAccount
from jobs.bullhorn_door import Door

T = TypeVar("T")
A_RUN = timedelta(seconds=45)
"""Nothing is begun later than this after a run began."""


class Desk:
    """One run: no transaction is open while Bullhorn is talked to. `subscription`: under which name we listen."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.until = clock.now() + A_RUN
        with self.account() as row:
            self.subscription, keys = row.subscription, account.keys_of(row, settings.key)
        self.door = Door(settings, keys, self._keep_keys, self._admits)

    @property
    def is_over(self) -> bool:
        """Whether the run has taken its time."""
        return clock.now() > self.until

    @contextmanager
    def account(self) -> Iterator[BullhornAccount]:
        """Our row, in a transaction of its own."""
        db.session.rollback()
        write()
        yield account.of(self.settings.bullhorn_username)
        db.session.commit()

    def say(self, command: Callable[[BullhornAccount], T]) -> T:
        with self.account() as row:
            return command(row)

    def _keep_keys(self, keys: Mapping[str, str]) -> None:
        self.say(lambda row: account.keep_keys(row, keys, self.settings.key))

    def _admits(self, name: str) -> bool:
        with self.account() as row:
            return corporation.admit(row, name)
