"""Between the server and the application: no secret reaches a request, pages are compressed, proxies are counted."""

from pathlib import Path

import pytest
from flask import Flask, request
from werkzeug.exceptions import NotFound

from app.web import server
from tests.conftest import make_app


@pytest.fixture
def app_with_doors(tmp_path: Path) -> Flask:
    app = make_app(tmp_path, proxy_hops=1)
    app.before_request_funcs.clear()
    app.add_url_rule("/environ", "environ", lambda: sorted(request.environ))
    app.add_url_rule("/address", "address", lambda: request.remote_addr or "")
    app.add_url_rule("/long", "long", lambda: "lang " * 1000)
    return app


def test_the_process_environment_stays_outside(app_with_doors: Flask) -> None:
    keys = app_with_doors.test_client().get("/environ", environ_overrides={"FANFARE_SECRET_KEY": "x"}).text
    assert "FANFARE_SECRET_KEY" not in keys
    assert "HTTP_HOST" in keys


def test_one_proxy_is_trusted_and_no_more(app_with_doors: Flask) -> None:
    headers = {"X-Forwarded-For": "6.6.6.6, 10.0.0.1"}
    assert app_with_doors.test_client().get("/address", headers=headers).text == "10.0.0.1"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_pages_are_compressed(app_with_doors: Flask, encoding: str) -> None:
    answer = app_with_doors.test_client().get("/long", headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert len(answer.data) < 200


def test_what_belongs_to_a_request() -> None:
    assert server.keep("wsgi.input")
    assert not server.keep("PATH")


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999"])
def test_a_number_that_no_column_holds_is_absent(app_with_doors: Flask, number: str) -> None:
    with pytest.raises(NotFound):
        app_with_doors.url_map.bind("localhost").match(f"/candidates/{number}")
