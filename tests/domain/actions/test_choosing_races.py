"""Two candidates who were offered the same time choose it at the same moment: one of them gets it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, is_sqlite, write
from app.domain.actions import choosing_time, proposing, time_offer
from app.domain.actions.choosing_time import TimeTaken
from app.domain.actions.promise import Promise
from app.domain.actions.time_offer import Proposed, TimeOffer
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import CandidateLink
from tests import make
from tests.domain.scoring.scene import NOW

HOST, START = "voorbeeld.nl", NOW + timedelta(days=1)
SENDER = Sender("Vaste Band", "Voorbeeld", HOST, lambda purpose, token: f"/me/{purpose}/{token}")


def offers(app: Flask) -> list[int]:
    """The links of both."""
    with app.app_context():
        make.agency()
        make.program()
        sanne = make.person("Sanne de Vries")
        for them in (make.candidate(owner=sanne), make.candidate(owner=sanne)):
            time_offer.hand(them, sanne, Proposed((START,), Channel.PHONE), NOW, SENDER, by_mail=False)
        db.session.commit()
        return list(db.session.scalars(select(TimeOffer.link_id).order_by(TimeOffer.id)))


def promised(app: Flask) -> int:
    """Both choose at once; how many promises there are."""
    links = offers(app)

    def choose(link_id: int) -> None:
        with app.app_context():
            write()
            try:
                choosing_time.choose(db.session.get_one(CandidateLink, link_id), START, NOW, HOST)
                db.session.commit()
            except TimeTaken:
                db.session.rollback()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(choose, links))
    with app.app_context():
        return db.session.scalar(select(func.count(Promise.id))) or 0


def looking_together(monkeypatch: pytest.MonkeyPatch, patience: float) -> None:
    """Whoever found a time free waits for the other to look as well, and after so many seconds no longer."""
    asked, together = proposing.is_free, Barrier(2)

    def is_free(*facts: Any) -> bool:  # noqa: ANN401 - as the function has it
        found = asked(*facts)
        with suppress(BrokenBarrierError):
            together.wait(timeout=patience)
        return found

    monkeypatch.setattr(proposing, "is_free", is_free)


def test_one_of_two_gets_the_time(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    looking_together(monkeypatch, 0.2)
    assert promised(real_app) == 1


def test_without_holding_the_recruiter_both_would(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with real_app.app_context():
        if is_sqlite():
            pytest.skip("one writer at a time there, whatever is held")
    looking_together(monkeypatch, 20)
    monkeypatch.setattr(choosing_time, "_held", lambda visit: time_offer.of_link(visit.id))
    assert promised(real_app) == 2
