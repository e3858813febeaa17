"""The certificates by which the containers know each other: who may read them, for how long, and their renewal."""

import os
import re
import shutil
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.certificates import Authority
from tests.deployment import CERTIFY, DEPLOY, certify, compose

SERVICES = {"database": 999, "fanfare": 10001, "proxy": 0}
BOTH = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH)
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return certify(tmp_path / "certificates")


def read(folder: Path, service: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / service / "certificate.pem").read_bytes())


def uses(certificate: x509.Certificate) -> set[x509.ObjectIdentifier]:
    return set(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)


def test_each_is_of_one_authority_for_a_year(folder: Path) -> None:
    authority = read(folder, "authority")
    for service in SERVICES:
        certificate = read(folder, service)
        certificate.verify_directly_issued_by(authority)
        assert certificate.not_valid_after_utc - certificate.not_valid_before_utc == timedelta(days=365)
        (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        assert name.value == service


def test_none_may_be_what_another_is(folder: Path) -> None:
    """The database is nobody's client, the proxy nobody's server, and no name is another's."""
    assert [uses(read(folder, service)) for service in SERVICES] == [{BOTH[1]}, set(BOTH), {BOTH[0]}]
    names = [
        read(folder, service).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        for service in ("database", "fanfare")
    ]
    assert [each.get_values_for_type(x509.DNSName) for each in names] == [["database"], ["web", "localhost"]]


def test_only_the_authority_holds_the_key_of_the_authority(folder: Path) -> None:
    for service in SERVICES:
        assert "PRIVATE KEY" in (folder / service / "certificate.pem").read_text()
        assert "PRIVATE KEY" not in (folder / service / "authority.pem").read_text()
    mounted = [str(each) for service in compose()["services"].values() for each in service.get("volumes", [])]
    mounted = [each for each in mounted if each.startswith("${CERTIFICATES")]
    assert {re.sub(r"^\$\{.*?\}/(\w+):.*$", r"\1", each) for each in mounted} == set(SERVICES)


def test_nobody_else_can_read_a_key(folder: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} == {0o700}
    if os.geteuid() == 0:
        owners = {service: {each.stat().st_uid for each in (folder / service).rglob("*")} for service in SERVICES}
        assert owners == {service: {owner} for service, owner in SERVICES.items()}
        assert {(folder / service).stat().st_uid for service in SERVICES} == set(SERVICES.values())


def test_the_image_runs_as_who_can_read_it() -> None:
    assert f"USER {SERVICES['fanfare']}:" in (DEPLOY / "Dockerfile").read_text()


def test_given_again_it_renews_them_by_the_same_authority(folder: Path) -> None:
    before = {service: read(folder, service) for service in ("authority", *SERVICES)}
    certify(folder)
    assert read(folder, "authority") == before["authority"]
    for service in SERVICES:
        assert read(folder, service).public_key() != before[service].public_key()
        read(folder, service).verify_directly_issued_by(before["authority"])
    assert sorted(path.name for path in folder.iterdir()) == ["authority", *SERVICES]


def test_another_authority_takes_over_in_time(tmp_path: Path) -> None:
    """One that ends within a year would end before what it vouches for."""
    (tmp_path / "authority").mkdir()
    shutil.copy(Authority(tmp_path).trusted, tmp_path / "authority" / "certificate.pem")
    before = read(tmp_path, "authority")
    certify(tmp_path)
    assert read(tmp_path, "authority") != before
    for service in SERVICES:
        trusted = x509.load_pem_x509_certificate((tmp_path / service / "authority.pem").read_bytes())
        read(tmp_path, service).verify_directly_issued_by(trusted)


def speaks(fanfare: Path, proxy: Path) -> bool:
    """Whether Fanfare and the proxy, with what lies in these folders, take each other for what they say they are."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    server.verify_mode = ssl.CERT_REQUIRED
    for context, place in ((server, fanfare), (client, proxy)):
        context.load_verify_locations(place / "authority.pem")
        context.load_cert_chain(place / "certificate.pem")
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    both = (
        client.wrap_bio(to_client, to_server, server_hostname="web"),
        server.wrap_bio(to_server, to_client, server_side=True),
    )
    for each in both * 3:
        try:
            each.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLError:
            return False
    return True


def test_a_stolen_key_opens_nothing_once_the_authority_is_another(folder: Path, tmp_path: Path) -> None:
    """Renewed by the same authority, what was made before is good for its year."""
    stolen = shutil.copytree(folder, tmp_path / "stolen")
    certify(folder)
    assert speaks(folder / "fanfare", stolen / "proxy")
    certify(folder, "--anew")
    assert speaks(folder / "fanfare", folder / "proxy")
    assert not speaks(folder / "fanfare", stolen / "proxy")
    assert not speaks(stolen / "fanfare", folder / "proxy")
    for service in SERVICES:
        with pytest.raises(InvalidSignature):
            read(stolen, service).verify_directly_issued_by(read(folder, "authority"))


def test_what_cannot_be_made_changes_nothing(folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.pem")}
    (tmp_path / "openssl").write_text('#!/bin/sh\n[ "$1" = x509 ] || { echo "no room" >&2; exit 1; }\n')
    (tmp_path / "openssl").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    for options in ((), ("--anew",)):
        command = [CERTIFY, *options, folder]
        failed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (failed.returncode, failed.stdout, failed.stderr) == (1, "", "no room\n")
    assert {path: path.read_bytes() for path in folder.rglob("*.pem")} == before


def test_it_wants_to_know_where() -> None:
    for options in ((), ("--anew",)):
        failed = subprocess.run([CERTIFY, *options], capture_output=True, text=True, check=False)
        assert failed.returncode != 0
        assert "a folder is missing" in failed.stderr
