"""How a run of the tests goes: what takes longest begins first, and nothing is looked through in vain."""

import gc

import pytest

from tests import canaries


def pytest_configure() -> None:
    """Only where tests run: what is measured with their applications goes as in production."""
    gc.set_threshold(20_000, 20, 20)
    canaries.install()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A long test that begins last keeps one process at work while the other has nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """All that was imported to find the tests stays to the end: looking through it for garbage finds none."""
    gc.collect()
    gc.freeze()
