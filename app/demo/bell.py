"""The demo's bells: what is older than two days has been read by everybody."""

from datetime import timedelta

from sqlalchemy import select

from app.db import db
from app.demo.past import Setting
from app.domain.notices import notice
from app.domain.notices.notice import Notice

FRESH = timedelta(days=2)


def read(setting: Setting) -> None:
    """Leave only what is fresh to ring."""
    before = setting.now - FRESH
    for recipient in db.session.scalars(select(Notice.recipient).distinct()).all():
        notice.read(recipient, before, before)
