"""Numbers in sentences read as the reader writes them."""

import pytest
from flask import Flask, render_template_string

from app.language import in_language, ngettext

CANDIDATES = ("%(num)d candidate", "%(num)d candidates")


@pytest.mark.parametrize(("language", "said"), [("nl", "1.661 kandidaten"), ("en", "1,661 candidates")])
def test_thousands_are_grouped(app: Flask, language: str, said: str) -> None:
    with app.test_request_context(), in_language(language):
        assert ngettext(*CANDIDATES, 1661) == said
        template = "{{ ngettext('%(num)d candidate', '%(num)d candidates', 1661) }}"
        assert render_template_string(template) == said


def test_one_is_one(app: Flask) -> None:
    with app.test_request_context(), in_language("nl"):
        assert ngettext(*CANDIDATES, 1) == "1 kandidaat"
