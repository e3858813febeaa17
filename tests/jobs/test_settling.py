"""Clicks get their verdict when their minute and a half is over, however many there are."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.actions import verdicts
from app.domain.actions.response import take_in_many
from app.domain.journey.settling import WINDOW, Click, Settling
from app.domain.journey.touchpoint import Hit, Touchpoint
from jobs.settling import settle_due
from tests import make
from tests.people import make_people


def test_it_goes_on_until_nothing_is_due(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "MOST", 2)
    with real_app.app_context():
        who = make.candidate(owner=make_people().sanne).id
        at = [make.START + hour * timedelta(hours=1) for hour in range(5)]
        hits = [Hit(who, "mail_click", each, "source:1", str(each), "unknown") for each in at]
        taken = [each.touchpoint_id or 0 for each in take_in_many(hits, at[-1])]
        clicks = zip(taken, at, strict=True)
        verdicts.watch([Click(id_, who, "source:1", "m", "a", moment) for id_, moment in clicks], at[-1])
        db.session.commit()
        assert [settle_due("me", now) for now in (at[-1], at[-1] + WINDOW)] == [0, 5]
        assert db.session.scalar(select(func.count()).select_from(Settling)) == 0
        assert set(db.session.scalars(select(Touchpoint.verdict))) == {"human"}
        db.session.remove()
