"""The timeline on a candidate's page: narrowed by whose doing, by kind, and gone through page by page."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.stage_move import StageMove
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.people import Browser, People

HOUR = timedelta(hours=1)


@pytest.fixture
def full(browser: Browser, people: People, aisha: int) -> str:
    """The address of somebody with something of every side."""
    with browser.app.app_context():
        touchpoint_kind.install_preset()
        kind_id = db.session.scalars(select(ActionKind.id).where(ActionKind.code == "message")).one()
        at, day = make.START, make.START.date()
        rows = (
            Touchpoint(candidate_id=aisha, kind="form", occurred_at=at, received_at=at, local_date=day, source="page",
                       external_id="1", payload={"note": "Op de open dag."}, reversed_at=at),
            EngagementAction(person_id=people.bram.id, candidate_id=aisha, kind_id=kind_id, outcome="spoke",
                             channel="email", occurred_at=at + HOUR, local_date=day, recorded_at=at),
            StageMove(candidate_id=aisha, to_stage="attract", moved_at=at + 2 * HOUR),
            StageMove(candidate_id=aisha, from_stage="attract", to_stage="engage", reason="Heeft interesse.",
                      moved_by_id=people.bram.id, moved_at=at + 3 * HOUR),
            Consent(candidate_id=aisha, purpose=ConsentPurpose.POOL, given=True, via="page", at=at + 4 * HOUR,
                    until=at + 400 * 24 * HOUR),
            Consent(candidate_id=aisha, purpose=ConsentPurpose.CONTACT, channel="whatsapp", given=False, via="own-page",
                    at=at + 5 * HOUR),
        )  # fmt: skip
        db.session.add_all(rows)
        db.session.commit()
    return f"/candidates/{aisha}"


def shown(browser: Browser, url: str) -> list[str]:
    """The kinds of moments that a part of the page shows, newest first."""
    return re.findall(r'id="(touchpoint|action|move|consent)-\d+"', browser.get(url, part=True).text)


ALL = ["consent", "consent", "move", "move", "action", "touchpoint"]


@pytest.mark.parametrize(
    ("show", "kinds"),
    [
        ("", ALL),
        ("candidate", ["touchpoint"]),
        ("us", ["action"]),
        ("changes", ["consent", "consent", "move", "move"]),
        ("candidate.form", ["touchpoint"]),
        ("us.message", ["action"]),
        ("us.form", []),
        ("nobody", ALL),
        ("changes.form", ALL),
        (".form", ALL),
    ],
)
def test_it_is_narrowed_by_the_address(sanne: Browser, full: str, show: str, kinds: list[str]) -> None:
    assert shown(sanne, f"{full}?show={show}") == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Van aantrekken naar boeien",
        "Binnengekomen bij aantrekken",
        "Heeft interesse.",
        "Bram Jansen",
        "Toestemming gegeven voor: in de talentpool blijven",
        "Geldig tot 9 februari 2027",
        "WhatsApp",
        "Op de open dag.",
        "ongedaan gemaakt",
    ],
)
def test_every_side_is_told_in_words(sanne: Browser, full: str, text: str) -> None:
    assert text in sanne.get(full, part=False).text


def test_what_is_chosen_is_marked_and_kept_while_paging(sanne: Browser, full: str) -> None:
    html = sanne.get(f"{full}?show=us.message").text
    assert '<option value="us.message" selected>' in html
    assert f'href="{full}?show=us" aria-current="page"' in html


def test_nothing_of_a_kind_is_said(sanne: Browser, full: str) -> None:
    assert "Zoiets is er nog niet gebeurd." in sanne.get(f"{full}?show=candidate.referral").text


def test_the_rest_of_the_address_asks_for_the_whole_page(sanne: Browser, full: str) -> None:
    assert "<html" in sanne.get(f"{full}?from=mail", part=True).text


def test_a_long_history_narrowed_is_gone_through_page_by_page(sanne: Browser, people: People, aisha: int) -> None:
    with sanne.app.app_context():
        touchpoint_kind.install_preset()
        db.session.add_all(
            Touchpoint(candidate_id=aisha, kind="job_view", occurred_at=make.START, received_at=make.START,
                       local_date=make.START.date(), source="test", external_id=str(number))
            for number in range(31)
        )  # fmt: skip
        db.session.commit()
    newest = sanne.get(f"/candidates/{aisha}?show=candidate", part=True).text
    older = newest.split('rel="next"')[1].split('href="')[1].split("#")[0].replace("&amp;", "&")
    assert "show=candidate" in older
    assert shown(sanne, older) == ["touchpoint"]
