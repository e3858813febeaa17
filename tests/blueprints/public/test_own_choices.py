"""Three short questions to a candidate: may we keep in touch, do you know somebody, and do we stop?"""

import uuid

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.referral import MOST_FRIENDS
from app.domain.candidates import consent, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.privacy_terms import PrivacyTerms
from tests import make
from tests.blueprints.public.own_page import MAIL, OwnPage
from tests.people import Browser


@pytest.fixture
def renew(browser: Browser) -> OwnPage:
    return OwnPage(browser, LinkPurpose.RENEW)


@pytest.fixture
def refer(browser: Browser) -> OwnPage:
    return OwnPage(browser, LinkPurpose.REFER)


@pytest.fixture
def stop(browser: Browser) -> OwnPage:
    return OwnPage(browser, LinkPurpose.STOP)


def consents(own: OwnPage) -> dict[tuple[ConsentPurpose, str | None], Consent]:
    with own.browser.app.app_context():
        return consent.current(own.id)


def ways(own: OwnPage) -> set[Channel]:
    with own.browser.app.app_context():
        return set(identity.ways(identity.identities_of(own.id)))


def friends(own: OwnPage) -> list[Candidate]:
    with own.browser.app.app_context():
        return list(db.session.scalars(select(Candidate).where(Candidate.referred_by_id == own.id)))


def friend(**facts: object) -> dict[str, object]:
    return {"name": "Fatima", "reach": "06 87654321", "agreed": "y", "key": str(uuid.uuid4())} | facts


def test_the_terms_stand_there_before_the_answer(renew: OwnPage) -> None:
    with renew.browser.app.app_context():
        terms = PrivacyTerms(
            text_nl="Onze eigen tekst.",
            statement_url="https://voorbeeld.nl/privacy",
            contact="ada@voorbeeld.nl",
            made_at=make.START,
        )
        db.session.add(terms)
        db.session.commit()
    shown = renew.get().text
    assert "Onze eigen tekst." in shown
    assert 'href="https://voorbeeld.nl/privacy"' in shown
    assert "Vragen: ada@voorbeeld.nl" in shown
    assert consents(renew) == {}


def test_yes(renew: OwnPage) -> None:
    renew.post()
    said = consents(renew)[ConsentPurpose.POOL, None]
    assert (said.given, said.via) == (True, "own-page")
    assert "zei je ja, tot" in renew.get().text


def test_no(renew: OwnPage) -> None:
    renew.post("/end")
    assert not consents(renew)[ConsentPurpose.POOL, None].given
    assert "zei je nee" in renew.get().text


def test_a_friend_comes_in(refer: OwnPage) -> None:
    answer = refer.post(data=friend())
    assert (answer.status_code, answer.headers["Location"]) == (303, refer.url)
    assert [one.name for one in friends(refer)] == ["Fatima"]
    assert "Bedankt! We nemen contact op." in refer.get().text


def test_nobody_learns_whom_we_know(refer: OwnPage) -> None:
    new, known = (refer.post(data=friend(reach=reach)) for reach in ("fatima@voorbeeld.nl", MAIL))
    assert (new.status_code, new.headers["Location"], new.data) == (
        known.status_code,
        known.headers["Location"],
        known.data,
    )
    assert len(friends(refer)) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Vul dit in."),
        ({"reach": "zomaar iets"}, "Dit is geen telefoonnummer en geen mailadres."),
        ({"agreed": ""}, "We benaderen alleen mensen die ervan weten."),
        ({"key": "x"}, ""),
    ],
)
def test_what_cannot_be_taken_is_shown_again(refer: OwnPage, wrong: dict[str, str], sentence: str) -> None:
    answer = refer.post(data=friend(name="Fatima El Idrissi") | wrong)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert wrong.get("reach", "06 87654321") in answer.text
    assert friends(refer) == []


def test_a_crowd_is_told_so(refer: OwnPage) -> None:
    for number in range(MOST_FRIENDS):
        refer.post(data=friend(reach=f"vriend{number}@voorbeeld.nl"))
    answer = refer.post(data=friend())
    assert (answer.status_code, "Dat zijn veel mensen." in answer.text) == (422, True)
    assert len(friends(refer)) == MOST_FRIENDS


def test_looking_stops_nothing(stop: OwnPage) -> None:
    stop.get()
    assert stop.state().do_not_contact_at is None
    assert Channel.EMAIL in ways(stop)


def test_one_click_in_a_mail_program_stops_the_mail(stop: OwnPage) -> None:
    answer = stop.browser.client.post(stop.url, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "Dit gebruiken we niet meer: E-mail." in answer.text) == (200, True)
    assert Channel.EMAIL not in ways(stop)
    assert stop.state().do_not_contact_at is None


def test_stopping_altogether_and_beginning_again(stop: OwnPage) -> None:
    stop.post("/choice", {"scope": "all"})
    assert stop.state().do_not_contact_at
    assert "nemen we geen contact meer op" in stop.get().text
    stop.post("/resume")
    assert stop.state().do_not_contact_at is None
    assert consents(stop)[ConsentPurpose.CONTACT, None].given


def test_stopping_on_one_channel(stop: OwnPage) -> None:
    stop.post("/choice", {"scope": "whatsapp"})
    assert ways(stop) == {Channel.PHONE, Channel.EMAIL, Channel.SMS}
    assert "Dit gebruiken we niet meer: WhatsApp." in stop.get().text


def test_what_is_no_choice_stops_nothing(stop: OwnPage) -> None:
    assert stop.post("/choice", {"scope": "pigeon"}).status_code == 422
    assert len(ways(stop)) == 4
