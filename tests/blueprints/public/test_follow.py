"""Links of ours to pages elsewhere: they lead there and nowhere else, and only a touchpoint is left behind."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app import clock
from app.db import Busy, db
from app.domain.agency.person import Role
from app.domain.candidates import consent, contact_flags
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose
from app.domain.custody.merge import merge
from app.domain.journey import tracked_link
from app.domain.journey.settling import Settling
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.tracked_link import LIVES, TrackedLink
from tests import make
from tests.people import Browser, make_people

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PAGE = "https://voorbeeld.nl/cv-tips?a=1"


class Shared:
    """A link that Sanne gave to one of her candidates."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        with browser.app.app_context():
            self.candidate_id = make.candidate(owner=make_people().sanne).id
            made = tracked_link.make(self.candidate_id, PAGE, message="m", channel="email", by_id=None, now=clock.now())
            self.trap = tracked_link.trap(self.candidate_id, "m", clock.now())
            self.token = made.token
            db.session.commit()

    def follow(self, token: str = "", method: str = "GET", **headers: str) -> TestResponse:
        headers = {"User-Agent": FIREFOX} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.browser.client.open(f"/r/{token or self.token}", method=method, headers=headers)

    def verdicts(self) -> list[str]:
        with self.browser.app.app_context():
            return list(db.session.scalars(select(Touchpoint.verdict).order_by(Touchpoint.id)))


@pytest.fixture
def shared(browser: Browser) -> Shared:
    return Shared(browser)


def test_it_leads_where_it_was_made_for(shared: Shared) -> None:
    answer = shared.follow()
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert (answer.headers["Referrer-Policy"], answer.headers.get("Set-Cookie")) == ("no-referrer", None)


def test_following_it_is_a_touchpoint_that_settles(shared: Shared) -> None:
    with time_machine.travel(make.START, tick=False):
        shared.follow()
        shared.follow()
    with shared.browser.app.app_context():
        row, waiting = db.session.scalars(select(Touchpoint)).one(), db.session.scalars(select(Settling)).one()
    assert (row.kind, row.verdict, waiting.touchpoint_id) == ("mail_click", "unknown", row.id)
    assert row.payload == {"url": PAGE, "channel": "email"}


@pytest.mark.parametrize(
    ("headers", "method", "verdict"),
    [
        ({"User_Agent": "WhatsApp/2.23"}, "GET", "machine"),
        ({}, "HEAD", "machine"),
        ({"Sec_Purpose": "prefetch;prerender"}, "GET", "machine"),
        ({"User_Agent": ""}, "GET", "unknown"),
    ],
)
def test_what_follows_links_by_itself(shared: Shared, headers: dict[str, str], method: str, verdict: str) -> None:
    assert (shared.follow(method=method, **headers).status_code, shared.verdicts()) == (302, [verdict])


def test_no_trace_of_the_agent_or_the_address_is_kept(shared: Shared) -> None:
    shared.follow(User_Agent="Canary/1.0", X_Forwarded_For="203.0.113.9")
    with shared.browser.app.app_context():
        row = db.session.execute(select(Touchpoint.__table__)).one()
    assert "Canary" not in str(row)
    assert "203.0.113" not in str(row)


def test_whoever_follows_a_trap_is_a_machine_all_along(shared: Shared) -> None:
    shared.follow()
    assert shared.follow(shared.trap).status_code == 404
    assert shared.verdicts() == ["machine", "machine"]


@pytest.mark.parametrize("token", ["x" * 43, "%00", "x" * 5000])
def test_what_is_no_link_of_ours_leads_nowhere(shared: Shared, token: str) -> None:
    answer = shared.follow(token)
    assert (answer.status_code, "Deze link werkt niet meer" in answer.text) == (404, True)
    assert not shared.verdicts()


def test_it_ends(shared: Shared) -> None:
    with time_machine.travel(clock.now() + LIVES + timedelta(seconds=1), tick=False):
        assert shared.follow().status_code == 404


def test_it_never_leads_to_what_is_not_secure(shared: Shared) -> None:
    with shared.browser.app.app_context():
        db.session.execute(update(TrackedLink).values(url="javascript:alert(1)"))
        db.session.commit()
    assert shared.follow().status_code == 404


def test_nothing_is_written_of_whoever_wants_no_score(shared: Shared) -> None:
    with shared.browser.app.app_context():
        contact_flags.objected(shared.candidate_id, clock.now())
        db.session.commit()
    assert (shared.follow().status_code, shared.verdicts()) == (302, [])


def test_nothing_is_written_of_whoever_took_consent_back(shared: Shared) -> None:
    with shared.browser.app.app_context():
        who, tracking = shared.candidate_id, ConsentPurpose.TRACKING
        consent.withdraw(who, tracking, via="own-page", by_id=None, now=clock.now())
        db.session.commit()
    assert (shared.follow().status_code, shared.verdicts()) == (302, [])


def test_nothing_is_written_of_whoever_was_forgotten(shared: Shared) -> None:
    with shared.browser.app.app_context():
        db.session.get_one(Candidate, shared.candidate_id).anonymised_at = clock.now()
        db.session.commit()
    shared.follow()
    assert not shared.verdicts()


def test_whoever_was_merged_is_the_one_who_was_kept(shared: Shared) -> None:
    with shared.browser.app.app_context():
        kept, ada = make.candidate(), make.person("Karel Knap", Role.ADMIN)
        merge(kept, db.session.get_one(Candidate, shared.candidate_id), {}, ada, clock.now())
        db.session.commit()
        kept_id = kept.id
    assert shared.follow().status_code == 302
    with shared.browser.app.app_context():
        assert db.session.scalars(select(Touchpoint.candidate_id)).all() == [kept_id]


@pytest.mark.parametrize("trouble", [Busy(), OperationalError("lock timeout", None, Exception())])
def test_nobody_waits_for_our_database(shared: Shared, monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def busy() -> None:
        raise trouble

    monkeypatch.setattr("app.blueprints.public.follow.write", busy)
    assert (shared.follow().status_code, shared.verdicts()) == (302, [])
