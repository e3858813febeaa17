"""How a competition stands and what came of it through the API: what its page tells, under the same gates."""

import hashlib
from datetime import timedelta
from typing import Any, cast

import orjson
import pytest
import time_machine
from sqlalchemy import select

from app.blueprints.api.contest_schemas import LineTold, PrizeTold, SnapshotTold
from app.db import db
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.game import appearance
from app.domain.game.competing import cancelling
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.program.program import withdraw_consent
from tests.blueprints.api.conftest import Answer, client_of
from tests.blueprints.api.described import assert_described
from tests.blueprints.contests.conftest import NOW, Field
from tests.domain.game.competing.arena import FINAL, FRIDAY, GRACE_OVER, PLACES

DAY = timedelta(days=1)
FACTS = {Format.BRACKET: {"last": FRIDAY + 7 * DAY}}
GOAL = {"goal": 400, "step": 100}
ADDRESSES = ("standing", "result", "snapshot")


def ask(pitch: Field, person: Person, contest: int, what: str) -> Answer:
    return client_of(pitch.browser, person).get(f"/contests/{contest}/{what}")


def standing(pitch: Field, person: Person, contest: int) -> Any:  # noqa: ANN401 - JSON
    answer = ask(pitch, person, contest, "standing")
    assert answer.status_code == 200
    return answer.json


@pytest.mark.parametrize("format_", Format)
def test_every_format_is_told_before_while_and_after(pitch: Field, format_: Format) -> None:
    contest, sanne = pitch.contest(format_, **GOAL, **FACTS.get(format_, {})), pitch.people.sanne
    with time_machine.travel(NOW - 4 * DAY, tick=False):
        told = standing(pitch, sanne, contest)
        assert (told["state"], told["people"], told["rows"], told["rounds"]) == ("published", 5, [], [])
    pitch.seat()
    for number, person in enumerate((sanne, pitch.people.bram, pitch.people.lead), 1):
        pitch.earn(person, 100 * number)
    told = standing(pitch, sanne, contest)
    assert (told["state"], told["mine"]["brought"]) == ("live", 100)
    assert_described(pitch.browser, sanne, "api.contests_standing", path_parameters={"competition_id": contest})
    assert ask(pitch, sanne, contest, "result").status_code == 404
    with time_machine.travel(FINAL + 8 * DAY, tick=False):
        pitch.finish(contest, FINAL + 7 * DAY)
        assert standing(pitch, sanne, contest)["state"] == "rewarded"
        for what in ("standing", "result"):
            assert_described(pitch.browser, sanne, f"api.contests_{what}", path_parameters={"competition_id": contest})
        told = ask(pitch, sanne, contest, "result").json
        assert (told["final"], told["winners"]) == (True, [])
        assert told["outcome"] in pitch.page(sanne).get("/contests").text


def test_places_with_what_is_missing_to_the_next(pitch: Field) -> None:
    contest, people = pitch.contest(), pitch.people
    pitch.earn(people.sanne, 300)
    pitch.earn(people.bram, 200)
    told = standing(pitch, people.bram, contest)
    assert [(row["place"], row["name"], row["me"]) for row in told["rows"]] == [
        (1, "Sanne de Vries", False),
        (2, "Bram Jansen", True),
    ]
    mine, (first, second) = told["mine"], told["rows"]
    assert (mine["place"], mine["score"], mine["next_place"]) == (2, second["score"], 1)
    assert mine["missing"] == first["score"] - second["score"] > 0
    assert set(first) == {"place", "shared", "name", "score", "me"}, "what somebody else brought is theirs"
    assert standing(pitch, people.ines, contest)["mine"] is None


def test_a_colleague_who_does_not_appear_has_no_name(pitch: Field) -> None:
    contest, people = pitch.contest(prizes=PLACES), pitch.people
    pitch.earn(people.otto, 300)
    pitch.do(lambda: appearance.choose(people.otto, appearance.HIDDEN, NOW))
    assert [row["name"] for row in standing(pitch, people.bram, contest)["rows"]] == [None, "Bram Jansen"]
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        assert [won["name"] for won in ask(pitch, people.bram, contest, "result").json["winners"]] == [None]
        assert [won["name"] for won in ask(pitch, people.otto, contest, "result").json["winners"]] == [people.otto.name]


def test_where_people_are_not_compared_one_is_told_of_oneself(pitch: Field) -> None:
    contest, people = pitch.contest(), pitch.people
    pitch.earn(people.sanne, 100)
    pitch.earn(people.bram, 200)
    pitch.do(lambda: withdraw_consent(pitch.here.scene.program_id, NOW))
    told = standing(pitch, people.sanne, contest)
    assert (told["compared"], [row["name"] for row in told["rows"]]) == (False, ["Sanne de Vries"])
    assert told["mine"]["next_place"] is None


def test_who_is_in_the_draw_is_named_and_how_far_others_are_is_not(pitch: Field) -> None:
    contest, people = pitch.contest(Format.THRESHOLD, **GOAL), pitch.people
    for person, points in ((people.sanne, 100), (people.bram, 500), (people.otto, 500)):
        pitch.earn(person, points)
    pitch.do(lambda: appearance.choose(people.otto, appearance.HIDDEN, NOW))
    told = standing(pitch, people.sanne, contest)
    assert told["draw"] == {"people": 2, "names": ["Bram Jansen"], "nameless": 1}
    assert (told["rows"], told["mine"]["place"], told["mine"]["tickets"]) == ([], None, 0)
    assert standing(pitch, people.bram, contest)["mine"]["tickets"] > 0


