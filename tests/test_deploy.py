"""The units, the container and the proxy in docs/deploy: what they name is there, and they agree with each other."""

import http.client
import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from functools import partial
from pathlib import Path

import click
import pytest
import yaml  # type: ignore[import-untyped] # its types would be one more dependency
from flask import Flask

from app.blueprints.intake import v1
from app.config import ROOT, Settings
from app.web.form_guard import csrf
from tests.bench.startup import AS_THE_UNITS
from tests.certificates import Authority
from tests.conftest import make_app
from tests.deployment import DEPLOY, certify, compose
from tests.ports import held_port, number_of

UNITS = sorted(DEPLOY.glob("*.service"))
HOME = "/srv/fanfare"
OF_MACHINES = {"hooks", "health"}
FEED, EXPLAINED = "public.feed", "api.docs"
"""Asked by calendars, and read by people."""
LOGGED = {
    "time_iso8601", "request_method", "fanfare_place", "status", "body_bytes_sent", "request_time", "upstream_status",
}  # fmt: skip
SECRET = ("fanfare_secret_key", "fanfare_mail_url")
OF_UNITS = {"fanfare-web": SECRET, "fanfare-jobs": SECRET, "fanfare-backup": SECRET[:1]}
SANDBOX = {
    "User": "fanfare",
    "InaccessiblePaths": "-/srv/fanfare/.git",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
}


