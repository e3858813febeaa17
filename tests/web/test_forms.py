"""What forms share: a number that nobody means is only a wrong number."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange

from app.web.forms import Form, filled, stripped, trimmed


class Named(Form):
    name = StringField(filters=[trimmed], validators=[filled()])


def test_what_nobody_sees_is_no_name_and_turns_no_text_around(session: None) -> None:
    assert not Named(MultiDict({"name": " \u200b\ufeff"})).validate()
    assert trimmed("\u202eabc \u2066 def") == "abc def"
    assert stripped("een\u200b\r\n\u202dtwee") == "een\ntwee"
    assert trimmed("👩\u200d🔬 \u0645\u06cc\u200c\u062e") == "👩\u200d🔬 \u0645\u06cc\u200c\u062e"


class Counted(Form):
    number = IntegerField(validators=[NumberRange(0, 100)])


@pytest.mark.parametrize(
    ("typed", "good"), [("100", True), ("101", False), ("9" * 400, False), ("-" + "9" * 400, False)]
)
def test_hundreds_of_digits_are_too_many(session: None, typed: str, good: bool) -> None:
    form = Counted(MultiDict({"number": typed}))
    assert form.validate() is good
    assert f'value="{typed}"' in form.number()
