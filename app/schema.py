"""At which migration the database is, and at which this code."""

from functools import cache

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from app.config import ROOT


@cache
def head() -> str:
    """The newest migration of this code."""
    return str(_scripts().get_current_head())


def knows(revision: str) -> bool:
    """Whether this code has a migration; one of a newer version it has not."""
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def found(connection: Connection) -> str | None:
    """The migration that the database is at."""
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config)
