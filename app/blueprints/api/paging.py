"""Lists, a page at a time: the cursor says after which row the next page begins, and is signed."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from marshmallow import Schema, fields

from app.blueprints.api.contract import unusable
from app.blueprints.api.fields import Body, Number, Text
from app.language import gettext as _
from app.language import lazy_gettext as _l

MOST = 100
USUAL = 50
CURSOR = 600
Row = TypeVar("Row")


class PageBody(Body):
    """Which part of a list."""

    limit = Number(1, MOST, strict=False, load_default=USUAL, metadata={"description": _l("How many rows at most.")})
    after = Text(CURSOR, load_default="", metadata={"description": _l("The next of the page before.")})


class Part(NamedTuple, Generic[Row]):
    """A part of a list as it is told; without `next` it is the last."""

    items: Sequence[Row]
    next: str | None


@cache
def part_schema(of: type[Schema]) -> Schema:
    """A page of such rows."""
    items, cursor = fields.List(fields.Nested(of)), fields.String(allow_none=True)
    return Schema.from_dict({"items": items, "next": cursor}, name=f"{of.__name__}Page")()


def part_of(
    asked: dict[str, Any], rows: Callable[[int | None, int], Sequence[Row]], id_of: Callable[[Row], int]
) -> Part[Row]:
    """The rows after a cursor's, of a list in the order of ids; `rows` is given that id and how many to find."""
    limit = asked["limit"]
    found = rows(_read(asked["after"]), limit + 1)
    return Part(found[:limit], _signer().dumps(id_of(found[limit - 1])) if len(found) > limit else None)


def _read(cursor: str) -> int | None:
    if not cursor:
        return None
    try:
        return int(_signer().loads(cursor))
    except (BadSignature, TypeError, ValueError):
        raise unusable({"after": [_("This is not the next of a page of this list.")]}) from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].key, salt=f"cursor {request.endpoint}")
