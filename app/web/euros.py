"""An amount of money as people type it: 25, 12,50 or 1.250,00, with or without the sign of the euro before it."""

import re
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from app.language import current
from app.language import gettext as _

AMOUNT = re.compile(
    r"(?:€|EUR)?\s*(?P<whole>[1-9]\d{0,2}(?:[.,\s]\d{3}){1,2}|\d{1,9})(?:[.,](?P<cents>\d{1,2}|-))?",
    re.IGNORECASE | re.ASCII,
)
WHOLE = 100
COMMA = {"nl": ",", "en": "."}


class EurosField(Field):
    """`data` holds whole cents; None when nothing was typed, or nothing that is an amount."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        self.data = cents_of(typed)
        if self.data is None:
            raise ValueError(_("Type an amount in euros, such as 12.50."))

    def _value(self) -> str:
        """What the field shows: what was typed, also when it is no amount."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else written(self.data)


def cents_of(typed: str) -> int | None:
    """The cents of a typed amount; None when it is none."""
    found = AMOUNT.fullmatch(typed)
    if found is None or not typed.isprintable():
        return None
    cents = (found["cents"] or "").strip("-")
    return int(re.sub(r"\D", "", found["whole"])) * WHOLE + int(cents.ljust(2, "0") if cents else 0)


def written(cents: int) -> str:
    """An amount as one would type it."""
    whole, rest = divmod(cents, WHOLE)
    return f"{whole}{COMMA[current()]}{rest:02}" if rest else str(whole)