def unit(name: str) -> dict[str, str]:
    """The settings of a unit's main section; systemd lets some stand twice, of which the last is seen."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign] # as Python's documentation does it
    parser.read(DEPLOY / name)
    section = "Timer" if name.endswith(".timer") else "Service"
    return dict(parser[section])


def dockerfile() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def granians() -> dict[str, list[str]]:
    """Every place that starts the web process, and how."""
    told = [rest for word, rest in dockerfile() if word == "CMD"][-1]
    procfile = (ROOT / "Procfile").read_text().splitlines()[0].removeprefix("web: ")
    return {
        "unit": shlex.split(unit("fanfare-web.service")["ExecStart"]),
        "image": yaml.safe_load(told),
        "compose": compose()["services"]["web"]["command"],
        "procfile": shlex.split(procfile),
    }


def option(command: list[str], name: str) -> str:
    return command[command.index(f"--{name}") + 1]


def test_the_web_process_is_started_everywhere_as_it_is_tried() -> None:
    for command in granians().values():
        assert Path(command[0]).name == "granian"
        assert (option(command, "interface"), command[-1]) == ("wsgi", "wsgi:app")
        assert (option(command, "blocking-threads"), option(command, "workers-kill-timeout")) == ("2", "20")
        assert "--no-ws" in command


def test_sqlite_has_one_worker() -> None:
    assert {name: option(command, "workers") for name, command in granians().items() if name != "compose"} == {
        "unit": "1",
        "image": "1",
        "procfile": "1",
    }


def test_all_mean_the_same_port() -> None:
    found = {name: option(command, "port") for name, command in granians().items() if name != "procfile"}
    for name in ("nginx-site.conf", "nginx-compose.conf"):
        upstream = re.search(r"upstream fanfare \{\s+server [\w.]+:(\d+);", (DEPLOY / name).read_text())
        assert upstream
        found[name] = upstream[1]
    found |= dict(dockerfile_ports())
    (found["asked of the container"],) = re.findall(
        r"localhost:(\d+)/health/live", str(compose()["services"]["web"]["healthcheck"]["test"])
    )
    assert set(found.values()) == {str(Settings.model_fields["port"].default)}


def dockerfile_ports() -> list[tuple[str, str]]:
    exposed = [rest for word, rest in dockerfile() if word == "EXPOSE"]
    (asked,) = re.findall(r"127\.0\.0\.1:(\d+)/health/live", dict(dockerfile())["HEALTHCHECK"])
    return [("exposed", exposed[0]), ("asked", asked)]


def test_they_wait_longer_than_requests_may_take_to_end() -> None:
    seconds = int(option(granians()["unit"], "workers-kill-timeout"))
    assert int(unit("fanfare-web.service")["TimeoutStopSec"]) > seconds
    assert int(compose()["services"]["web"]["stop_grace_period"].rstrip("s")) > seconds
    assert compose()["services"]["jobs"]["stop_grace_period"] == f"{unit('fanfare-jobs.service')['TimeoutStopSec']}s"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_shut_in(path: Path) -> None:
    found = unit(path.name)
    assert {name: found.get(name) for name in SANDBOX} == SANDBOX
    assert found["WorkingDirectory"] == HOME
    assert found["EnvironmentFile"] == "/etc/fanfare/fanfare.env"


def test_the_environment_has_settings_that_exist() -> None:
    known = {f"FANFARE_{name.upper()}" for name in Settings.model_fields}
    told = re.findall(r"^(FANFARE_\w+)=", (DEPLOY / "fanfare.env").read_text(), re.MULTILINE)
    told += [name for name in compose()["x-fanfare"]["environment"] if name.startswith("FANFARE_")]
    told += re.findall(r"(FANFARE_\w+)=", (DEPLOY / "Dockerfile").read_text())
    told += [name.upper() for name in compose()["secrets"] if name.startswith("fanfare_")]
    assert len(told) > 10
    assert set(told) - known == set()


def test_the_environment_starts_a_real_installation(tmp_path: Path) -> None:
    lines = [line for line in (DEPLOY / "fanfare.env").read_text().splitlines() if line and not line.startswith("#")]
    told = {name.removeprefix("FANFARE_").lower(): value for name, _, value in (line.partition("=") for line in lines)}
    with pytest.raises(ValueError, match="FANFARE_SECRET_KEY"):
        Settings.model_validate(told)
    settings = Settings.model_validate(told | {"secret_key": "k" * 40, "instance": tmp_path})
    assert (settings.production, settings.proxy_hops) == (True, 1)
    assert unit("fanfare-web.service")["StateDirectory"] == Path(told["instance"]).name


def test_the_commands_exist(tmp_path: Path) -> None:
    known = make_app(tmp_path).cli.commands
    commands = [
        shlex.split(unit("fanfare-backup.service")["ExecStart"])[1:],
        compose()["services"]["migrate"]["command"][1:],
    ]
    assert [words[0] for words in commands] == ["backup", "db"]
    backup = known["backup"]
    assert isinstance(backup, click.Command)
    backup.make_context("backup", commands[0][1:])
    group = known["db"]
    assert isinstance(group, click.Group)
    assert commands[1][1] in group.commands
    assert shlex.split(unit("fanfare-jobs.service")["ExecStart"])[1:] == ["-m", "jobs"]
    assert compose()["services"]["jobs"]["command"][1:] == ["-m", "jobs"]


def test_threads_share_what_is_freed_as_where_it_is_measured() -> None:
    ((name, value),) = AS_THE_UNITS.items()
    for each in ("fanfare-web.service", "fanfare-jobs.service"):
        assert unit(each)["Environment"] == f"{name}={value}"
    assert any(f"{name}={value}" in rest.split() for word, rest in dockerfile() if word == "ENV")


def test_the_nights_backup_may_write_where_it_writes() -> None:
    found = unit("fanfare-backup.service")
    assert found["ReadWritePaths"] in shlex.split(found["ExecStart"])
    assert unit("fanfare-backup.timer")["Persistent"] == "yes"


def test_the_image_has_what_it_is_made_of() -> None:
    copied = [rest.split()[:-1] for word, rest in dockerfile() if word == "COPY" and "--from" not in rest]
    names = [name for names in copied for name in names]
    assert [name for name in names if not (ROOT / name).exists()] == []
    let_in = {
        line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")
    }
    assert set(names) == let_in
    assert {"app", "jobs", "migrations", "wsgi.py"} <= let_in


def test_nobody_in_the_image_is_root() -> None:
    words = dockerfile()
    user = next(rest for word, rest in words if word == "USER")
    assert user == "10001:10001"
    assert [word for word, _ in words].index("USER") < [word for word, _ in words].index("HEALTHCHECK")


def test_images_have_a_version() -> None:
    images = [rest.split()[0] for word, rest in dockerfile() if word == "FROM"]
    images += [each["image"] for name, each in compose()["services"].items() if name in ("database", "proxy")]
    assert [image for image in images if not re.search(r":\d+\.\d+", image)] == []


def test_the_containers_are_shut_in() -> None:
    services = compose()["services"]
    for name in ("web", "jobs", "migrate"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert {name for name, each in services.items() if "ports" in each} == {"proxy"}
    assert services["database"]["networks"] == ["inside"]
    assert compose()["networks"]["inside"]["internal"] is True


def test_the_proxy_takes_in_whole_requests_of_any_size_that_we_take() -> None:
    text = (DEPLOY / "nginx-fanfare.conf").read_text()
    assert f"client_max_body_size {Settings.model_fields['upload_megabytes'].default}m;" in text
    assert "proxy_request_buffering on;" in text
    assert "proxy_buffering on;" in text
    for name in ("For", "Proto", "Host"):
        assert f"proxy_set_header X-Forwarded-{name} " in text
    assert "$proxy_add_x_forwarded_for" not in text


@pytest.mark.parametrize("name", ["nginx-site.conf", "nginx-compose.conf"])
def test_only_pages_are_led_to_https(name: str, tmp_path: Path) -> None:
    """Machines, and whatever brings something along, are refused: they would go on in the clear unnoticed."""
    plain, secure = (DEPLOY / name).read_text().split("ssl;")[0], (DEPLOY / "nginx-plain.conf").read_text()
    assert ("/nginx-plain.conf;" in plain, "return 301" in plain) == (True, False)
    (machines,) = re.findall(r"location ~ (\S+) \{\s+return 403;", secure)
    (others,) = re.findall(r"if \(\$request_method !~ (\S+)\) \{\s+return 403;", secure)
    assert [method for method in ("GET", "POST", "PUT") if not re.search(others, method)] == ["POST", "PUT"]
    app = make_app(tmp_path)
    refused = {rule.rule: bool(re.search(machines, rule.rule)) for rule in app.url_map.iter_rules()}
    assert refused == {rule.rule: is_asked_by_machines(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert refused["/api/v1/candidates"]


def is_asked_by_machines(app: Flask, endpoint: str) -> bool:
    """Whatever asks for a key of its own in place of somebody who signed in."""
    place = endpoint.split(".", maxsplit=1)[0]
    proved = place in OF_MACHINES or app.blueprints.get(place) in csrf._exempt_blueprints
    own = proved or app.view_functions[endpoint].__module__ == v1.__name__
    return (own and endpoint != EXPLAINED) or endpoint == FEED


def test_no_address_is_written_down_by_the_proxy() -> None:
    """Many are keys; and a line of nginx's own about an error holds the whole request."""
    said = (DEPLOY / "nginx-log.conf").read_text()
    ((name, line),) = re.findall(r"^log_format (\w+) '(.+)';$", said, re.MULTILINE)
    assert (name, {*re.findall(r"\$(\w+)", line)}) == ("fanfare", LOGGED)
    for each in ("nginx-plain.conf", "nginx-fanfare.conf"):
        logs = re.findall(r"^(\w+_log) (\S+) (\w+);$", (DEPLOY / each).read_text(), re.MULTILINE)
        assert [(kind, how) for kind, _, how in logs] == [("access_log", "fanfare"), ("error_log", "emerg")]
    assert [path.name for path in DEPLOY.glob("nginx-*.conf") if path.read_text().count("_log ") > 2] == []


