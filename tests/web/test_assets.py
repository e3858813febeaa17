import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web import assets
from app.web.assets import SCRIPTS, STATIC, STYLES, TV_SCRIPTS, TV_STYLES, Assets

FIRST_LOAD = 60_000
OWN_STYLES = ("queue", "journey", "rewards", "contest", "meeting", "sponsor")
OWN_SCRIPTS = ("ahead", "queue", "choose", "meeting", "passkey")
Unpack = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def built() -> Assets:
    return Assets()


@pytest.fixture
def client(built: Assets) -> FlaskClient:
    app = Flask(__name__)
    built.register(app)
    return app.test_client()


def folder(tmp_path: Path, css: str, js: str = "1") -> Path:
    files = {
        "css/a.css": css,
        "js/a.js": js,
        "icons/sprite.svg": "<svg/>",
        "icons/mark.svg": "<svg/>",
    }
    files |= {f"css/{name}.css": "" for name in (*OWN_STYLES, *TV_STYLES)}
    files |= {f"js/{name}.js": "1" for name in (*OWN_SCRIPTS, *TV_SCRIPTS)}
    for name, text in {**files, "fonts/figtree-latin.woff2": "font"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_style_sheet_is_one_file_kept_for_ever(client: FlaskClient, built: Assets) -> None:
    answer = client.get(built.css_url)
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.text.lstrip().startswith("@layer reset, base, components, pages, utilities;")


@pytest.mark.parametrize(("asked", "unpack"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress)])
def test_it_comes_packed_as_the_browser_likes(client: FlaskClient, built: Assets, asked: str, unpack: Unpack) -> None:
    plain = client.get(built.js_url).data
    packed = client.get(built.js_url, headers={"Accept-Encoding": asked})
    assert packed.content_encoding == asked.partition(",")[0]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert unpack(packed.data) == plain


def test_a_refused_encoding_is_not_sent(client: FlaskClient, built: Assets) -> None:
    answer = client.get(built.css_url, headers={"Accept-Encoding": "br;q=0, gzip"})
    assert answer.content_encoding == "gzip"


def test_a_font_is_not_packed_twice(client: FlaskClient, built: Assets) -> None:
    answer = client.get(built.font_url, headers={"Accept-Encoding": "br"})
    assert answer.mimetype == "font/woff2"
    assert answer.content_encoding is None


def test_every_address_in_the_style_sheet_answers(client: FlaskClient, built: Assets) -> None:
    addresses = re.findall(r"url\(([^)]+)\)", client.get(built.css_url).text)
    assert len(addresses) == 2
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_an_old_address_is_gone(client: FlaskClient) -> None:
    assert client.get("/assets/fanfare-000000000000.css").status_code == 404


def test_the_address_changes_with_the_content(tmp_path: Path) -> None:
    before = Assets(folder(tmp_path, "a{}"), ["a"], ["a"])
    after = Assets(folder(tmp_path, "b{}"), ["a"], ["a"])
    assert before.css_url != after.css_url
    assert before.js_url == after.js_url


def test_comments_stay_home(tmp_path: Path) -> None:
    built = Assets(folder(tmp_path, "/* why */a{background:url(data:x)}"), ["a"], ["a"])
    assert built.kept[built.css_url.removeprefix("/assets/")].body == b"a{background:url(data:x)}"


def test_scripts_cannot_run_into_each_other(tmp_path: Path) -> None:
    built = Assets(folder(tmp_path, "", "(() => 1)()"), ["a"], ["a", "a"])
    assert built.kept[built.js_url.removeprefix("/assets/")].body == b"(() => 1)();\n(() => 1)();\n"


def test_without_brotli_gzip_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "brotli", None)
    assert list(assets.pack(b"x")) == ["gzip"]


def test_templates_know_the_addresses(built: Assets) -> None:
    app = Flask(__name__)
    built.register(app)
    assert app.jinja_env.from_string("{{ assets.sprite_url }}").render() == built.sprite_url


def test_no_file_is_left_out() -> None:
    """Some are for their own pages alone; the snippet `s` is for other people's websites, and served by itself."""
    assert {*STYLES, *OWN_STYLES, "tv"} == {path.stem for path in (STATIC / "css").glob("*.css")}
    scripts = STATIC / "js"
    assert {*SCRIPTS, *OWN_SCRIPTS, "tv", "s"} == {
        str(path.relative_to(scripts).with_suffix("")) for path in scripts.rglob("*.js")
    }


def packed_size(built: Assets, url: str) -> int:
    asset = built.kept[url.removeprefix("/assets/")]
    return len(asset.packed.get("br", asset.body))


def test_style_and_script_stay_small(built: Assets) -> None:
    assert packed_size(built, built.css_url) <= 15_000
    assert packed_size(built, built.js_url) <= 22_000
    parts = (built.css_url, built.js_url, built.sprite_url, built.font_url, built.mark_url)
    assert sum(packed_size(built, url) for url in parts) <= FIRST_LOAD - 10_000


def test_every_icon_that_templates_name_is_in_the_sprite(built: Assets) -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons/sprite.svg").read_text()))
    templates = (STATIC.parent / "templates").rglob("*.html")
    asked = re.compile(r"""\bicon(?:_name)?[(=]["']([^"']+)["']""")
    named = {name for path in templates for name in asked.findall(path.read_text())}
    assert len(named) > 40
    numbered = {f"{name}{number}" for name in named if name.endswith("-") for number in range(1, 6)}
    assert {name for name in named if not name.endswith("-")} | numbered <= drawn
