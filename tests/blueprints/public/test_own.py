"""What holds for every page of a candidate's own: who may open it, in which language, and what a dead link says."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from app import clock
from app.db import db
from app.domain.agency.agency import Agency
from app.domain.candidates import link
from app.domain.candidates.link import LIVES, LinkPurpose
from tests import make
from tests.blueprints.public.own_page import OwnPage
from tests.people import Browser, Form

ENDED = "Deze link werkt niet meer"
DUTCH = {"Accept-Language": "nl"}


@pytest.fixture
def own(browser: Browser) -> OwnPage:
    return OwnPage(browser, LinkPurpose.REACH)


def address_form(own: OwnPage, form: str) -> None:
    with own.browser.app.app_context():
        db.session.execute(update(Agency).values(address_form=form))
        db.session.commit()


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_one_link_opens_one_page(browser: Browser, purpose: LinkPurpose) -> None:
    own = OwnPage(browser, purpose)
    urls = {each: own.url.replace(f"/me/{purpose}/", f"/me/{each}/") for each in LinkPurpose}
    statuses = {each: own.browser.client.get(url).status_code for each, url in urls.items()}
    assert {each for each, status in statuses.items() if status == 200} == {purpose}
    assert set(statuses.values()) == {200, 404}


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_it_opens_nothing_any_more(browser: Browser, purpose: LinkPurpose) -> None:
    own = OwnPage(browser, purpose)
    with time_machine.travel(clock.now() + LIVES[purpose] + timedelta(seconds=1), tick=False):
        answer = own.browser.client.get(own.url, headers=DUTCH)
    assert (answer.status_code, ENDED in answer.text) == (404, True)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_every_dead_link_says_the_same(own: OwnPage) -> None:
    unknown = own.browser.client.get("/me/reach/" + "x" * 43, headers=DUTCH).text
    own.change(anonymised_at=clock.now())
    forgotten = own.browser.client.get(own.url, headers=DUTCH).text
    tokens = (Form(unknown).token, Form(forgotten).token)
    assert ENDED in unknown
    assert unknown.replace(tokens[0], "").replace("x" * 43, "") == forgotten.replace(tokens[1], "").replace(
        own.url[10:], ""
    )


def test_a_form_of_a_dead_link_does_nothing(own: OwnPage) -> None:
    token = Form(own.get().text).token
    own.change(anonymised_at=clock.now())
    answer = own.browser.client.post(f"{own.url}/rest", data={"csrf_token": token, "rest": "30"})
    assert (answer.status_code, own.state().rest_days) == (404, None)


def test_a_link_that_ends_while_it_is_used_does_nothing(own: OwnPage, monkeypatch: pytest.MonkeyPatch) -> None:
    known, asked = link.opened, iter((True, False))
    monkeypatch.setattr(link, "opened", lambda *what: known(*what) if next(asked) else None)
    token = "".join(Form(own.browser.client.get("/account/sign-in").text).token)
    answer = own.browser.client.post(f"{own.url}/rest", data={"csrf_token": token, "rest": "30"})
    assert (answer.status_code, own.state().rest_days) == (404, None)


def test_whoever_was_merged_finds_the_other_one(own: OwnPage) -> None:
    with own.browser.app.app_context():
        kept = make.candidate("Pieter van der Post").id
        db.session.commit()
    own.change(merged_into_id=kept)
    assert "Pieter van der Post" in own.get().text
    own.post("/rest", {"rest": "30"})
    own.id = kept
    assert own.state().rest_days == 30


@pytest.mark.parametrize(("form", "sentence"), [("je", "Hoe mogen we je bereiken?"), ("u", "Hoe mogen we u bereiken?")])
def test_u_or_je_as_the_agency_speaks(own: OwnPage, form: str, sentence: str) -> None:
    address_form(own, form)
    assert sentence in own.get().text


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_u_is_never_mixed_with_je(browser: Browser, purpose: LinkPurpose) -> None:
    own = OwnPage(browser, purpose)
    address_form(own, "u")
    words = set(own.get().text.replace(">", " ").replace("<", " ").replace(",", " ").replace(".", " ").split())
    assert words & {"je", "jij", "jou", "jouw", "Je", "Jouw"} == set()


@pytest.mark.parametrize(("spoken", "lang"), [("nl", "nl"), ("en", "en"), ("pl", "en"), (None, "nl")])
def test_in_the_language_of_the_candidate(own: OwnPage, spoken: str | None, lang: str) -> None:
    own.change(language=spoken)
    assert f'<html lang="{lang}"' in own.get().text


def test_the_language_can_be_switched(own: OwnPage) -> None:
    answer = own.browser.post("/account/language", {"language": "en", "next": own.url}, at=own.url)
    assert answer.headers["Location"] == own.url
    assert "How may we reach you?" in own.get().text


def test_every_form_needs_its_token(own: OwnPage) -> None:
    assert own.browser.client.post(f"{own.url}/rest", data={"rest": "30"}).status_code == 400


def test_over_https_a_form_comes_through_with_the_origin_alone(own: OwnPage) -> None:
    """The page's referrer policy tells no path, and yet the check of the form's origin is content."""
    token = Form(own.browser.client.get(own.url, base_url="https://localhost").text).token
    sent = {"csrf_token": token, "rest": "30"}
    answers = {
        referrer: own.browser.client.post(
            f"{own.url}/rest", data=sent, base_url="https://localhost", headers=headers
        ).status_code
        for referrer, headers in (("origin", {"Referer": "https://localhost/"}), ("none", {}))
    }
    assert answers == {"origin": 303, "none": 400}


def test_a_token_that_no_column_holds(own: OwnPage) -> None:
    assert own.browser.client.get("/me/reach/%F0%9F%92%A5%00" + "x" * 3_000).status_code == 404
