"""Whether somebody was forgotten is found out before anybody has to wait for it, and is so also a moment later."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from app.db import db, write
from app.domain.actions.bullhorn.record import Entity
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.custody import erasure
from app.domain.custody.erasure import Reason
from jobs import bullhorn_records, bullhorn_settling
from tests import make
from tests.fakes.bullhorn import Bullhorn
from tests.jobs.bullhorn_desk import desk, millis, poll, reason, there
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["desk", "there"]
NEW, MAIL = 777, "noor@voorbeeld.nl"
pytestmark = pytest.mark.usefixtures("session")


def named() -> list[str]:
    return list(db.session.scalars(select(Candidate.name).where(Candidate.name == "Noor Willems")))


def test_it_is_found_out_before_the_write_and_once(
    there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def forgotten(_told: object) -> bool:
        said.append("looked")
        return False

    def begin() -> None:
        said.append("write")
        write()

    monkeypatch.setattr(bullhorn_settling, "_is_forgotten", forgotten)
    monkeypatch.setattr(bullhorn_records, "write", begin)
    there.put("Candidate", NEW, name="Noor Willems", email=MAIL, dateAdded=millis(TUESDAY))
    assert (poll(), named(), desk.aisha.name in named()) == (1, ["Noor Willems"], False)
    assert (said[0], said.count("looked")) == ("looked", 1)


def test_whoever_is_forgotten_in_between_does_not_come_back(
    there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk
    noor = make.candidate("Noor Willems", at=TUESDAY)
    identity.add(noor, Channel.EMAIL, MAIL, TUESDAY)
    key = current_app.config["SETTINGS"].key.encode()
    once = [noor.id]

    def erase() -> None:
        write()
        for candidate_id in once:
            erasure.erase(candidate_id, by_id=None, reason=Reason.ASKED, key=key, now=TUESDAY + timedelta(hours=1))
        db.session.commit()
        once.clear()
        write()

    monkeypatch.setattr(bullhorn_records, "write", erase)
    there.put("Candidate", NEW, name="Noor Willems", email=MAIL, dateAdded=millis(TUESDAY))
    assert poll() == 1
    assert (named(), reason(Entity.CANDIDATE, NEW)) == ([], "passed")