def test_the_place_of_a_team_is_that_of_all_on_it(pitch: Field) -> None:
    contest, people = pitch.contest(Format.TEAMS), pitch.people
    pitch.earn(people.sanne, 100)
    told = standing(pitch, people.bram, contest)
    first = told["sides"][0]
    assert (first["name"], first["place"], first["mine"]) == ("Zwolle", 1, True)
    assert (told["mine"]["place"], told["mine"]["brought"]) == (1, 0)
    assert standing(pitch, people.otto, contest)["mine"]["place"] is None


def test_a_score_is_told_to_the_two_who_meet(pitch: Field) -> None:
    contest = pitch.contest(Format.HEAD_TO_HEAD)
    pitch.seat()
    pitch.earn(pitch.people.lead, 100)
    (round_,) = standing(pitch, pitch.people.lead, contest)["rounds"]
    met = [[one for one in (pair["first"], pair["second"]) if one] for pair in round_["pairs"]]
    (mine,) = [pair for pair in met if any(one["me"] for one in pair)]
    assert [one["ahead"] for one in mine] == [one["me"] for one in mine]
    assert all(one["score"] is not None for one in mine)
    others = [one for pair in met if pair is not mine for one in pair]
    assert len(others) > 2
    assert {one["score"] for one in others} == {None}


def test_a_result_is_provisional_and_then_final(pitch: Field) -> None:
    contest, people = pitch.contest(prizes=PLACES), pitch.people
    pitch.earn(people.sanne, 300)
    pitch.earn(people.bram, 200)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        told = ask(pitch, people.bram, contest, "result").json
    assert (told["final"], told["outcome"]) == (True, "Gewonnen door Sanne de Vries")
    facts = [(won["place"], won["name"], won["cents"], won["me"], won["everybody"]) for won in told["winners"]]
    assert facts == [(1, "Sanne de Vries", 50_00, False, False), (2, "Bram Jansen", 20_00, True, False)]


def test_what_can_still_be_objected_to_has_no_digest(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAM_GOAL, goal=100)
    pitch.earn(pitch.people.sanne, 300)
    with time_machine.travel(GRACE_OVER, tick=False):
        pitch.review(contest)
        told = ask(pitch, pitch.people.bram, contest, "result").json
    assert (told["final"], told["digest"]) == (False, None)


def test_a_prize_for_everybody_of_a_side_is_told_once(pitch: Field) -> None:
    each = PrizePlan(PrizeKind.TEAM, "Taart", 1_00, per_person=True)
    contest = pitch.contest(Format.TEAMS, prizes=(each,))
    pitch.earn(pitch.people.sanne, 300)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        (won,) = ask(pitch, pitch.people.bram, contest, "result").json["winners"]
    assert (won["side"], won["name"], won["everybody"], won["me"]) == ("Zwolle", None, True, True)
    assert won["people"] > 1


def test_the_snapshot_is_for_who_may_look_at_people_one_by_one(pitch: Field) -> None:
    contest, people = pitch.contest(Format.MOST, prizes=PLACES), pitch.people
    pitch.earn(people.sanne, 300)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        assert ask(pitch, people.bram, contest, "snapshot").status_code == 404
        answer = ask(pitch, people.ines, contest, "snapshot")
        of = {"path_parameters": {"competition_id": contest}}
        assert_described(pitch.browser, people.ines, "api.contests_snapshot", **of)
        digest = ask(pitch, people.ines, contest, "result").json["digest"]
        pitch.do(lambda: withdraw_consent(pitch.here.scene.program_id, FINAL))
        assert ask(pitch, people.ines, contest, "snapshot").status_code == 404
    assert hashlib.sha256(answer.data).hexdigest() == digest
    assert answer.headers["Cache-Control"] == "no-store"
    told = orjson.loads(answer.data)
    assert set(told) == set(SnapshotTold().fields)
    assert set(told["people"][0]) == set(LineTold().fields)
    assert set(told["prizes"][0]) == set(PrizeTold().fields)
    written = pitch.do(lambda: db.session.scalars(select(AuditEntry.what).where(AuditEntry.what.like("result%"))).all())
    assert written == ["result.fetched"] * 2


def test_it_is_nobodys_for_whom_it_is_not(pitch: Field) -> None:
    people = pitch.people
    contest = pitch.contest(Format.TEAM_GOAL, goal=100, audience=Audience.TEAM, audience_ids=[people.sanne.team_id])
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        assert {ask(pitch, people.otto, contest, what).status_code for what in ADDRESSES} == {404}
        assert {ask(pitch, people.ines, contest, what).status_code for what in ADDRESSES} == {200}


def test_of_a_draft_and_of_one_that_was_called_off_nothing_is_told(pitch: Field) -> None:
    ines = pitch.people.ines
    draft = pitch.do(lambda: pitch.here.draft().id)
    contest = pitch.contest()
    pitch.do(lambda: _call_off(contest, ines))
    assert {ask(pitch, ines, each, what).status_code for each in (draft, contest) for what in ADDRESSES} == {404}


def _call_off(contest: int, by: Person) -> None:
    cancelling.cancel(db.session.get_one(Competition, contest), "Ziek", by=by, now=NOW)


def test_all_of_them_come_a_page_at_a_time(pitch: Field) -> None:
    made = [pitch.contest(by_choice=True) for _ in range(3)]
    draft = pitch.do(lambda: pitch.here.draft().id)
    sanne, ines = (client_of(pitch.browser, person) for person in (pitch.people.sanne, pitch.people.ines))
    found, cursor = list[int](), cast("str | None", "")
    while cursor is not None:
        told = sanne.get(f"/contests?limit=2&after={cursor}").json
        found, cursor = [*found, *(each["id"] for each in told["items"])], told["next"]
    assert found == made[::-1]
    assert [each["id"] for each in ines.get("/contests").json["items"]] == [draft, *made[::-1]]
