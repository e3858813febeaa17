"""The page of one candidate: what is on it, and what can be changed there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.agency import the_agency
from app.domain.candidates import identity, preference
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import touchpoint
from app.domain.journey.touchpoint import Hit
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.people import Browser, People

EDITED = {"name": "Aïsha Bakkali", "role_sought": "Kok", "region": "Zwolle", "stage": "nurture", "owner": ""}


FULL = 20  # with a score, a timeline of both sides and what to do next there is more to ask


def path(aisha: int, *parts: str) -> str:
    return "/".join((f"/candidates/{aisha}", *parts))


def stored(browser: Browser, aisha: int) -> Candidate:
    with browser.app.app_context():
        return db.session.get_one(Candidate, aisha)


def happened(browser: Browser, aisha: int, count: int, person_id: int | None = None) -> None:
    """Touchpoints an hour apart, and as many actions at half past."""
    with browser.app.app_context():
        agency = the_agency()
        assert agency
        kind_id = db.session.scalars(select(ActionKind.id).order_by(ActionKind.id).limit(1)).one()
        for number in range(count):
            at = make.START + timedelta(hours=number)
            touchpoint.record(Hit(aisha, "job_view", at, "test", str(number)), clock.now(), agency.zone)
            row = EngagementAction(
                person_id=person_id, candidate_id=aisha, kind_id=kind_id, outcome="spoke", channel="whatsapp",
                occurred_at=at + timedelta(minutes=30), local_date=at.date(), recorded_at=at, note=f"Notitie {number}.",
            )  # fmt: skip
            db.session.add(row)
        db.session.commit()


@pytest.mark.parametrize(
    "text",
    ["tel:+31612345678", "https://wa.me/31612345678", "sms:+31612345678", "06 12345678", "Sanne de Vries", "boeien"],
)
def test_the_page_says_who_she_is(sanne: Browser, aisha: int, text: str) -> None:
    assert text in sanne.get(path(aisha)).text


def test_she_is_hidden_from_others(otto: Browser, aisha: int) -> None:
    for url in (path(aisha), path(aisha, "edit"), path(aisha + 1)):
        assert otto.get(url).status_code == 404


@pytest.mark.parametrize(
    "parts", [("edit",), ("addresses",), ("addresses", "1", "removal"), ("preference",), ("ownership",)]
)
def test_others_change_nothing(otto: Browser, aisha: int, parts: tuple[str, ...]) -> None:
    data = EDITED | {"channel": "email", "address": "x@voorbeeld.nl", "said_by": "candidate"}
    assert otto.post(path(aisha, *parts), data, at="/candidates/new").status_code == 404
    row = stored(otto, aisha)
    assert (row.name, row.stage) == ("Aïsha el Idrissi", Stage.ENGAGE)


def test_warm_until_a_day(sanne: Browser, aisha: int) -> None:
    assert "nog geen signalen" in sanne.get(path(aisha)).text
    with sanne.app.app_context():
        db.session.get_one(ContactState, aisha).tau = clock.now().timestamp() + 150 * 86400
        db.session.commit()
    assert "warm tot" in sanne.get(path(aisha), budget=FULL).text


def test_the_way_to_the_own_system(sanne: Browser, aisha: int) -> None:
    assert "ats.voorbeeld.nl" not in sanne.get(path(aisha)).text
    with sanne.app.app_context():
        agency = the_agency()
        assert agency
        agency.ats_url_template = "https://ats.voorbeeld.nl/c/{external_id}"
        db.session.get_one(Candidate, aisha).external_id = "A/7"
        db.session.commit()
    assert "https://ats.voorbeeld.nl/c/A%2F7" in sanne.get(path(aisha)).text


def test_both_sides_are_in_the_timeline(sanne: Browser, people: People, aisha: int) -> None:
    assert "Er is nog niets gebeurd" in sanne.get(path(aisha)).text
    happened(sanne, aisha, 2, people.sanne.id)
    text = sanne.get(path(aisha), budget=FULL).text
    found = [text.index(f'id="{each}"') for each in _ids(sanne)]
    assert found == sorted(found)
    assert "Notitie 1." in text


def _ids(browser: Browser) -> list[str]:
    """Newest first: what we did came half an hour after what she did."""
    with browser.app.app_context():
        ours = db.session.scalars(select(EngagementAction.id).order_by(EngagementAction.id.desc())).all()
        theirs = db.session.scalars(select(touchpoint.Touchpoint.id).order_by(touchpoint.Touchpoint.id.desc())).all()
    return [each for pair in zip(ours, theirs, strict=True) for each in (f"action-{pair[0]}", f"touchpoint-{pair[1]}")]


def test_the_timeline_goes_by_pages(sanne: Browser, aisha: int) -> None:
    happened(sanne, aisha, 20)
    newest = sanne.get(path(aisha), budget=FULL).text
    assert newest.count('class="dot"') == 30
    older = newest.split("before=2")[1].split("#")[0]
    url = f"{path(aisha)}?before=2{older}"
    page, part = sanne.get(url, budget=FULL), sanne.get(url, part=True)
    assert page.text.count('class="dot"') == part.text.count('class="dot"') == 10
    assert part.text.lstrip().startswith('<div id="timeline"')
    assert "Nieuwste" in part.text


def test_an_unreadable_moment_is_the_newest_page(sanne: Browser, aisha: int) -> None:
    assert sanne.get(f"{path(aisha)}?before=gisteren").status_code == 200


def test_what_we_know_is_corrected(sanne: Browser, aisha: int) -> None:
    assert sanne.get(path(aisha, "edit")).status_code == 200
    assert sanne.post(path(aisha, "edit"), EDITED, at=path(aisha, "edit")).location == path(aisha)
    row = stored(sanne, aisha)
    assert (row.name, row.sort_name, row.region) == ("Aïsha Bakkali", "bakkali, aïsha", "Zwolle")
    assert (row.stage, row.owner_id, row.external_id) == (Stage.NURTURE, None, None)


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("stage", "ooit"), ("owner", "99999"), ("region", "x" * 81)]
)
def test_a_wrong_correction_keeps_what_was_typed(sanne: Browser, aisha: int, field: str, value: str) -> None:
    answer = sanne.post(path(aisha, "edit"), EDITED | {field: value}, at=path(aisha, "edit"))
    assert answer.status_code == 422
    assert "Kok" in answer.text
    assert stored(sanne, aisha).role_sought == ""


def test_the_number_of_another_is_refused(sanne: Browser, aisha: int) -> None:
    with sanne.app.app_context():
        make.candidate("Els", external_id="7")
        db.session.commit()
    answer = sanne.post(path(aisha, "edit"), EDITED | {"external_id": "7"}, at=path(aisha, "edit"))
    assert answer.status_code == 422
    assert "Een andere kandidaat heeft dit nummer al." in answer.text


def test_an_address_more(sanne: Browser, aisha: int) -> None:
    data = {"channel": "email", "address": "Aisha@Voorbeeld.nl"}
    assert sanne.post(path(aisha, "addresses"), data, at=path(aisha)).status_code == 303
    assert "mailto:aisha@voorbeeld.nl" in sanne.get(path(aisha)).text


@pytest.mark.parametrize("data", [{"channel": "email", "address": "aisha"}, {"channel": "x", "address": "y"}, {}])
def test_no_address(sanne: Browser, aisha: int, data: dict[str, str]) -> None:
    answer = sanne.post(path(aisha, "addresses"), data, at=path(aisha))
    assert answer.status_code == 422
    assert data.get("address", "") in answer.text


def test_too_many_addresses(sanne: Browser, aisha: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "MOST", 1)
    data = {"channel": "email", "address": "aisha@voorbeeld.nl"}
    assert sanne.post(path(aisha, "addresses"), data, at=path(aisha)).status_code == 422


def test_an_address_less(sanne: Browser, aisha: int) -> None:
    with sanne.app.app_context():
        number = identity.identities_of(aisha)[0].id
    assert sanne.post(path(aisha, "addresses", str(number), "removal"), at=path(aisha)).status_code == 303
    assert "nog niet bereikbaar" in sanne.get(path(aisha)).text
    assert sanne.post(path(aisha, "addresses", str(number), "removal"), at=path(aisha)).status_code == 404


def test_she_prefers_a_channel(sanne: Browser, people: People, aisha: int) -> None:
    data = {"channel": "whatsapp", "said_by": "candidate"}
    assert sanne.post(path(aisha, "preference"), data, at=path(aisha)).status_code == 303
    with sanne.app.app_context():
        newest = preference.preferences_of(aisha)[0]
        assert (newest.channel, newest.said_by, newest.recorded_by_id) == ("whatsapp", "candidate", people.sanne.id)
    text = sanne.get(path(aisha)).text
    assert "liefst via WhatsApp" in text
    assert "dat zegt de kandidaat, Sanne de Vries" in text


def test_she_cannot_prefer_what_she_has_not(sanne: Browser, aisha: int) -> None:
    data = {"channel": "email", "said_by": "candidate"}
    assert sanne.post(path(aisha, "preference"), data, at=path(aisha)).status_code == 422


def test_nobodys_candidate_is_taken_over(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        number = make.candidate("Els").id
        db.session.commit()
    assert browser.sign_in(people.sanne).post(path(number, "ownership"), at="/candidates/new").status_code == 303
    assert browser.sign_in(people.bram).post(path(number, "ownership"), at="/candidates/new").status_code == 303
    assert stored(browser, number).owner_id == people.sanne.id


def just_logged(browser: Browser, aisha: int, person_id: int) -> str:
    """What the timeline of her page says, a moment after a person logged something."""
    happened(browser, aisha, 1, person_id)
    with browser.app.app_context():
        row = db.session.scalars(select(EngagementAction)).one()
        row.recorded_at = clock.now()
        db.session.commit()
    return browser.get(path(aisha)).text


def test_what_one_just_logged_can_be_taken_back_and_copied_from_the_timeline(
    sanne: Browser, aisha: int, people: People
) -> None:
    html = just_logged(sanne, aisha, people.sanne.id)
    assert f"/undo?next=/candidates/{aisha}" in html
    assert "Notitie 0.&#34;" in html or 'Notitie 0."' in html


def test_after_a_day_only_its_note_can_be_copied(sanne: Browser, aisha: int, people: People) -> None:
    happened(sanne, aisha, 1, people.sanne.id)
    html = sanne.get(path(aisha)).text
    assert "/undo?" not in html
    assert "data-copy=" in html


def test_what_a_colleague_just_logged_cannot_be_taken_back(sanne: Browser, aisha: int, people: People) -> None:
    html = just_logged(sanne, aisha, people.lead.id)
    assert "/undo?" not in html
    assert "data-copy=" not in html
