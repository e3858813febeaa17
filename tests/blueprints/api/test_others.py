"""Touchpoints, boards, competitions, rewards and figures through the API."""

from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Branch, Team
from app.domain.game.rewarding import reward
from app.domain.game.rewarding.reward import RewardKind
from app.domain.program.program import the_program
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.people import Browser, People


@pytest.fixture
def noor(browser: Browser, people: People) -> int:
    with browser.app.app_context():
        row = make.candidate("Noor Willems", owner=people.sanne)
        db.session.commit()
        return row.id


def test_what_a_candidate_did_moves_the_score(sanne: Client, noor: int, people: People) -> None:
    path = f"/candidates/{noor}/touchpoints"
    told = sanne.post(path, {"kind": "event_attended", "note": "Open dag", "external_id": "E-1"})
    assert (told.status_code, told.json["kind"], told.json["recorded_by_id"]) == (
        201,
        "event_attended",
        people.sanne.id,
    )
    assert sanne.post(path, {"kind": "event_attended", "external_id": "E-1"}).json["id"] == told.json["id"]
    assert sanne.post(path, {"kind": "job_view", "external_id": "E-1"}).status_code == 409
    assert sanne.get(f"/candidates/{noor}").json["score"] > 0
    assert [each["id"] for each in sanne.get(path).json["items"]] == [told.json["id"]]


def test_it_is_taken_back_by_whose_program_told_it(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    told = sanne.post(f"/candidates/{noor}/touchpoints", {"kind": "event_attended"}).json
    path = f"/touchpoints/{told['id']}/reversal"
    assert client_of(browser, people.bram).post(path).status_code == 409
    assert [sanne.post(path).json["reversed_at"] is not None for _ in range(2)] == [True, True]
    assert sanne.get(f"/candidates/{noor}").json["score"] in {None, 0}
    assert sanne.post("/touchpoints/999999/reversal").status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "unknown"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"occurred_at": "2099-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "1999-01-01T00:00:00Z"}, "occurred_at"),
        ({"note": "Is ziek"}, "note"),
        ({"verdict": "human"}, "verdict"),
    ],
)
def test_what_no_candidate_does(sanne: Client, noor: int, facts: dict[str, Any], field: str) -> None:
    answer = sanne.post(f"/candidates/{noor}/touchpoints", {"kind": "event_attended"} | facts)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_the_board_as_one_sees_it(sanne: Client, noor: int) -> None:
    earned = sanne.post("/actions", {"candidate_id": noor, "outcome": "spoke"}).json["points"]
    board = sanne.get("/boards/people").json
    assert (board["scope"], board["compared"], board["mine"]["points"]) == ("person", True, earned)
    assert [(row["name"], row["me"]) for row in board["rows"]] == [("Sanne de Vries", True)]
    assert set(board["rows"][0]) == {"place", "shared", "name", "score", "me"}
    assert sanne.get("/boards/teams?period=month").json["scope"] == "team"


@pytest.mark.parametrize(
    "asked", ["period=day", "day=2099-01-01", "day=0001-01-01", "day=x", "period=season", "who=me"]
)
def test_no_board(sanne: Client, asked: str) -> None:
    assert sanne.get(f"/boards/people?{asked}").status_code == 422


def test_competitions_that_one_may_see(sanne: Client, browser: Browser, people: People) -> None:
    assert sanne.get("/contests").json["items"] == []
    assert sanne.get("/contests/999999").status_code == 404


