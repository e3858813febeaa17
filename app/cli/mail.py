"""`flask mail preview FOLDER`: writes every kind of mail with invented facts, to be looked at; nothing is sent."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from app.db import db
from app.demo.mails import every
from app.demo.mails.invented import NOW, Sample, agency
from app.domain.agency import agency as agencies
from app.domain.candidates.candidate_mail import KINDS as TO_CANDIDATES
from app.domain.notices import catalogue
from app.language import in_language
from app.mail import Envelope, Mail, message, public_url

LANGUAGES = ("nl", "en")
SENDER = "Vaste Band <vasteband@voorbeeld.example>"
READER = "lezer@voorbeeld.example"


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(mail)


@click.group("mail")
def mail() -> None:
    """Mails as they are read."""


@mail.command("preview")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def preview(folder: Path) -> None:
    """Write every kind in both languages as .eml and .html, and a page that leads to all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [(name, one) for sample in every.samples() for name, one in _write(sample, folder)]
    (folder / "index.html").write_text(_index(written), encoding="utf-8")
    click.echo(f"{len(written)} mails in {folder / 'index.html'}; none was sent")


def _write(sample: Sample, folder: Path) -> Iterator[tuple[str, Mail]]:
    for language in LANGUAGES:
        name, one = f"{sample.name}.{language}", read(sample, language)
        letter = message(one, _envelope(sample), NOW)
        (folder / f"{name}.eml").write_bytes(letter.as_bytes())
        (folder / f"{name}.html").write_text(one.html, encoding="utf-8")
        yield name, one


def read(sample: Sample, language: str) -> Mail:
    """A mail as it reads at an invented agency, which is nowhere afterwards."""
    with db.session.no_autoflush, in_language(language):
        invented = agency(formal=sample.formal)
        db.session.add(invented)
        agencies.hold(invented)
        try:
            return sample.written(language)
        finally:
            db.session.expunge(invented)
            agencies.hold(None)


def _envelope(sample: Sample) -> Envelope:
    optional = sample.kind in TO_CANDIDATES or catalogue.told(sample.kind).optional
    stops = public_url("/unsubscribe/voorbeeld") if optional else None
    return Envelope(READER, SENDER, f"<{sample.name}@voorbeeld.example>", stops)


def _index(written: Sequence[tuple[str, Mail]]) -> str:
    rows = "".join(
        f'<li><a href="{escape(name)}.html">{escape(name)}</a>: {escape(one.subject)}'
        f' ({len(one.html.encode()):,} bytes, <a href="{escape(name)}.eml">.eml</a>)</li>'
        for name, one in written
    )
    return f'<!doctype html><meta charset="utf-8"><title>Mails</title><h1>Mails</h1><ul>{rows}</ul>'
