"""Tests of what a competition leaves: winners, the snapshot with its hash, the draw, and sides made for it."""

import hashlib
import re
from datetime import timedelta

import time_machine

from app.db import db
from app.domain.game import appearance
from app.domain.game.competing import drawing, handing
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.entrant import Entrant, Side
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.result import Amendment
from app.domain.program.program import withdraw_consent
from tests.blueprints.contests.conftest import NOW, Field
from tests.domain.game.competing.arena import FINAL, PLACES

DAY = timedelta(days=1)
RAFFLE = (PrizePlan(PrizeKind.RAFFLE, "Dinerbon", 25_00, number=2),)


def test_a_final_result_names_who_won_and_keeps_its_hash(pitch: Field) -> None:
    contest = pitch.contest(prizes=PLACES)
    pitch.earn(pitch.people.sanne, 300)
    pitch.earn(pitch.people.bram, 200)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        pitch.do(lambda: _hand_over(pitch, contest))
        pitch.do(lambda: db.session.add(Amendment(competition_id=contest, text="Na een vraag.", made_at=NOW)))
        html = pitch.page(pitch.people.bram).get(f"/contests/{contest}").text
        file = pitch.page(pitch.people.ines).get(f"/contests/{contest}/result.json")
        assert pitch.page(pitch.people.bram).get(f"/contests/{contest}/result.json").status_code == 404
        assert "Gewonnen door Sanne de Vries" in pitch.page(pitch.people.bram).get("/contests").text
    assert html.index("Sanne de Vries") < html.index("Bram Jansen (jij)")
    assert "uitgereikt" in html
    assert "Na een vraag." in html
    assert hashlib.sha256(file.data).hexdigest() in html
    assert file.headers["Cache-Control"] == "no-store"
    assert "Sanne" not in file.text


def test_the_snapshot_is_not_for_who_may_not_look_at_people(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAM_GOAL, goal=100)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        pitch.do(lambda: withdraw_consent(pitch.here.scene.program_id, FINAL))
        ines, url = pitch.page(pitch.people.ines), f"/contests/{contest}"
        assert "result.json" not in ines.get(url).text
        assert ines.get(f"{url}/result.json").status_code == 404


def _hand_over(pitch: Field, contest: int) -> None:
    for award in handing.awards_of(contest):
        handing.hand_over(award, by=pitch.people.ines, now=FINAL)


def test_a_prize_for_everybody_is_said_once(pitch: Field) -> None:
    each = PrizePlan(PrizeKind.TEAM, "Taart", 1_00, per_person=True)
    contest = pitch.contest(Format.TEAM_GOAL, goal=100, prizes=(each,))
    pitch.earn(pitch.people.sanne, 300)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        html = pitch.page(pitch.people.bram).get(f"/contests/{contest}").text
        assert "Gehaald: 300 van 100 punten" in pitch.page(pitch.people.bram).get("/contests").text
    assert html.count("Iedereen die meedeed") == 1


def test_the_side_that_won_is_named(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAMS, prizes=(PrizePlan(PrizeKind.TEAM, "Taart", 10_00),))
    pitch.earn(pitch.people.sanne, 300)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        assert "Gewonnen door Zwolle" in pitch.page(pitch.people.bram).get("/contests").text
        assert "Iedereen van Zwolle" in pitch.page(pitch.people.bram).get(f"/contests/{contest}").text


def test_without_a_winner(pitch: Field) -> None:
    contest = pitch.contest(prizes=PLACES)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        assert "Er is geen prijs gewonnen." in pitch.page(pitch.people.bram).get(f"/contests/{contest}").text
        assert "Zonder winnaar" in pitch.page(pitch.people.bram).get("/contests").text


def test_the_draw_is_committed_to_before_and_checked_afterwards(pitch: Field) -> None:
    contest = pitch.contest(Format.THRESHOLD, goal=100, step=100, prizes=RAFFLE)
    url, seed_hash = f"/contests/{contest}/raffle", pitch.do(lambda: _row(contest).seed_hash)
    before = pitch.page(pitch.people.sanne).get(url).text
    seed = pitch.do(lambda: _row(contest).seed)
    secret = drawing.secret(seed).hex()
    assert (seed_hash in before, secret in before) == (True, False)
    for person in (pitch.people.sanne, pitch.people.bram, pitch.people.otto):
        pitch.earn(person, 300)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        after = pitch.page(pitch.people.sanne).get(url).text
    assert (secret in after, seed.hex() in after) == (True, False)
    assert ">klopt<" in after.replace("\n", "").replace(" ", "")
    assert after.count("Dinerbon") == 2


