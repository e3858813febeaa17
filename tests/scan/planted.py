"""A small program with a real fault of each kind, on loopback, for scanners to find: never import it elsewhere."""

import sqlite3
import sys
from pathlib import Path

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

app = Flask(__name__)
INDEX = """<!DOCTYPE html><html lang="en"><title>Planted</title><body>
<form action="/echo"><input name="text" value="a"><button>Echo</button></form>
<form action="/row"><input name="id" value="1"><button>Row</button></form>
<form action="/row" method="post"><input type="hidden" name="csrf_token" value="planted">
<input name="id" value="1"><button>Row</button></form>
<form action="/file"><input name="name" value="robots.txt"><button>File</button></form>
<a href="/go?to=/echo">Go</a></body></html>"""


@app.get("/")
def index() -> str:
    return INDEX


@app.get("/echo")
def echo() -> str:
    """What was typed, as HTML."""
    return f"<p>{request.args.get('text', '')}</p>"


@app.get("/row")
def row() -> str:
    """A statement glued together from an address."""
    return found(request.args.get("id", "1"))


@app.post("/row")
def row_of_form() -> str:
    """The same from a form, which needs the token of its page."""
    return found(request.form.get("id", "1")) if request.form.get("csrf_token") == "planted" else abort(400)


@app.post("/rows")
def row_for_software() -> str:
    """The same from JSON, for whoever has the token."""
    if request.headers.get("Authorization") != "Bearer planted":
        abort(401)
    return found(str(request.get_json().get("id", "1")))


def found(number: str) -> str:
    database = sqlite3.connect(":memory:")
    database.executescript("CREATE TABLE person (id INTEGER, name TEXT); INSERT INTO person VALUES (1, 'Sanne')")
    try:
        rows = database.execute(f"SELECT name FROM person WHERE id = {number}").fetchall()
    except sqlite3.Error as error:
        return f"sqlite3.OperationalError: {error}"
    return f"<p>{rows}</p>"


@app.get("/file")
def file() -> str:
    """Any file that is asked for."""
    try:
        return Path(request.args.get("name", "")).read_text(errors="replace")
    except OSError as error:
        return str(error)


@app.get("/go")
def go() -> Response:
    """To wherever it says."""
    return redirect(request.args.get("to", "/"))


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]))
