"""What forms share: a number that nobody means is only a wrong number."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField
from wtforms.validators import NumberRange

from app.web.forms import Form


class Counted(Form):
    number = IntegerField(validators=[NumberRange(0, 100)])


@pytest.mark.parametrize(
    ("typed", "good"), [("100", True), ("101", False), ("9" * 400, False), ("-" + "9" * 400, False)]
)
def test_hundreds_of_digits_are_too_many(session: None, typed: str, good: bool) -> None:
    form = Counted(MultiDict({"number": typed}))
    assert form.validate() is good
    assert f'value="{typed}"' in form.number()
