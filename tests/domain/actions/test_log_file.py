"""Rows are read from CSV, plain or gzipped, and what cannot be read is refused by line."""

import gzip
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.actions import log_file
from app.domain.actions.log_file import ACTION_COLUMNS, Refused, Unreadable

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
HEADER = "recruiter,candidate,kind,occurred_at"


def read(*lines: str, header: str = HEADER, most: int = 100) -> log_file.LogFile:
    return log_file.read("\r\n".join((header, *lines)).encode(), ACTION_COLUMNS, NOW, most)


def test_earliest_first_and_without_a_recruiter_it_is_a_system() -> None:
    found = read("r1,c1,call,2026-03-02T10:00:00Z", ",c1,mail,2026-03-01T10:00:00+01:00")
    assert [(row.recruiter, row.kind) for row in found.rows] == [("", "mail"), ("r1", "call")]
    assert found.rows[0].occurred_at == datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_gzip_semicolons_a_byte_order_mark_and_further_columns() -> None:
    text = "\ufeffkind;extra;recruiter;candidate;occurred_at\ncall;x;r1;c1;2026-03-02"
    found = log_file.read(gzip.compress(text.encode()), ACTION_COLUMNS, NOW, 10)
    assert (found.rows[0].candidate, found.rows[0].occurred_at) == ("c1", datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("r1,,call,2026-03-02", "no candidate"),
        ("r1,c1, ,2026-03-02", "no kind"),
        ("r1,c1,call,yesterday", "no moment in ISO 8601: 'yesterday'"),
        ("r1,c1,call", "no moment in ISO 8601: ''"),
        ("r1,c1,call,2026-03-04T10:06:00Z", "in the future"),
        (f"r1,c1,{'k' * 81},2026-03-02", "kind longer than 80 characters"),
        ("r1,c1,ca\x00ll,2026-03-02", "a character that no database keeps"),
    ],
)
def test_a_broken_row_is_refused_by_its_line(line: str, reason: str) -> None:
    found = read("r1,c1,call,2026-03-01", line)
    assert found.refused == [Refused(3, reason)]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"\x1f\x8bnot gzip",
        b"recruiter,candidate,kind\nr1,c1,call",
        b"",
        HEADER.encode() + b"\n" + b"k" * 200_000,
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(Unreadable):
        log_file.read(content, ACTION_COLUMNS, NOW, 10)


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 1"):
        read("r1,c1,call,2026-03-01", "r1,c1,call,2026-03-02", most=1)


def test_equal_rows_are_told_apart_and_every_reading_names_them_the_same() -> None:
    rows = [read("r1,c1,call,2026-03-01", "r1,c1,call,2026-03-01").rows for _ in range(2)]
    assert len({row.external_id for row in rows[0]}) == 2
    assert rows[0] == rows[1]


def test_a_moment_without_a_zone_is_of_the_zone_that_is_asked_for() -> None:
    content = f"{HEADER}\nr1,c1,call,2026-03-01T10:00\nr1,c1,call,2026-03-01T10:00Z".encode()
    found = log_file.read(content, ACTION_COLUMNS, NOW, 10, ZoneInfo("Europe/Amsterdam"))
    assert [row.occurred_at.hour for row in found.rows] == [9, 10]
