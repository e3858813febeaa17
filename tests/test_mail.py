"""Mails as they are read: both languages, both forms with the same content, light and dark, nothing from elsewhere."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.reminder import KIND, LastWeek
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.notices.catalogue import KINDS
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.domain.program.program import Program
from app.language import in_language
from app.mail import Envelope, Mail, message, read_unsubscribe, render
from app.words.mails import mail_name, preferably
from app.words.weekly_reminder import last_week_sentence
from jobs import weekly_letters
from tests.jobs.waiting import FRIDAY, people_with_waiting
from tests.make import START

LINK = "http://127.0.0.1:8000/account/invitation/geheim"


class Reading(HTMLParser):
    """The words and the addresses of an html mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def reminder(language: str) -> Mail:
    """As the outbox writes it, on the morning of the block."""
    return reminder_to(people_with_waiting().sanne, language)


def reminder_to(person: Person, language: str) -> Mail:
    sheet = weekly_letters.gather([person], FRIDAY)[person.id]
    return weekly_letters.compose(planned_for(person), sheet, language, FRIDAY)


def planned_for(person: Person) -> OutboxRow:
    return OutboxRow(
        kind=KIND,
        recipient=f"person:{person.id}",
        period="",
        payload={},
        message_id="1",
        due_at=FRIDAY,
        not_after=FRIDAY,
        next_try_at=FRIDAY,
    )


def invitation(language: str, inviter: str = "Ada Smit") -> Mail:
    return render(
        "invitation",
        language,
        name="Sanne de Vries",
        inviter=inviter,
        url=LINK,
        program="Vaste Band",
        agency="Voorbeeld",
    )


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest, session: None) -> str:
    return str(request.param)


@pytest.fixture(params=[reminder, invitation])
def mail(request: pytest.FixtureRequest, language: str) -> Mail:
    found: Mail = request.param(language)
    return found


def test_the_text_says_what_the_html_says(mail: Mail) -> None:
    html = Reading(re.sub(r"<(style|title)\b.*?</\1>|<div class=.preheader.*?</div>", "", mail.html, flags=re.DOTALL))
    text = set(mail.text.replace(":", " ").split())
    assert {word for word in html.words if word.isalpha()} <= text | set(mail.subject.split())
    assert set(html.links) == set(re.findall(r"(?:http|tel:)\S+", mail.text))


def test_nothing_is_loaded_from_elsewhere(mail: Mail) -> None:
    html = Reading(mail.html)
    assert not html.tags & {"img", "script", "link", "iframe", "form"}
    assert "url(" not in mail.html
    assert {urlsplit(link).netloc for link in html.links if not link.startswith("tel:")} == {"127.0.0.1:8000"}


def test_it_is_small_and_styled(mail: Mail) -> None:
    assert len(mail.html.encode()) < 100_000
    assert 'class="button" href=' in mail.html
    assert mail.html.count('style="') > 10


def test_the_dark_styles_survive_inlining(mail: Mail) -> None:
    dark = mail.html.split("@media (prefers-color-scheme: dark)")[1].split("</style>")[0]
    assert "#121513 !important" in dark


def test_it_says_its_language(language: str) -> None:
    assert f'<html lang="{language}">' in invitation(language).html


def test_the_reminder_names_three_with_reason_and_channel(session: None) -> None:
    found = reminder("nl")
    assert found.subject == "4 kandidaten wachten vandaag om 14:30 op je"
    assert found.text.count("\n* ") == 3
    assert "Bel Aïsha: tel:+31612345670" in found.text
    assert len(set(re.findall(r"Vastleggen: http://127.0.0.1:8000/done/(\S+)", found.text))) == 3
    assert "Start mijn opvolgmoment: http://127.0.0.1:8000/block\n" in found.text


def test_the_reminder_in_english(session: None) -> None:
    found = reminder("en")
    assert found.subject == "4 candidates wait for you today at 14:30"
    assert "Call Aïsha" in found.html


def test_the_reminder_when_nobody_waits(session: None) -> None:
    bram = people_with_waiting().bram
    db.session.scalars(select(Program)).one().remind_when_empty = True
    found = reminder_to(bram, "nl")
    assert found.subject == "Vandaag wacht niemand op je: om 14:30 is er ruimte voor iets anders"
    assert "Naar Vandaag: http://127.0.0.1:8000/\n" in found.text
    assert "/done/" not in found.text


def test_the_reminder_tells_how_to_stop_it(session: None) -> None:
    sanne = people_with_waiting().sanne
    token = re.findall(r"/unsubscribe/(\S+)", reminder_to(sanne, "nl").text)[0]
    assert read_unsubscribe(token) == (f"person:{sanne.id}", "weekly_reminder")


def test_the_invitation(session: None) -> None:
    found = invitation("nl")
    assert found.subject == "Ada Smit nodigt je uit voor Vaste Band"
    assert f"Uitnodiging aannemen: {LINK}" in found.text


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Je bent uitgenodigd voor Vaste Band"), ("en", "You are invited to Vaste Band")]
)
def test_an_invitation_from_nobody_in_particular(session: None, language: str, said: str) -> None:
    found = invitation(language, inviter="")
    assert found.subject == said
    assert said in found.text


def test_names_are_text(session: None) -> None:
    found = render("invitation", "nl", name="<b>Sanne</b>", inviter="A & B", url=LINK, program="Vaste\nBand", agency="")
    assert "<b>" not in found.html
    assert found.subject == "A & B nodigt je uit voor Vaste Band"


@pytest.mark.parametrize(
    ("actions", "points", "said"),
    [(0, 0, "Vorige week legde je nog niets vast"), (1, 1, "1 actie, 1 punt."), (12, 340, "12 acties, 340 punten.")],
)
def test_last_week(session: None, actions: int, points: int, said: str) -> None:
    with in_language("nl"):
        assert said in last_week_sentence(LastWeek(actions, points))


def test_every_channel_has_its_words(session: None) -> None:
    with in_language("nl"):
        assert len({preferably(channel) for channel in Channel}) == len(Channel)
        assert (mail_name("weekly_reminder"), mail_name("other")) == ("de wekelijkse herinnering", "deze mail")


def test_whoever_may_say_no_reads_to_what(session: None) -> None:
    with in_language("nl"):
        by_mail = [kind for kind, told in KINDS.items() if told.optional and Way.MAIL in told.ways]
        assert [kind for kind in by_mail if mail_name(kind) == mail_name("other")] == []


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("sanne@münchen.nl", "sanne@xn--mnchen-3ya.nl"),
        ("sanne@straße.nl", "sanne@xn--strae-oqa.nl"),
        ("a@b.nl", "a@b.nl"),
    ],
)
def test_a_domain_with_other_letters_travels_as_its_machine_is_called(address: str, to: str) -> None:
    letter = message(Mail("Onderwerp", "tekst", "<p>tekst</p>"), Envelope(address, "f@voorbeeld.nl", "<1@x.nl>"), START)
    assert letter["To"] == to
