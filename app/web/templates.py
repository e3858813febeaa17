"""How templates see the application: what all of them know is one plain dictionary, and nothing may be undefined."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from jinja2 import StrictUndefined


class Environment(FlaskEnvironment):
    """What all templates know stands before the first is loaded, and each page opens dozens of them."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary: Jinja's own is a chain of two, and it is walked at every include and import."""
        return {**self.globals, **(d or {})}


def register(app: Flask) -> None:
    """Before anything asks for the environment."""
    app.jinja_environment = Environment
    app.jinja_env.undefined = StrictUndefined
