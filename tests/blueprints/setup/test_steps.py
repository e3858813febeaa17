"""The steps after the first: for the administrator, each can be skipped, and the last ends the setup."""

import io
from collections.abc import Mapping

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.agency.agency import SETUP_DONE, the_agency
from app.domain.agency.person import Person, Role
from app.domain.notices.outbox import OutboxRow
from app.domain.program import action_kind, kind_rule
from app.domain.program.block import Scope, newest
from app.domain.program.program import Program, the_program
from tests.make import PNG
from tests.people import Browser, People, make_people

NOBODY, SOMEBODY_NEW = "0", "-1"
APPOINTED = {"sponsor": SOMEBODY_NEW, "sponsor_name": "Iris Bos", "sponsor_email": "iris@noord.nl", "message": "Samen."}
BLOCK = {"weekday": "2", "starts": "09:15", "minutes": "60", "timezone": "Europe/Brussels"}


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        agency = the_agency()
        assert agency
        agency.setup_step = 2
        db.session.commit()
    return people


@pytest.fixture
def admin(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


def _program() -> Program:
    program = the_program()
    assert program
    return program


def send(admin: Browser, number: int, data: Mapping[str, object]) -> tuple[int, str | None]:
    answer = admin.post(f"/setup/{number}", data, at=f"/setup/{number}")
    return answer.status_code, answer.location


def reached(admin: Browser) -> int:
    with admin.app.app_context():
        agency = the_agency()
        return agency.setup_step if agency else 0


@pytest.mark.parametrize("number", range(2, 7))
def test_each_step_shows_where_one_is(admin: Browser, number: int) -> None:
    answer = admin.get(f"/setup/{number}")
    assert answer.status_code == 200
    assert f"Stap {number} van 6" in answer.text


@pytest.mark.parametrize("number", range(2, 6))
def test_each_step_can_be_skipped(admin: Browser, number: int) -> None:
    assert send(admin, number, {"skip": "1"}) == (303, f"/setup/{number + 1}")
    assert reached(admin) == number + 1


@pytest.mark.parametrize("number", [0, 7])
def test_there_are_no_other_steps(admin: Browser, number: int) -> None:
    assert admin.get(f"/setup/{number}").status_code == 404


@pytest.mark.parametrize("who", ["sanne", "lead", "ines"])
def test_to_others_the_steps_do_not_exist(browser: Browser, people: People, who: str) -> None:
    assert browser.sign_in(getattr(people, who)).get("/setup/3").status_code == 404


def test_a_visitor_signs_in_first(browser: Browser, people: People) -> None:
    assert browser.get("/setup/3").status_code == 303


def test_going_back_loses_no_progress(admin: Browser) -> None:
    send(admin, 4, {"skip": "1"})
    send(admin, 2, {"skip": "1"})
    assert reached(admin) == 5


def test_when_it_is_done_the_steps_are_gone(admin: Browser) -> None:
    assert send(admin, 6, {"to": "later"})[0] == 303
    assert reached(admin) == SETUP_DONE
    assert admin.get("/setup/3").status_code == 404


def test_somebody_new_is_appointed_and_invited(admin: Browser) -> None:
    photo = (io.BytesIO(PNG), "iris.png")
    assert send(admin, 2, {**APPOINTED, "photo": photo}) == (303, "/setup/3")
    with admin.app.app_context():
        sponsor = db.session.get(Person, _program().sponsor_id)
        assert sponsor
        assert (sponsor.name, sponsor.role, _program().sponsor_message) == ("Iris Bos", Role.SPONSOR, "Samen.")
        assert sponsor.picture_id is not None
        invitation = db.session.scalars(select(OutboxRow)).one()
        assert invitation.payload["program"] == "Vaste Band"


def test_a_colleague_is_appointed(admin: Browser, people: People) -> None:
    send(admin, 2, {"sponsor": str(people.lead.id), "message": ""})
    with admin.app.app_context():
        assert _program().sponsor_id == people.lead.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"sponsor_name": ""},
        {"sponsor_email": ""},
        {"sponsor_email": "iris"},
        {"sponsor_email": "SANNE@voorbeeld.nl"},
        {"sponsor": "999999"},
        {"message": "x" * 1001},
    ],
)
def test_a_sponsor_who_cannot_be_is_refused(admin: Browser, wrong: Mapping[str, object]) -> None:
    answer = admin.post("/setup/2", APPOINTED | dict(wrong), at="/setup/2")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert reached(admin) == 2


