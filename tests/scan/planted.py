"""A small program with a real fault of each kind, on loopback, for scanners to find: never import it elsewhere."""

import sqlite3
import sys
from pathlib import Path

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

app = Flask(__name__)
INDEX = """<!DOCTYPE html><html lang="en"><title>Planted</title><body>
<form action="/echo"><input name="text" value="a"><button>Echo</button></form>
<form action="/row"><input name="id" value="1"><button>Row</button></form>
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
    """A statement glued together."""
    database = sqlite3.connect(":memory:")
    database.executescript("CREATE TABLE person (id INTEGER, name TEXT); INSERT INTO person VALUES (1, 'Sanne')")
    try:
        found = database.execute(f"SELECT name FROM person WHERE id = {request.args.get('id', '1')}").fetchall()
    except sqlite3.Error as error:
        return f"sqlite3.OperationalError: {error}"
    return f"<p>{found}</p>"


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