def test_every_place_has_its_word_in_the_log(tmp_path: Path) -> None:
    (word,) = re.findall(r'"~(\S+)"', (DEPLOY / "nginx-log.conf").read_text())
    rules = {rule.rule for rule in make_app(tmp_path).url_map.iter_rules()} - {"/"}
    assert [rule for rule in rules if not re.search(word.replace("?<", "?P<"), rule)] == []


def test_what_the_proxy_includes_is_in_its_container() -> None:
    mounted = {each.split(":")[1] for each in compose()["services"]["proxy"]["volumes"] if each.startswith("./")}
    included = re.findall(r"include (\S+);", (DEPLOY / "nginx-compose.conf").read_text())
    assert len(included) > 2
    assert set(included) <= mounted


def test_no_secret_stands_in_the_environment() -> None:
    shown = (DEPLOY / "fanfare.env").read_text() + str(
        [each.get("environment") for each in compose()["services"].values()]
    )
    for name in SECRET:
        assert not re.search(rf"{name.upper()}(=|': ')[^\s']", shown), name
    for path in UNITS:
        wanted = [f"{name}:/etc/credstore.encrypted/{name}" for name in OF_UNITS[path.stem]]
        assert re.findall(r"^LoadCredentialEncrypted=(.+)$", path.read_text(), re.MULTILINE) == wanted
    for name in ("web", "jobs", "migrate"):
        service = compose()["services"][name]
        assert service["environment"]["CREDENTIALS_DIRECTORY"] == "/run/secrets"
        assert set(service["secrets"]) == set(SECRET) == set(compose()["secrets"])


