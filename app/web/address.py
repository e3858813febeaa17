"""Numbers in addresses: what no column can hold is nobody's, and answered as absent."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """An id as the database keeps it."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def register(app: Flask) -> None:
    """Read every `<int:...>` of a route as a row's number."""
    app.url_map.converters["int"] = RowNumber
