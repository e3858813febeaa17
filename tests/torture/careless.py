"""The web application that says that all is saved whatever the database answers, for the control of `torture-full`."""

from contextlib import suppress
from unittest.mock import patch

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import create_app

commit = Session.commit


def _commit(session: Session) -> None:
    with suppress(DBAPIError):
        commit(session)
        return
    session.rollback()


patch.object(Session, "commit", _commit).start()
app = create_app()