def test_what_is_logged_leaves_the_machine_in_tls() -> None:
    sent = ConfigParser()
    sent.read(DEPLOY / "journal-upload.conf")
    assert sent["Upload"]["URL"].startswith("https://")
    assert set(sent["Upload"]) >= {"trustedcertificatefile", "servercertificatefile", "serverkeyfile"}
    assert {name: each["logging"]["driver"] for name, each in compose()["services"].items()} == dict.fromkeys(
        compose()["services"], "journald"
    )


def test_tls_is_new_and_strong() -> None:
    text = (DEPLOY / "nginx-fanfare.conf").read_text()
    assert re.findall(r"^ssl_protocols (.+);", text, re.MULTILINE) == ["TLSv1.2 TLSv1.3"]
    (suites,) = re.findall(r"^ssl_ciphers (\S+);", text, re.MULTILINE)
    assert [
        name for name in suites.split(":") if not re.fullmatch(r"ECDHE-\w+-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)", name)
    ] == []
    assert "ssl_prefer_server_ciphers on;" in text
    sites = [(DEPLOY / name).read_text() for name in ("nginx-site.conf", "nginx-compose.conf")]
    assert [each for site in sites for each in re.findall(r"(\S*ssl_(?:protocols|ciphers)) (.+);", site)] == [
        ("proxy_ssl_protocols", "TLSv1.3")
    ]


def test_browsers_are_shown_what_a_public_authority_vouches_for() -> None:
    shown = {
        name: re.findall(r"^ +ssl_certificate (\S+);", (DEPLOY / name).read_text(), re.MULTILINE)
        for name in ("nginx-site.conf", "nginx-compose.conf")
    }
    assert shown == {
        "nginx-site.conf": ["/etc/letsencrypt/live/fanfare.agency.example/fullchain.pem"],
        "nginx-compose.conf": ["/etc/nginx/certificates/fullchain.pem"],
    }
    mounted = {each.split(":")[1]: each.split(":")[0] for each in compose()["services"]["proxy"]["volumes"]}
    assert "${CERTIFICATES}" not in mounted["/etc/nginx/certificates"]
    assert (ROOT / "docs" / "operations.md").read_text().count("of a public authority") == 2


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("path", [*UNITS, DEPLOY / "fanfare-backup.timer"], ids=lambda path: path.name)
def test_systemd_understands_it(path: Path, tmp_path: Path) -> None:
    for each in (*UNITS, DEPLOY / "fanfare-backup.timer"):
        (tmp_path / each.name).write_text(each.read_text().replace(HOME, str(ROOT)))
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", path.name], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    ours = [line for line in found.stderr.splitlines() if "fanfare" in line]
    assert (found.returncode, ours) == (0, [])


