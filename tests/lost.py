"""A deadlock that is lost: what PostgreSQL says of it, and functions that meet one when they have done their work."""

from types import ModuleType
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.web import deadlock


class LostError(Exception):
    sqlstate = "40P01"


class HeldTooLongError(Exception):
    sqlstate = "55P03"


def lost(by: type[Exception] = LostError) -> OperationalError:
    return OperationalError("UPDATE", {}, by("others hold it"))


def loses_once(patch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[OperationalError]:
    """The first call of a function does what it does, and then the database takes it back; answers what is to come."""
    faults, does = [lost()], getattr(module, name)

    def then_loses(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        done = does(*given, **named)
        if faults:
            raise faults.pop()
        return done

    patch.setattr(deadlock, "LONGEST_WAIT", 0)
    patch.setattr(module, name, then_loses)
    return faults