def test_the_list_of_the_draw_leads_to_nobody_who_is_not_named(pitch: Field) -> None:
    contest = pitch.contest(Format.THRESHOLD, goal=100, step=100, prizes=RAFFLE)
    sanne, bram = pitch.people.sanne, pitch.people.bram
    for person in (sanne, bram):
        pitch.earn(person, 300)
    pitch.do(lambda: appearance.choose(bram, appearance.HIDDEN, NOW))
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        html = pitch.page(sanne).get(f"/contests/{contest}/raffle").text
    listed = dict(re.findall(r'<code>(\w{16})</code></td><th scope="row">([^<]*)<', html))
    seed = pitch.do(lambda: _row(contest).seed)
    assert listed == {drawing.code(seed, sanne.id): "Sanne de Vries (jij)", drawing.code(seed, bram.id): "Een collega"}


def test_a_list_that_was_changed_does_not_hold(pitch: Field) -> None:
    contest = pitch.contest(Format.THRESHOLD, goal=100, step=100, prizes=RAFFLE)
    pitch.earn(pitch.people.sanne, 300)
    with time_machine.travel(FINAL, tick=False):
        pitch.finish(contest)
        pitch.do(lambda: setattr(_row(contest), "seed", b"another"))
        assert "klopt niet" in pitch.page(pitch.people.sanne).get(f"/contests/{contest}/raffle").text


def _row(contest: int) -> Competition:
    return db.session.get_one(Competition, contest)


def test_people_are_moved_between_sides_until_it_begins(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAMS, sides=("Rood", "Blauw"))
    url, sanne = f"/contests/{contest}/sides", pitch.people.sanne
    with time_machine.travel(NOW - 4 * DAY, tick=False):
        ines = pitch.page(pitch.people.ines)
        assert "Rood" in ines.get(url).text
        assert pitch.page(sanne).get(url).status_code == 404
        other = pitch.do(lambda: _other_side(contest, sanne.id))
        ines.post(url, {"person_id": sanne.id, "side_id": other}, at=url)
        assert pitch.do(lambda: db.session.get_one(Entrant, (contest, sanne.id)).side_id) == other
        assert ines.post(url, {"person_id": 0, "side_id": other}, at=url).status_code == 422
        assert "Je zit in team" in pitch.page(sanne).get(f"/contests/{contest}").text
    ines = pitch.page(pitch.people.ines)
    ines.post(url, {"person_id": sanne.id, "side_id": other}, at=url)
    assert "iedereen blijft in het eigen team" in ines.get(url).text


def _other_side(contest: int, person_id: int) -> int:
    mine = db.session.get_one(Entrant, (contest, person_id)).side_id
    sides = db.session.query(Side.id).filter(Side.competition_id == contest, Side.id != mine)
    return int(sides.limit(1).scalar())


def test_a_side_is_chosen_by_who_has_none(pitch: Field) -> None:
    contest = pitch.contest(Format.TEAMS, by_choice=True)
    side = pitch.do(lambda: db.session.query(Side.id).filter(Side.competition_id == contest).limit(1).scalar())
    pitch.do(lambda: setattr(db.session.get_one(Entrant, (contest, pitch.people.tess.id)), "side_id", None))
    tess, url = pitch.page(pitch.people.tess), f"/contests/{contest}"
    assert "In welk team?" in tess.get(url).text
    tess.post(f"{url}/entry", {"side": "999"}, at=url)
    assert pitch.do(lambda: db.session.get_one(Entrant, (contest, pitch.people.tess.id)).side_id) is None
    tess.post(f"{url}/entry", {"side": str(side)}, at=url)
    assert pitch.do(lambda: db.session.get_one(Entrant, (contest, pitch.people.tess.id)).side_id) == side
