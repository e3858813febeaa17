"""The database of compose.yaml, started here with its options, knows Fanfare by its certificate, and nobody else."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask_migrate import upgrade
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from app.db import db
from app.engine import engine_options
from tests.cli.test_backup import live_in, run
from tests.cluster import binaries, cluster
from tests.conftest import _dispose, make_app
from tests.deployment import DEPLOY, MOUNTED, certify, compose
from tests.ports import held_port, number_of

OPERATOR = "postgres" if os.geteuid() == 0 else getpass.getuser()
PASSWORD = "known-to-somebody-else"
NO_CERTIFICATE: Mapping[str, str | None] = {"sslcert": None, "sslkey": None}
pytestmark = pytest.mark.skipif(
    not (binaries() and shutil.which("openssl")), reason="PostgreSQL or openssl is not installed"
)


@dataclass(frozen=True)
class Database:
    """`folder` holds the certificates, `strangers` those of another authority; `socket` is where it is operated."""

    folder: Path
    strangers: Path
    port: int
    socket: str

    def address(self, **changes: str | None) -> URL:
        """As the compose file has it, but on this machine, and otherwise where a test says so."""
        said = make_url(compose()["x-fanfare"]["environment"]["FANFARE_DATABASE_URL"])
        facts = {**{name: self.here(str(value)) for name, value in said.query.items()}, **changes}
        told = {name: value for name, value in facts.items() if value}
        return said.set(port=self.port, query={**told, "hostaddr": "127.0.0.1"})

    def here(self, value: str) -> str:
        return value.replace(MOUNTED, f"{self.folder}/fanfare/")

    def operate(self, sql: str) -> str:
        """As whoever runs the database, from within its container."""
        found = binaries()
        assert found is not None
        where = ["-h", self.socket, "-p", str(self.port), "-d", "postgres"]
        user = OPERATOR if os.geteuid() == 0 else None
        done = subprocess.run(
            [str(found / "psql"), "-XAt", "-v", "ON_ERROR_STOP=1", *where],
            input=sql,
            user=user,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with TemporaryDirectory(prefix="fanfare-certificates-") as name, held_port() as door:
        folder, port = Path(name), number_of(door)
        folder.chmod(0o755)
        strangers = certify(folder / "strangers")
        made = certified(folder / "ours")
        rules = folder / "pg_hba.conf"
        rules.write_text((DEPLOY / rules.name).read_text().replace("postgres", OPERATOR))
        options = f"{options_of_compose(made, rules)} -c listen_addresses=127.0.0.1 -c port={port}"
        with cluster(operator=OPERATOR, options=options) as url:
            database = Database(made, strangers, port, str(make_url(url).query["host"]))
            database.operate((DEPLOY / "database.sql").read_text())
            yield database


def certified(folder: Path) -> Path:
    """Certificates of which the cluster, which runs as somebody of this machine, can read its own."""
    certify(folder)
    folder.chmod(0o755)
    if os.geteuid() == 0:
        for path in (folder / "database", *(folder / "database").iterdir()):
            shutil.chown(path, OPERATOR)
    return folder


def options_of_compose(folder: Path, rules: Path) -> str:
    command: list[str] = compose()["services"]["database"]["command"]
    assert command[0] == "postgres"
    said = " ".join(command[1:]).replace(MOUNTED, f"{folder}/database/")
    return said.replace("/etc/fanfare/pg_hba.conf", str(rules))


def who(url: URL) -> str:
    """As whom the database knows whoever comes by this address."""
    engine = create_engine(url, **engine_options(str(url)))
    try:
        with engine.connect() as connection:
            return str(connection.scalar(text("SELECT current_user")))
    finally:
        engine.dispose()


def test_fanfare_is_known_by_its_certificate_in_tls(database: Database) -> None:
    assert who(database.address()) == "fanfare"
    engine = create_engine(database.address())
    with engine.connect() as connection:
        row = connection.execute(text("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).one()
    engine.dispose()
    assert tuple(row) == (True, "TLSv1.3")


def test_no_secret_stands_in_its_address() -> None:
    assert make_url(compose()["x-fanfare"]["environment"]["FANFARE_DATABASE_URL"]).password is None


def test_fanfare_rules_over_nothing_but_its_database(database: Database) -> None:
    asked = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = 'fanfare'"
    assert database.operate(asked) == "f|f|f|f"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (NO_CERTIFICATE, "requires a valid client certificate"),
        ({"sslmode": "disable"}, "rejects connection .* no encryption"),
        ({"sslcert": "strangers/fanfare", "sslkey": "strangers/fanfare"}, "unknown ca"),
        ({"sslcert": "ours/proxy", "sslkey": "ours/proxy"}, 'certificate authentication failed for user "fanfare"'),
        ({"sslrootcert": "strangers/fanfare"}, "certificate verify failed"),
    ],
    ids=["without", "in the clear", "of another authority", "of another name", "by a database that is another"],
)
def test_others_are_refused(database: Database, changes: Mapping[str, str | None], why: str) -> None:
    files = {"sslrootcert": "authority.pem", "sslcert": "certificate.pem", "sslkey": "certificate.pem"}
    told = {
        name: f"{database.folder.parent}/{value}/{files[name]}" if value and name in files else value
        for name, value in changes.items()
    }
    with pytest.raises(OperationalError, match=why):
        who(database.address(**told))


@pytest.mark.parametrize("changes", [NO_CERTIFICATE, {**NO_CERTIFICATE, "sslmode": "disable"}], ids=["tls", "clear"])
@pytest.mark.parametrize("user", ["fanfare", OPERATOR])
def test_no_password_opens_it(database: Database, user: str, changes: Mapping[str, str | None]) -> None:
    database.operate(f"ALTER ROLE fanfare PASSWORD '{PASSWORD}'; ALTER ROLE \"{OPERATOR}\" PASSWORD '{PASSWORD}'")
    with pytest.raises(OperationalError, match=r"rejects connection|requires a valid client certificate"):
        who(database.address(**changes).set(username=user, password=PASSWORD))


@pytest.mark.parametrize(("user", "name"), [(OPERATOR, "fanfare"), ("fanfare", "postgres")], ids=["who", "where"])
def test_its_certificate_opens_nothing_else(database: Database, user: str, name: str) -> None:
    with pytest.raises(OperationalError, match="rejects connection"):
        who(database.address().set(username=user, database=name))


def test_after_a_renewal_it_goes_on(database: Database) -> None:
    """With the old certificate of the database, which is read when it is told to, and with the new one."""
    before = (database.folder / "fanfare" / "certificate.pem").read_bytes()
    certified(database.folder)
    assert (database.folder / "fanfare" / "certificate.pem").read_bytes() != before
    assert who(database.address()) == "fanfare"
    database.operate("SELECT pg_reload_conf()")
    assert who(database.address()) == "fanfare"


def test_what_its_health_check_asks_is_answered(database: Database) -> None:
    (_, command) = compose()["services"]["database"]["healthcheck"]["test"]
    assert "psql -d fanfare -Atc 'SHOW listen_addresses'" in command
    assert database.operate("SHOW listen_addresses") == "127.0.0.1"


@pytest.mark.slow
def test_migrations_restore_and_backup_go_by_certificate(
    database: Database, sqlite_template: Path, tmp_path: Path
) -> None:
    """Without any right beyond its own database."""
    shutil.copy(sqlite_template, tmp_path)
    elsewhere = make_app(tmp_path)
    here = make_app(tmp_path / "here", database.address().render_as_string(hide_password=False))
    live_in(elsewhere)
    with here.app_context():
        upgrade()
        db.engine.dispose()
    assert run(elsewhere, "backup", tmp_path / "before.zip")[0] == 0
    for command in (("restore", tmp_path / "before.zip"), ("backup", tmp_path / "after.zip"), ("doctor",)):
        code, said = run(here, *command)
        assert code == 0, said
    for app in (elsewhere, here):
        _dispose(app)
