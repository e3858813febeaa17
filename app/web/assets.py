"""The style sheet, the script, the icons and the fonts, each under an address that changes with its content."""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request

try:
    import brotli
except ImportError:  # it comes with flask-compress; without it gzip does
    brotli = None

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLES = (
    "reset",
    "tokens",
    "base",
    "layout",
    "sidebar",
    "bare",
    "icon",
    "button",
    "chip",
    "card",
    "field",
    "feedback",
    "table",
    "pool",
    "sides",
    "board",
    "meter",
    "stat",
    "reason",
    "timeline",
    "outcome",
    "toast",
    "dialog",
    "palette",
    "tabs",
    "empty",
    "chart",
    "program",
    "utilities",
    "print",
)
SCRIPTS = (
    "vendor/htmx.min",
    "vendor/hx-ptag.min",
    "vendor/hx-preload.min",
    "announce",
    "focus",
    "toast",
    "offline",
    "live",
    "copy",
    "dialog",
    "keys",
    "palette",
    "started",
    "tabs",
)
TV_STYLES = ("reset", "tokens", "base", "icon", "meter", "tv")
TV_SCRIPTS = ("vendor/htmx.min", "vendor/hx-ptag.min", "tv")
FOREVER = "public, max-age=31536000, immutable"
LOCAL_URL = re.compile(r"url\((?!data:)[\"']?(?:\.\./)*(?P<path>[^\"')]+)[\"']?\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(r"\s*([{};])\s*")
OWN_LINE = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
PACKED_ALREADY = {"font/woff2"}


@dataclass(frozen=True)
class Asset:
    url: str
    mimetype: str
    body: bytes
    packed: Mapping[str, bytes]

    def answer(self) -> Response:
        encoding = next((name for name in self.packed if request.accept_encodings[name]), None)
        response = Response(self.packed[encoding] if encoding else self.body, mimetype=self.mimetype)
        if encoding:
            response.content_encoding = encoding
        if self.packed:
            response.vary.add("Accept-Encoding")
        response.headers["Cache-Control"] = FOREVER
        return response


class Assets:
    """Everything is read, joined and compressed once, when the application starts."""

    def __init__(self, static: Path = STATIC, styles: Sequence[str] = STYLES, scripts: Sequence[str] = SCRIPTS) -> None:
        self.static = static
        self.kept: dict[str, Asset] = {}
        self.sprite_url = self.keep_file("icons/sprite.svg")
        self.mark_url = self.keep_file("icons/mark.svg")
        self.font_url = self.keep_file("fonts/figtree-latin.woff2")
        self.css_url = self.keep("fanfare.css", self.join_styles(styles))
        self.js_url = self.keep("fanfare.js", self.join_scripts(scripts))
        self.queue_css_url = self.keep("queue.css", self.join_styles(("queue",)))
        self.queue_js_url = self.keep("queue.js", self.join_scripts(("ahead", "queue")))
        self.journey_css_url = self.keep("journey.css", self.join_styles(("journey",)))
        self.rewards_css_url = self.keep("rewards.css", self.join_styles(("rewards",)))
        self.sponsor_css_url = self.keep("sponsor.css", self.join_styles(("sponsor",)))
        self.contest_css_url = self.keep("contest.css", self.join_styles(("contest",)))
        self.meeting_css_url = self.keep("meeting.css", self.join_styles(("meeting",)))
        self.meeting_js_url = self.keep("meeting.js", self.join_scripts(("meeting",)))
        self.choose_js_url = self.keep("choose.js", self.join_scripts(("choose",)))
        self.passkey_js_url = self.keep("passkey.js", self.join_scripts(("passkey",)))
        self.tv_css_url = self.keep("tv.css", self.join_styles(TV_STYLES))
        self.tv_js_url = self.keep("tv.js", self.join_scripts(TV_SCRIPTS))

    def register(self, app: Flask) -> None:
        app.add_url_rule("/assets/<name>", "assets", self.answer)
        app.jinja_env.globals["assets"] = self

    def answer(self, name: str) -> Response:
        asset = self.kept.get(name)
        return asset.answer() if asset else abort(404)

    def keep(self, name: str, body: bytes) -> str:
        stem, suffix = name.rsplit(".", 1)
        hashed = f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}.{suffix}"
        mimetype = mimetypes.guess_type(name)[0] or "font/woff2"
        packed: Mapping[str, bytes] = {} if mimetype in PACKED_ALREADY else pack(body)
        self.kept[hashed] = Asset(f"/assets/{hashed}", mimetype, body, packed)
        return self.kept[hashed].url

    def keep_file(self, path: str) -> str:
        return self.keep(Path(path).name, (self.static / path).read_bytes())

    def join_styles(self, names: Sequence[str]) -> bytes:
        joined = "\n".join(self.read(f"css/{name}.css") for name in names)
        plain = AROUND.sub(r"\1", COMMENT.sub("", joined))
        return LOCAL_URL.sub(lambda match: f"url({self.keep_file(match['path'])})", plain).encode()

    def join_scripts(self, names: Sequence[str]) -> bytes:
        joined = "".join(self.read(f"js/{name}.js").rstrip(";\n") + ";\n" for name in names)
        return OWN_LINE.sub("", joined).encode()

    def read(self, path: str) -> str:
        return (self.static / path).read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def pack(body: bytes) -> Mapping[str, bytes]:
    """In order of preference; an application that is made again in this process packs nothing again."""
    packed = {"gzip": gzip.compress(body, 9, mtime=0)}
    return {"br": brotli.compress(body), **packed} if brotli else packed