def test_a_photo_is_known_by_its_bytes_not_its_name(admin: Browser) -> None:
    assert send(admin, 2, {**APPOINTED, "photo": (io.BytesIO(b"<svg/>"), "iris.png")})[0] == 422


def test_the_block_is_reserved_in_its_zone(admin: Browser) -> None:
    assert send(admin, 3, BLOCK) == (303, "/setup/4")
    with admin.app.app_context():
        block, agency = newest(Scope(_program().id)), the_agency()
        assert block
        assert (block.weekday, block.starts, block.minutes) == (2, 9 * 60 + 15, 60)
        assert agency
        assert agency.timezone == "Europe/Brussels"


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": "7"},
        {"starts": "25:00"},
        {"starts": ""},
        {"minutes": "10"},
        {"minutes": "x"},
        {"starts": "23:30"},
        {"timezone": "Europe/Nowhere"},
    ],
)
def test_a_block_that_cannot_be_is_refused(admin: Browser, wrong: dict[str, str]) -> None:
    assert send(admin, 3, BLOCK | wrong)[0] == 422


def test_points_chosen_in_the_setup_count_at_once(admin: Browser) -> None:
    with admin.app.app_context():
        kinds = action_kind.kinds_of(_program().id)
    chosen = {f"points-{kind.id}": "25" for kind in kinds}
    assert send(admin, 4, chosen) == (303, "/setup/5")
    with admin.app.app_context():
        rules = kind_rule.rules_on(_program().id, clock.now().date())
        assert {rule.points for rule in rules.values()} == {25}


def test_points_out_of_bounds_are_refused(admin: Browser) -> None:
    with admin.app.app_context():
        kinds = action_kind.kinds_of(_program().id)
    assert send(admin, 4, {f"points-{kind.id}": "-1" for kind in kinds})[0] == 422


def test_people_are_invited_by_lines_each_once(admin: Browser) -> None:
    lines = "Fleur Prins, fleur@noord.nl\r\n\r\nGijs Kok <gijs@noord.nl>\nHugo Vos\thugo@noord.nl\nF., FLEUR@noord.nl\n"
    known = "Sanne de Vries; sanne@voorbeeld.nl"
    assert send(admin, 5, {"people": lines + known}) == (303, "/setup/6")
    with admin.app.app_context():
        query = select(Person.name).where(Person.email.endswith("@noord.nl"), Person.role == Role.RECRUITER)
        assert set(db.session.scalars(query)) == {"F.", "Gijs Kok", "Hugo Vos"}
        assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == 3


@pytest.mark.parametrize("line", ["Fleur Prins", "fleur@noord.nl", "Fleur, noord.nl", "a, a@b.nl\n" * 501])
def test_a_line_that_is_no_person_is_refused_and_kept(admin: Browser, line: str) -> None:
    answer = admin.post("/setup/5", {"people": line}, at="/setup/5")
    assert answer.status_code == 422
    assert line[:9] in answer.text


def test_an_address_that_was_taken_meanwhile_keeps_what_was_typed(
    admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.blueprints.setup.steps.by_email", lambda _address: None)
    lines = "Fleur Prins, fleur@noord.nl\nSanne, sanne@voorbeeld.nl"
    answer = admin.post("/setup/5", {"people": lines}, at="/setup/5")
    assert answer.status_code == 422
    assert "sanne@voorbeeld.nl" in answer.text
    with admin.app.app_context():
        assert db.session.scalar(select(Person).where(Person.email == "fleur@noord.nl")) is None


@pytest.mark.parametrize(
    ("to", "url"), [("import", "/candidates/import"), ("add", "/candidates/new"), ("later", "/"), ("elsewhere", "/")]
)
def test_the_last_step_leads_on(admin: Browser, to: str, url: str) -> None:
    assert send(admin, 6, {"to": to}) == (303, url)
