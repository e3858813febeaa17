"""Addresses that are compiled once a process: its hundreds of applications have the same ones."""

from collections.abc import Callable
from typing import ClassVar

from flask import Flask
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class KeptRule(Rule):
    """A rule of which the builder, a function of its text and defaults alone, is kept."""

    kept: ClassVar[dict[tuple[str, str, str, bool], Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        key = (self.rule, repr(self._trace), repr(self.defaults), append_unknown)
        if key not in self.kept:
            self.kept[key] = super()._compile_builder(append_unknown)
        return self.kept[key]


def keep_rules() -> None:
    """Let every application that this process makes from now on keep the builders of its rules."""
    Flask.url_rule_class = KeptRule
