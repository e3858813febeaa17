"""`flask mail preview`: every kind in both languages, as files, and nothing is sent or kept."""

from email import message_from_bytes, policy
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.demo.mails import every
from app.domain.agency.agency import the_agency
from app.domain.notices.outbox import OutboxRow


def test_all_of_them_are_written_and_none_is_sent(app: Flask, tmp_path: Path) -> None:
    number = 2 * len(every.samples())
    answer = app.test_cli_runner().invoke(args=["mail", "preview", str(tmp_path)])
    assert answer.output == f"{number} mails in {tmp_path / 'index.html'}; none was sent\n"
    assert (len(list(tmp_path.glob("*.eml"))), len(list(tmp_path.glob("*.html")))) == (number, number + 1)
    with app.app_context():
        assert (the_agency(), db.session.scalar(select(func.count()).select_from(OutboxRow))) == (None, 0)
    are_as_they_travel(tmp_path)
    speak_as_the_agency_does(tmp_path)


def are_as_they_travel(folder: Path) -> None:
    letter, asked = (
        message_from_bytes((folder / f"{name}.nl.eml").read_bytes(), policy=policy.default)
        for name in ("lead_week-typical", "invitation-typical")
    )
    assert letter["Subject"] == "Zwolle Techniek: 5 van de 7 hielden hun opvolgmoment"
    assert ("One-Click" in letter["List-Unsubscribe-Post"], asked["List-Unsubscribe"]) == (True, None)


def speak_as_the_agency_does(folder: Path) -> None:
    said = [(folder / f"retention_renewal-{form}.nl.html").read_text(encoding="utf-8") for form in ("je", "u")]
    assert ["tenzij u " in one for one in said] == [False, True]
