"""The queue in a browser without JavaScript, with two tabs and two devices, and what a script gets instead."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from app.db import db
from app.domain.actions import action, claim, response
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates import contact_state, hot_trigger
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.custody import anonymise
from app.domain.journey.touchpoint import Hit
from app.domain.program.block import Block as Weekly
from tests.blueprints.block.scene import Block
from tests.blueprints.today.scene import NOW

MINUTE = timedelta(minutes=1)


def test_looking_claims_nobody_and_begins_nothing(block: Block) -> None:
    assert "3 kandidaten staan voor je klaar" in block.page()
    assert block.states() == []


def test_beginning_brings_the_first_card(block: Block) -> None:
    answer = block.begin()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/block")
    assert (block.name(), len(block.states())) == ("Bram Willems", 3)


def test_between_two_short_blocks_it_is_as_long_as_it_says(block: Block) -> None:
    with block.sanne.app.app_context():
        db.session.execute(update(Weekly).values(minutes=5))
        db.session.commit()
    assert "3 kandidaten staan voor je klaar" in block.page()
    block.begin()
    assert len(block.states()) == 3


def test_one_press_logs_and_brings_the_next(block: Block) -> None:
    block.begin()
    assert block.log().status_code == 303
    assert (block.name(), block.logged()) == ("Chantal de Groot", ["spoke"])
    assert "Vastgelegd voor Bram: 50 punten (30 + 20 wachtte te lang)." in block.page()


def test_a_script_gets_the_queue_and_ones_place(block: Block) -> None:
    block.begin()
    html = block.log(part=True).text
    assert html.lstrip().startswith('<section id="queue"')
    assert "Chantal de Groot" in html
    assert 'hx-target=".place-strip"' in html
    assert "<html" not in html
    assert block.sanne.get("/block", part=True, budget=28).text.lstrip().startswith('<section id="queue"')


def test_the_last_card_counts_the_weeks_in_a_row_anew(block: Block) -> None:
    block.begin()
    assert all('id="queue-streak" hx-preserve' in block.log(part=True).text for _ in range(2))
    assert 'id="queue-streak">' in block.log(part=True).text


def test_beginning_on_a_second_device_goes_on_where_one_was(block: Block) -> None:
    block.begin()
    block.log()
    telephone = block.sanne.sign_in(block.people.sanne)
    telephone.post("/block")
    assert "Chantal de Groot" in block.page(telephone)
    assert len(block.states()) == 3


def test_signing_out_and_in_again_loses_nothing(block: Block) -> None:
    block.begin()
    block.log()
    block.sanne.post("/account/sign-out", at="/account")
    block.sanne = block.sanne.sign_in(block.people.sanne)
    assert (block.name(), block.states()) == ("Chantal de Groot", ["done", "waiting", "waiting"])


def test_a_press_that_comes_twice_logs_once_and_says_nothing_of_it(block: Block) -> None:
    block.begin()
    card = block.card()
    for _ in range(2):
        html = block.log(card=card, key="a" * 32, part=True).text
    assert (block.logged(), block.name()) == (["spoke"], "Chantal de Groot")
    assert "al vastgelegd" not in html


def test_another_tab_that_was_left_behind_hears_it(block: Block) -> None:
    block.begin()
    card = block.card()
    block.log(card=card)
    html = block.log("no_answer", card=card, part=True).text
    assert "Bram was al vastgelegd; er is niets dubbel vastgelegd." in html
    assert block.logged() == ["spoke"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(block: Block) -> None:
    block.begin()
    answer = block.log("do_not_contact", note="Belt liever niet")
    assert (answer.status_code, block.logged()) == (422, [])
    assert "Zeg hoe ver dit gaat." in answer.text
    assert "Belt liever niet" in answer.text
    assert answer.text.count('<details class="more" open>') == 2
    answer = block.log("do_not_contact")
    assert answer.text.count('<details class="more" open>') == 1, "only where something is missing"
    part = block.log("later", promise_on="2026-03-01", part=True)
    assert (part.status_code, part.text.lstrip()[:8]) == (422, "<section")


def test_a_refusal_says_how_far_it_goes(block: Block) -> None:
    block.begin()
    missing = {"channel": "Zeg welk kanaal", "until": "Zeg vanaf welke dag"}
    for scope, sentence in missing.items():
        assert sentence in block.log("do_not_contact", scope=scope).text
    assert "een dag die nog komt" in block.log("has_work", until="2026-03-01").text
    assert block.log("do_not_contact", scope="until", until="2026-05-01").status_code == 303
    with block.sanne.app.app_context():
        paused = contact_state.lock(block.bram).paused_until
        assert paused
        assert paused.isoformat() == "2026-04-30T22:00:00+00:00"


def test_a_date_that_is_too_far_is_refused_beside_the_field(block: Block) -> None:
    block.begin()
    answer = block.log("later", promise_on="2030-01-01")
    assert (answer.status_code, block.logged()) == (422, [])


def test_a_note_that_says_too_much_is_logged_with_a_word_about_it(block: Block) -> None:
    block.begin()
    block.log(note="Is al weken ziek")
    assert "gezondheid" in block.page()


def test_skipping_back_and_next(block: Block) -> None:
    block.begin()
    block.press("next")
    assert block.name() == "Chantal de Groot"
    block.press("back")
    assert block.name() == "Bram Willems"
    card = block.card()
    for _ in range(2):
        block.press("skip", card, seen="waiting")
    assert (block.name(), block.states()) == ("Chantal de Groot", ["skipped", "waiting", "waiting"])


def test_who_is_with_a_colleague_is_passed_over_in_words(block: Block) -> None:
    block.begin()
    with block.sanne.app.app_context():
        claim.take(db.session.get_one(Person, block.people.bram.id), block.chantal, NOW)
        db.session.commit()
    html = block.log(part=True).text
    assert "Chantal de Groot is overgeslagen: Bram Jansen is hiermee bezig." in html
    assert block.states() == ["done", "gone", "waiting"]


@pytest.mark.parametrize("url", ["/candidates", "/log?q=bram", "/log?candidate={}"])
def test_colleagues_see_who_is_at_it(block: Block, url: str) -> None:
    block.begin()
    sentence = "Sanne de Vries is hiermee bezig"
    assert sentence in block.sanne.sign_in(block.people.bram).get(url.format(block.bram)).text
    assert sentence not in block.sanne.get(url.format(block.bram)).text


def test_a_claim_that_ran_out_is_seen_and_taken_again(block: Block) -> None:
    block.begin()
    with time_machine.travel(NOW + 11 * MINUTE, tick=False):
        with block.sanne.app.app_context():
            assert claim.take(db.session.get_one(Person, block.people.bram.id), block.bram, NOW + 11 * MINUTE)
            db.session.commit()
        block.press("hold")
        assert block.name() == "Chantal de Groot"


def test_opening_a_channel_keeps_the_candidate_and_asks_for_the_outcome(block: Block) -> None:
    block.begin()
    with time_machine.travel(NOW + 9 * MINUTE, tick=False):
        assert block.press("started", channel="phone").status_code == 204
        assert block.press("started", channel="pigeon").status_code == 404
    with block.sanne.app.app_context():
        assert contact_state.lock(block.bram).claimed_until == NOW + 19 * MINUTE


def test_the_next_step_is_changed_afterwards(block: Block) -> None:
    block.begin()
    card = block.card()
    block.log("later", card=card)
    assert "woensdag 11 maart 2026 om 09:00" in block.page()
    assert block.press("next-step", card, in_days="1", note="Nachtdienst").status_code == 303
    assert "donderdag 5 maart 2026 om 09:00" in block.page()
    assert block.press("next-step", card, promise_on="2026-03-01").status_code == 422
    block.press("next-step", card, in_days="0")
    assert "maart 2026" not in block.page()


def test_nothing_is_written_any_more_about_who_was_forgotten(block: Block) -> None:
    block.begin()
    card = block.card()
    block.log(card=card)
    block.sanne.post("/block/end")
    with block.sanne.app.app_context():
        anonymise.anonymise_many([block.bram], NOW)
        db.session.commit()
    assert block.press("next-step", card, in_days="1", note="Nachtdienst").status_code == 404


def test_when_who_is_on_the_screen_is_forgotten_the_next_one_is_there(block: Block) -> None:
    block.begin()
    with block.sanne.app.app_context():
        anonymise.anonymise_many([block.bram], NOW)
        db.session.commit()
    assert block.name() == "Chantal de Groot"
    block.press("skip", seen="waiting")
    assert block.name() == "Dirk Smit"


def test_after_a_day_the_next_step_stays_as_it_was(block: Block) -> None:
    block.begin()
    card = block.card()
    block.log(card=card)
    with block.sanne.app.app_context():
        db.session.execute(update(EngagementAction).values(recorded_at=NOW - timedelta(hours=25)))
        db.session.commit()
    assert block.press("next-step", card, in_days="1").status_code == 404


def test_the_last_signals_and_contacts_stand_beside_the_card(block: Block) -> None:
    with block.sanne.app.app_context():
        sanne, them = db.session.get_one(Person, block.people.sanne.id), db.session.get_one(Candidate, block.bram)
        at = NOW - timedelta(days=25)
        action.log(sanne, them, Outcome.NO_ANSWER, at=at, now=NOW, channel=Channel.PHONE, source="import")
        response.take_in(Hit(block.bram, "job_view", at, "website", "view-1"), NOW)
        db.session.commit()
    block.begin()
    html = block.page()
    assert "via telefoon" in html
    assert "Vacature bekeken" in html


def test_undo_brings_the_card_back(block: Block) -> None:
    block.begin()
    block.log()
    undo = re.search(r'action="(/actions/\d+/undo[^"]*)"', block.page())
    assert undo
    assert block.sanne.post(undo[1].replace("&amp;", "&")).headers["Location"] == "/block"
    assert (block.name(), block.logged()) == ("Bram Willems", [])


def test_who_became_hot_is_offered_and_comes_next(block: Block) -> None:
    block.begin()
    with block.sanne.app.app_context():
        hot = block.candidate("Eva Hart")
        hot_trigger.triggered(hot, "form", NOW + MINUTE)
        db.session.commit()
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        assert f"/block/hot/{hot}" in block.sanne.get("/block", budget=40).text
        assert "Eva komt hierna." in block.sanne.post(f"/block/hot/{hot}", part=True).text
        assert "hoeft niet meer" in block.sanne.post(f"/block/hot/{block.ottos}", part=True).text
        card = block.card()
        block.log(card=card)
        assert "Eva Hart</h2>" in block.sanne.get("/block", budget=40).text


def test_the_end_counts_what_was_done(block: Block) -> None:
    block.begin()
    block.log()
    block.log("no_answer")
    assert block.sanne.post("/block/end").status_code == 303
    html = block.page()
    assert "Je hebt 2 kandidaten benaderd" in html
    assert re.search(r"Gesproken</span><span[^>]*>1<", html)
    with time_machine.travel(NOW + 61 * MINUTE, tick=False):
        assert "Starten" in block.page()
    assert block.sanne.post("/block/end").status_code == 303


def test_a_queue_is_nobody_elses(block: Block) -> None:
    block.begin()
    card = block.card()
    bram = block.sanne.sign_in(block.people.bram)
    for what in ("outcome", "skip", "next", "back", "hold", "started", "next-step"):
        assert bram.post(f"/block/cards/{card}/{what}", {"outcome": "spoke"}).status_code == 404
    assert bram.post("/block", {"owner": block.people.sanne.id}).status_code == 404
    assert bram.post(f"/block/hot/{block.bram}").status_code == 404


def test_who_leads_the_team_works_the_pool_of_somebody(block: Block) -> None:
    lead = block.sanne.sign_in(block.people.lead)
    assert lead.post("/block", {"owner": block.people.sanne.id, "minutes": 9}).status_code == 303
    html = block.page(lead)
    assert "Bram Willems" in html
    assert "Voor Sanne de Vries" in html
    assert len(block.states()) == 2
