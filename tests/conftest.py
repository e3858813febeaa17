"""What every test can ask for: an application on either engine, a client, signed-in people, a clock."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Connection, Engine, create_engine, make_url, text

from app import create_app
from app.config import Settings
from app.db import db
from app.domain.actions import kept_list
from tests import canaries
from tests.addresses import keep_rules
from tests.canaries import laying, taken_up
from tests.chromium import chromium
from tests.cluster import binaries, cluster
from tests.people import Browser
from tests.running import pytest_collection_finish, pytest_collection_modifyitems, pytest_configure

__all__ = ["chromium", "pytest_collection_finish", "pytest_collection_modifyitems", "pytest_configure"]

ENGINES = ("sqlite", "postgresql")
KEY = "k" * 40
COPIES_FILES = (15,)
"""Since this version PostgreSQL writes a new database to its log, page by page, unless it is told to copy."""
Laid = TypeVar("Laid")

hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")
keep_rules()


class Compiled(BytecodeCache):
    """The templates that this process compiled: its hundreds of applications have the same ones."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def make_app(folder: Path, database_url: str = "", **settings: object) -> Flask:
    """An application for tests, with its instance folder in `folder`."""
    chosen = {"secret_key": KEY, "instance": folder, "database_url": database_url, "mail_url": f"file://{folder}/mail"}
    chosen["sqlite_synchronous"] = "NORMAL"  # no test of this process pulls the plug
    app = create_app(Settings.model_validate(chosen | settings))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture(autouse=True)
def logs_name_nobody() -> Iterator[None]:
    """No test lets a name, an address, a secret or what somebody typed come into a log."""
    yield from canaries.hold()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server's maintenance database."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
    elif binaries():
        with cluster(tended=False) as url:
            yield url
    elif os.environ.get("CI") == "true":
        pytest.fail("PostgreSQL is not installed, and CI must test on it")
    else:
        pytest.skip("PostgreSQL is not installed (initdb and pg_ctl were not found)")


def _create_database(server: str, template: str = "template1") -> str:
    name = f"fanfare_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        copied = "STRATEGY FILE_COPY" if (engine.dialect.server_version_info or ()) >= COPIES_FILES else ""
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {copied}'))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _drop_database(server: str, url: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'))
    engine.dispose()


def _migrated(folder: Path, url: str = "") -> Flask:
    app = make_app(folder, url)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def any_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application without a database, for tests that only look at how it is put together."""
    return make_app(tmp_path_factory.mktemp("any"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    folder = tmp_path_factory.mktemp("sqlite-template")
    _migrated(folder)
    return folder / "fanfare.sqlite"


@pytest.fixture(scope="session")
def postgres_template(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    url = _create_database(postgres)
    _migrated(tmp_path_factory.mktemp("postgres-template"), url)
    yield url
    _drop_database(postgres, url)


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every test that touches the database runs on both engines."""
    return str(request.param)


@contextmanager
def _app_on_its_own(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    """An application on a migrated, empty database that nobody else uses."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "fanfare.sqlite")
        url = ""
    else:
        server = request.getfixturevalue("postgres")
        url = _create_database(server, str(make_url(request.getfixturevalue("postgres_template")).database))
    app = make_app(folder, url)
    try:
        yield app
    finally:
        _dispose(app)
        if url:
            _drop_database(server, url)


@pytest.fixture(scope="session")
def shared_app(
    engine_name: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One application per engine, for tests that roll back."""
    with _app_on_its_own(engine_name, request, tmp_path_factory.mktemp(f"shared-{engine_name}")) as app:
        yield app


@contextmanager
def taken_back(app: Flask) -> Iterator[None]:
    """What is written meanwhile is rolled back: fast, and the write lock is never taken. One may lie within another."""
    with app.app_context():
        before, engines = cast("Engine | Connection", db.engine), db.engines
    if isinstance(before, Connection):
        savepoint = before.begin_nested()
        yield
        savepoint.rollback()
        return
    connection = before.connect()
    transaction = connection.begin()
    connection.begin_nested()
    engines[None] = connection  # type: ignore[index] # a connection serves as well, and the mapping is a dict
    try:
        yield
    finally:
        engines[None] = before  # type: ignore[index] # as above
        transaction.rollback()
        connection.close()


@contextmanager
def laid(app: Flask, lay: Callable[[], Laid]) -> Iterator[Laid]:
    """What every test of a module begins with, laid once: each takes back what it adds, and this at last the rest."""
    with taken_back(app):
        with laying(), app.app_context(), app.test_request_context():
            found = lay()
            db.session.commit()
        yield found
        taken_up()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The shared application; nothing of what a test writes is left."""
    kept_list.forget()
    with taken_back(shared_app):
        yield shared_app


@pytest.fixture
def session(app: Flask) -> Iterator[None]:
    """An application context for tests of the domain; never together with `browser`."""
    with app.app_context(), app.test_request_context():
        yield
        db.session.remove()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser without JavaScript that belongs to nobody yet."""
    return Browser(app)


@pytest.fixture
def real_app(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own that really commits, for the write path, races and the outbox."""
    with _app_on_its_own(engine_name, request, tmp_path) as app:
        yield app


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