def own_folders(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "access_log off;\n" + "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


def nginx(
    name: str, folder: Path, *options: str, ports: tuple[int, int] = (8080, 8443), behind: int = 8000, services: Path
) -> subprocess.CompletedProcess[str]:
    """Call nginx with a site of ours, whose files and addresses are of this machine; `services`: its certificate."""
    text = (DEPLOY / name).read_text().replace("web:8000", f"127.0.0.1:{behind}").replace("    listen [::]:", "    #")
    text = re.sub(r"listen \d+;", f"listen 127.0.0.1:{ports[0]};", text)
    text = re.sub(r"listen \d+ ssl;", f"listen 127.0.0.1:{ports[1]} ssl;", text)
    for part in ("nginx-log.conf", "nginx-plain.conf", "nginx-fanfare.conf"):
        (folder / part).write_text((DEPLOY / part).read_text().replace("/var/log/nginx/", f"{folder}/"))
    text = re.sub(r"include \S+/(\S+);", rf"include {folder}/\1;", text)
    text = re.sub(r" (ssl_certificate(?:_key)?) \S+;", rf" \1 {folder}/trusted.pem;", text)
    text = text.replace("/etc/nginx/services/", f"{services}/")
    (folder / "nginx.conf").write_text(f"pid {folder}/pid;\nevents {{}}\nhttp {{\n{own_folders(folder)}\n{text}\n}}\n")
    command = ["nginx", *options, "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
@pytest.mark.parametrize("name", ["nginx-site.conf", "nginx-compose.conf"])
def test_nginx_understands_it(name: str, tmp_path: Path) -> None:
    Authority(tmp_path)
    found = nginx(name, tmp_path, "-t", services=certify(tmp_path / "services") / "proxy")
    assert found.returncode == 0, found.stderr


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_writes_down_no_key(tmp_path: Path) -> None:
    """Nobody listens behind it, and one of its folders is gone: of both it would tell with the whole address."""
    authority = Authority(tmp_path)
    with held_port() as plain, held_port() as secure, held_port() as nobody:
        ports = number_of(plain), number_of(secure)
        call = partial(
            nginx, "nginx-site.conf", tmp_path, ports=ports, behind=number_of(nobody), services=tmp_path / "services"
        )
        started = call()
        assert started.returncode == 0, started.stderr
        try:
            assert status(http.client.HTTPConnection("localhost", ports[0]), "GET", "/me/reach/key-1?key-2") == 301
            shutil.rmtree(tmp_path / "client_body")
            asked = [("GET", "/hooks/whatsapp?key-3"), ("GET", "/key-4/x"), ("GET", "/Key-5"), ("POST", "/cal/key-6")]
            told = [status(_secure(ports[1], authority), *each) for each in asked]
        finally:
            call("-s", "stop")
    assert told == [502, 502, 502, 500]
    lines = (tmp_path / "access.log").read_text().splitlines()
    assert [line.split()[1:4] for line in lines] == [
        ["GET", "me", "301"],
        ["GET", "hooks", "502"],
        ["GET", "key-4", "502"],
        ["GET", "-", "502"],
        ["POST", "cal", "500"],
    ]
    written = "".join(
        path.read_text() for path in (tmp_path / "access.log", tmp_path / "error.log", tmp_path / "errors")
    )
    assert [number for number in (1, 2, 3, 5, 6) if f"ey-{number}" in written] == []


def _secure(port: int, authority: Authority) -> http.client.HTTPSConnection:
    return http.client.HTTPSConnection("localhost", port, timeout=10, context=authority.client())


def status(connection: http.client.HTTPConnection, method: str, path: str) -> int:
    """What is answered to somebody who sends more than is kept in memory, and comes from another page."""
    try:
        body = b"x" * 100_000 if method == "POST" else None
        connection.request(method, path, body, headers={"Referer": "https://voorbeeld.nl/key-1"})
        return connection.getresponse().status
    finally:
        connection.close()
