"""Answers of other systems that are nested as deep as they are long are no fault of ours: they cannot be read."""

from collections.abc import Callable
from functools import partial

import pytest

from app.web import identity_provider
from app.web.fetching import Answer
from app.web.identity_provider import Away
from jobs import vendor_answer
from jobs.bullhorn_door import NotHeard
from jobs.carerix_door import NotWritten

DEEP = b'{"a":' * 30_000 + b"1" + b"}" * 30_000


@pytest.mark.parametrize("body", [DEEP, b"[" * 60_000, b'{"a": NaN}', b"\xff", b"{"])
@pytest.mark.parametrize(
    ("read", "said"),
    [
        (partial(vendor_answer.read, failure=NotHeard), NotHeard),
        (partial(vendor_answer.read, failure=NotWritten), NotWritten),
        (identity_provider._object, Away),
    ],
)
def test_what_cannot_be_read_is_said(read: Callable[[Answer], object], said: type[Exception], body: bytes) -> None:
    with pytest.raises(said):
        read(Answer(200, body))
