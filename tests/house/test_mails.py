"""Every kind of mail, in every variant and both languages: whole, equal as text and as page, and nothing but ours."""

import re
import shutil
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.cli.mail import LANGUAGES, read
from app.config import ROOT
from app.db import db
from app.demo.mails import every
from app.demo.mails.invented import Sample
from app.domain.candidates.candidate_mail import KINDS as TO_CANDIDATES
from app.domain.journey import touchpoint_kind
from app.domain.notices.catalogue import KINDS
from app.domain.notices.preference import Way
from app.mail import Mail
from jobs.letters import WRITERS
from tests.conftest import make_app

FOLDER = ROOT / "app/templates/mail"
SHARED = {"layout", "parts", "foot"}
FORMS = (".subject", ".html", ".txt")
ELSEWHERE = {"img", "script", "link", "iframe", "form", "object", "video", "audio", "svg"}
UNSEEN = re.compile(r"<(style|title)\b.*?</\1>|<div class=.preheader.*?</div>|<a class=.trap.*?</a>", re.DOTALL)
LINK = re.compile(r"(?:https?:|tel:|mailto:)\S+")
RAW = re.compile(r"%\(|\{\{|\bNone\b|\b[a-z]+_[a-z_]+\b|<[a-z/]|\bUndefined\b")
LONGEST_SUBJECT = 110
Read = tuple[Sample, str, Mail]


class Page(HTMLParser):
    """The words and the addresses of an html mail as a person sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", set[str](), set[str]()
        self.feed(UNSEEN.sub("", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "background")}

    def handle_data(self, data: str) -> None:
        self.text += data + " "


@pytest.fixture(scope="module")
def mails(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    """All of them, written once."""
    folder = tmp_path_factory.mktemp("mails")
    shutil.copy(sqlite_template, folder / "fanfare.sqlite")
    with make_app(folder).app_context():
        touchpoint_kind.install_preset()
        db.session.flush()
        return [(each, language, read(each, language)) for each in every.samples() for language in LANGUAGES]


def faults(mails: list[Read], fault: Callable[[Mail], object]) -> Mapping[str, object]:
    """What is wrong with which of them."""
    found = {f"{sample.name}.{language}": fault(mail) for sample, language, mail in mails}
    return {name: wrong for name, wrong in found.items() if wrong}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def test_every_kind_has_a_sample_its_templates_and_a_writer(mails: list[Read]) -> None:
    by_mail = {kind.partition(":")[0] for kind, told in KINDS.items() if Way.MAIL in told.ways}
    shown = {sample.kind for sample, _, _ in mails}
    assert by_mail | set(TO_CANDIDATES) == shown
    assert set(WRITERS) == by_mail
    assert {path.stem for path in FOLDER.iterdir()} - SHARED == shown
    assert [f"{kind}{form}" for kind in shown for form in FORMS if not (FOLDER / f"{kind}{form}").exists()] == []


def test_no_two_samples_have_one_name(mails: list[Read]) -> None:
    assert len({sample.name for sample, _, _ in mails}) * len(LANGUAGES) == len(mails)


def test_the_text_says_what_the_page_says_and_no_more(mails: list[Read]) -> None:
    def differs(mail: Mail) -> set[str]:
        seen, said = words(Page(mail.html).text), words(LINK.sub("", mail.text))
        return seen ^ said

    assert faults(mails, differs) == {}


def test_both_lead_to_the_same_places(mails: list[Read]) -> None:
    assert faults(mails, lambda mail: Page(mail.html).links ^ set(LINK.findall(mail.text))) == {}


def test_nothing_is_loaded_and_nobody_is_followed(mails: list[Read]) -> None:
    assert faults(mails, lambda mail: Page(mail.html).tags & ELSEWHERE or "url(" in mail.html) == {}
    places = {urlsplit(link).netloc for _, _, mail in mails for link in Page(mail.html).links}
    assert places - {"", "wa.me"} == {"127.0.0.1:8000"}


def test_no_raw_keys_and_no_holes(mails: list[Read]) -> None:
    assert faults(mails, lambda mail: RAW.findall(f"{mail.subject}\n{LINK.sub('', mail.text)}")) == {}
    assert faults(mails, lambda mail: "\n\n\n" in mail.text or mail.text != mail.text.lstrip()) == {}


def test_each_is_small_and_says_what_it_is_about(mails: list[Read]) -> None:
    assert faults(mails, lambda mail: len(mail.html.encode()) >= 100_000) == {}
    assert faults(mails, lambda mail: not 5 < len(mail.subject) <= LONGEST_SUBJECT) == {}
    assert faults(mails, lambda mail: not words(preheader(mail))) == {}


def preheader(mail: Mail) -> str:
    found = re.search(r'<div class="preheader".*?>(.*?)</div>', mail.html, re.DOTALL)
    return found[1] if found else ""


def test_it_is_in_the_language_of_its_reader(mails: list[Read]) -> None:
    by_name = {(sample.name, language): mail for sample, language, mail in mails}
    assert [
        name for (name, _), mail in by_name.items() if mail.subject == by_name[name, "en"].subject != mail.subject
    ] == []
    assert faults(mails, lambda mail: not re.search(r'<html lang="(nl|en)">', mail.html)) == {}


def test_whoever_may_say_no_reads_how(mails: list[Read]) -> None:
    optional = {kind.partition(":")[0] for kind, told in KINDS.items() if told.optional}
    theirs = [each for each in mails if each[0].kind in optional]
    assert faults(theirs, lambda mail: "/unsubscribe/" not in mail.text) == {}
    must = [each for each in mails if each[0].kind not in optional]
    assert faults(must, lambda mail: "/unsubscribe/" in mail.text) == {}


def test_the_dark_colours_survive_inlining(mails: list[Read]) -> None:
    assert faults(mails, lambda mail: ".sheet { background-color: #1A1F1C !important" not in mail.html) == {}
