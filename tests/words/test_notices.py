"""What stands under the bell: told by the commands in which it happens, and said as it is when it is read."""

from datetime import datetime
from typing import Any

import pytest

from app.db import db
from app.domain.actions import choosing_time, own_data
from app.domain.agency.person import Person
from app.domain.candidates.link import LinkPurpose
from app.domain.game.competing import finalising
from app.domain.game.recognition import giving, surprise, value
from app.domain.game.recognition.giving import Praise
from app.domain.game.recognition.surprise import Gift
from app.domain.game.rewarding import deciding
from app.domain.notices import notice
from app.domain.oversight import anomaly
from app.domain.program.program import Program, the_program
from app.language import in_language
from app.words import notices
from jobs import due_letters
from tests.domain.actions.own import Own
from tests.domain.actions.test_choosing_time import HOST, SECOND, offered
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FINAL, GRACE_OVER
from tests.domain.game.competing.test_announcing import at
from tests.domain.game.rewarding.shop import TODAY, Shop, new_key, open_shop
from tests.domain.game.scene import ZONE
from tests.domain.scoring.scene import NOW
from tests.jobs.test_contest_letters import goal
from tests.people import make_people

pytestmark = pytest.mark.usefixtures("session")


def told(reader: Person, now: datetime = NOW) -> list[tuple[str, str, str]]:
    """What somebody reads, newest first: the sentence, what is beside it, and where it leads."""
    with in_language("nl"):
        lines = notices.lines(notice.of_page(f"person:{reader.id}").rows, reader, now)
    return [(line.sentence, line.more, line.path) for line in lines if line.icon]


def program() -> Program:
    found = the_program()
    assert found
    return found


@pytest.fixture
def shop() -> Shop:
    found = open_shop()
    found.earn(500)
    return found


def test_what_only_a_later_version_knows_keeps_nobody_from_the_rest(shop: Shop) -> None:
    shop.ask(shop.offer())
    notice.tell("of_tomorrow", [f"person:{shop.people.ines.id}"], period="1", facts={}, now=shop.now)
    assert len(told(shop.people.ines)) == 1


def test_a_reward_that_waits_and_what_was_decided(shop: Shop) -> None:
    row, people = shop.ask(shop.offer()), shop.people
    assert told(people.ines) == [("Sanne de Vries vraagt aan: Boekenbon", "", "/budget/requests")]
    deciding.approve(row, by=people.ines, now=shop.now)
    assert (told(people.ines), told(people.sanne)) == ([], [("Toegekend: Boekenbon", "", "/rewards")])
    deciding.cancel(row, by=people.sanne, now=shop.now)
    assert len(told(people.sanne)) == 1


def test_a_reward_that_needs_nobodys_word_waits_to_be_handed_over(shop: Shop) -> None:
    shop.ask(shop.offer(approval=False))
    assert [sentence for sentence, *_ in told(shop.people.ines)] == ["Uit te reiken aan Sanne de Vries: Boekenbon"]


def test_kudos_and_a_surprise(shop: Shop) -> None:
    people = shop.people
    value.start(program().id, by=people.ines)
    praise = Praise(people.bram.id, value.standing(program().id)[0].id, "Dank voor gisteren")
    given = giving.give(program(), praise, by=people.sanne, key=new_key(), now=shop.now, zone=ZONE)
    ((sentence, more, path),) = told(people.bram)
    assert (sentence.startswith("Pluim van Sanne de Vries voor"), more, path) == (True, "Dank voor gisteren", "/kudos")
    given.row.hidden_at = shop.now
    assert told(people.bram)[0][1] == ""
    facts: dict[str, Any] = {"by": people.ines, "today": TODAY, "now": shop.now, "key": new_key()}
    surprise.give(program(), people.tess, Gift("Zo hielp jij Willem verder"), **facts)
    assert told(people.tess) == [("De sponsor heeft een compliment voor je", "Zo hielp jij Willem verder", "/feed")]


def test_the_moments_of_a_competition_and_what_was_won() -> None:
    here = arena.start()
    row, sanne = goal(here), here.scene.people.sanne
    db.session.commit()
    due_letters.competitions("test", at(16))
    path = f"/contests/{row.id}"
    assert told(sanne) == [("Samen naar 200 begint", "", path)]
    assert finalising.review(row, GRACE_OVER)
    assert finalising.finalise(row, FINAL)
    db.session.commit()
    due_letters.competitions("test", FINAL)
    newest = (
        "De uitslag van Samen naar 200 is definitief",
        "Je hebt gewonnen: Taart voor iedereen. Gefeliciteerd!",
        path,
    )
    assert told(sanne)[0] == newest


def test_a_time_that_was_chosen() -> None:
    own = Own()
    choosing_time.choose(offered(own), SECOND, NOW, HOST)
    ((sentence, _, path),) = told(own.people.sanne)
    assert sentence.startswith(f"{own.pieter.name} koos een tijd: ")
    assert path == f"/candidates/{own.pieter.id}"


def test_somebody_who_asks_to_be_forgotten_and_stays_after_all() -> None:
    own = Own()
    visit = own.visit(LinkPurpose.KNOWN)
    own_data.ask_erasure(visit, NOW, HOST)
    assert told(own.people.ada)[0][0] == f"{own.pieter.name} vraagt om vergeten te worden"
    own_data.take_erasure_back(visit, NOW)
    assert told(own.people.ada) == []


def test_what_stands_out_and_what_ends() -> None:
    people = make_people()
    anomaly.keep({people.sanne.id: {"burst": {"count": 14}}}, NOW.date(), NOW, "test")
    notice.tell("retention", [f"person:{people.sanne.id}"], period="1", facts={}, now=NOW)
    assert {path for *_, path in told(people.sanne)} == {"/account/recorded", "/candidates"}


@pytest.mark.parametrize(
    ("kind", "facts", "path"),
    [
        ("competition", {"competition_id": 9, "moment": "start"}, ""),
        ("reward_decided", {"redemption_id": 9, "state": "approved"}, "/rewards"),
        ("reward_waits", {"redemption_id": 9, "state": "requested"}, "/budget/requests"),
        ("kudos", {"kudos_id": 9}, "/kudos"),
        ("surprise", {"surprise_id": 9}, "/feed"),
    ],
)
def test_what_is_not_there_any_more_is_said_without_names(kind: str, facts: dict[str, object], path: str) -> None:
    reader = make_people().sanne
    notice.tell(kind, [f"person:{reader.id}"], period="1", facts=facts, now=NOW)
    ((sentence, more, leads),) = told(reader)
    assert (bool(sentence), more, leads) == (True, "", path)
