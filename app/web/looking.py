"""Whoever opens figures of a colleague is written down before the page goes out, for that colleague to see."""

from collections.abc import Collection

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.oversight import person_view
from app.web import auditing, auth


def at(people: Collection[int], what: str) -> None:
    """The signed-in person is about to see what is known of these people under a name.

    Call it when the page is made: it begins a transaction of its own, after which everything is read anew.
    """
    now, viewer_id = clock.now(), auth.person().id
    today = clock.local_day(now, the_zone())
    if people and (fresh := person_view.not_noted(viewer_id, people, what, today)):
        with auditing.apart():
            write()
            person_view.note(viewer_id, fresh, what, today, now)
            db.session.commit()
