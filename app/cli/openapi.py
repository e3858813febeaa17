"""`flask openapi print`: the description of the API, for software."""

from typing import Any

import click
import orjson
from flask import Flask, current_app
from flask.cli import AppGroup

from app.language import in_language

group = AppGroup("openapi", help="The description of the API.")


@group.command("print")
@click.option("--language", type=click.Choice(["en", "nl"]), default="en", help="In which language it tells.")
def print_(language: str) -> None:
    """Print the OpenAPI 3.1 document as JSON."""
    with current_app.test_request_context(), in_language(language):
        told: Any = current_app.view_functions["api.openapi"]()
    click.echo(orjson.dumps(told.json, option=orjson.OPT_INDENT_2).decode())


def register(app: Flask) -> None:
    """Add the group."""
    app.cli.add_command(group)