def test_asking_for_a_reward_once(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    earned = sanne.post("/actions", {"candidate_id": noor, "outcome": "spoke"}).json["points"]
    reward_id = offer_a_mug(browser, people, earned)
    told = sanne.get("/rewards").json
    assert (told["coins"], [(each["title"], each["hindrance"]) for each in told["items"]]) == (earned, [("Mok", None)])
    path = f"/rewards/{reward_id}/redemptions"
    assert sanne.post(path, {"price": earned - 1}).status_code == 409
    asked = [sanne.post(path, {"price": earned}, Idempotency_Key="mok").json for _ in range(2)]
    assert asked[0] == asked[1]
    assert sanne.get("/rewards").json["coins"] == 0
    assert [each["id"] for each in sanne.get("/redemptions").json["items"]] == [asked[0]["id"]]
    cancelled = f"/redemptions/{asked[0]['id']}/cancellation"
    assert client_of(browser, people.ines).post(cancelled).status_code == 404
    assert sanne.post(cancelled).json["state"] == "cancelled"
    assert sanne.post(cancelled).status_code == 409
    assert sanne.get("/rewards").json["coins"] == earned


def test_requests_are_told_to_whom_the_pages_tell_them(
    sanne: Client, noor: int, browser: Browser, people: People
) -> None:
    earned = sanne.post("/actions", {"candidate_id": noor, "outcome": "spoke"}).json["points"]
    asked = sanne.post(f"/rewards/{offer_a_mug(browser, people, earned)}/redemptions", {"price": earned}).json
    ines, bram = client_of(browser, people.ines), client_of(browser, people.bram)
    assert asked["person_id"] == people.sanne.id
    path = f"/redemptions/{asked['id']}"
    assert [who.get(path).status_code for who in (sanne, ines, bram)] == [200, 200, 404]
    assert ines.get(path).json == asked
    for query, seen in (
        ("", [asked]),
        (f"?person_id={people.sanne.id}&state=requested", [asked]),
        (f"?person_id={people.ines.id}", []),
        ("?state=fulfilled", []),
    ):
        assert ines.get(f"/redemptions{query}").json["items"] == seen
        assert bram.get(f"/redemptions{query}").json["items"] == []
    assert ines.post(f"{path}/cancellation").status_code == 404, "only who asked for it gives it up by the API"


def test_requests_come_a_page_at_a_time(sanne: Client, noor: int, browser: Browser, people: People) -> None:
    earned = sanne.post("/actions", {"candidate_id": noor, "outcome": "spoke"}).json["points"]
    path = f"/rewards/{offer_a_mug(browser, people, earned // 3)}/redemptions"
    made = [sanne.post(path, {"price": earned // 3}).json["id"] for _ in range(3)]
    assert whole(sanne, "/redemptions?limit=2") == made[::-1]


def whole(client: Client, path: str) -> list[int]:
    """The ids of a list, page by page as its next says."""
    found, cursor = list[int](), cast("str | None", "")
    while cursor is not None:
        told = client.get(f"{path}&after={cursor}").json
        found, cursor = [*found, *(each["id"] for each in told["items"])], told["next"]
    return found


def test_people_teams_and_branches_come_a_page_at_a_time(sanne: Client, browser: Browser, people: People) -> None:
    with browser.app.app_context():
        here, teams, branches = (
            db.session.scalars(select(of.id).order_by(of.id)).all() for of in (Person, Team, Branch)
        )
    assert whole(sanne, "/teams?limit=1") == sorted(teams)
    assert whole(sanne, "/branches?limit=1") == sorted(branches)
    assert whole(sanne, "/people?limit=3") == sorted({*here} - {people.gone.id})
    zwolle = sanne.get("/teams").json["items"][0]
    assert (zwolle["id"], zwolle["name"]) == (people.sanne.team_id, "Zwolle")
    assert zwolle["branch_id"] in [each["id"] for each in sanne.get("/branches").json["items"]]


def test_whoever_has_a_token_knows_the_teams(browser: Browser, people: People) -> None:
    ines = client_of(browser, people.ines, [Scope.FIGURES_READ])
    (team, *_), (branch, *_) = (ines.get(f"/{each}").json["items"] for each in ("teams", "branches"))
    told = ines.get(f"/figures?team_id={team['id']}&branch_id={branch['id']}").json
    assert (told["scope"]["team"], told["scope"]["branch"]) == (team["id"], branch["id"])


def offer_a_mug(browser: Browser, people: People, price: int) -> int:
    with browser.app.app_context():
        program = the_program()
        assert program is not None
        texts: Any = {"title_nl": "Mok", "title_en": "", "text_nl": "", "text_en": ""}
        limits: Any = {"per_person": None, "level": 0, "first": None, "last": None, "approval": True}
        offer: Any = texts | limits | {"kind": RewardKind.GOODS, "price": price, "cents": 0}
        mug = reward.add(program.id, stock=3, by=people.ines, now=clock.now(), **offer)
        db.session.commit()
        return mug.id


@pytest.mark.parametrize("role", list(Role))
def test_figures_are_for_those_who_see_the_page(role: Role, browser: Browser, people: People) -> None:
    named = {Role.RECRUITER: people.sanne, Role.MEMBER: people.tess, Role.LEAD: people.lead}
    person = named.get(role) or (people.ines if role == Role.SPONSOR else people.ada)
    answer = client_of(browser, person).get("/figures?period=12")
    assert answer.status_code == (200 if role in {Role.SPONSOR, Role.ADMIN} else 403)
    if answer.status_code == 200:
        assert answer.json["scope"]["period"] == "12"
        with browser.app.app_context():
            assert [each.what for each in db.session.query(AuditEntry)] == ["figures.fetched"]


def test_a_moment_ahead_of_ours_a_little_is_now(sanne: Client, noor: int) -> None:
    soon = (clock.now() + timedelta(minutes=2)).isoformat()
    answer = sanne.post(f"/candidates/{noor}/touchpoints", {"kind": "event_attended", "occurred_at": soon})
    assert answer.status_code == 201
