"""Merging and undoing: the history moves, refusals stand, and undoing is as if nothing had been."""

from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db import db
from app.domain.actions import history
from app.domain.actions.response import take_in
from app.domain.candidates import contact_flags, contact_state, identity, label, link, question, search
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.label import LabelKind
from app.domain.candidates.link import LinkPurpose
from app.domain.custody import merge, reference
from app.domain.custody.choice import FACTS, Side
from app.domain.custody.merge import Merge
from app.domain.custody.reference import pointing
from app.domain.journey.touchpoint import Hit
from app.domain.scoring import engagement, rules
from tests import make
from tests.domain.actions.test_action import NOW, Desk
from tests.domain.custody.lives import ACTS, HOUR, STEPS, Life, Step, everything, live

Tables = dict[str, list[dict[str, Any]]]
DAY = timedelta(days=1)
THEN = NOW + DAY
CHOICES = st.dictionaries(st.sampled_from(sorted(FACTS)), st.sampled_from(Side))


@pytest.fixture
def desk(session: None) -> Desk:
    rules.live_for_writing(NOW)
    return Desk()


def pair(desk: Desk) -> tuple[Candidate, Candidate]:
    return make.candidate(owner=desk.people.sanne), make.candidate(owner=desk.people.bram)


def merged(desk: Desk, kept: Candidate, other: Candidate, choices: dict[str, Side] | None = None) -> Merge:
    return merge.merge(kept, other, choices or {}, desk.people.lead, THEN)


def differences(before: Tables, after: Tables) -> dict[str, Any]:
    return {
        name: [(row, now) for row, now in zip_longest(rows, after[name]) if row != now]
        for name, rows in before.items()
        if rows != after[name]
    }


@settings(max_examples=25)
@given(STEPS, STEPS, CHOICES)
def test_merge_and_undo_is_an_identity(desk: Desk, one: list[Step], two: list[Step], choices: dict[str, Side]) -> None:
    kept, other = pair(desk)
    live(desk, kept, one)
    live(desk, other, two)
    search.refresh((kept.id, other.id))
    before = everything()
    row = merged(desk, kept, other, choices)
    assert differences(before, everything())
    merge.undo(row, THEN + DAY)
    assert differences(before, everything()) == {}


def adding(steps: list[Step]) -> list[Step]:
    """Steps that change no row that moved: an answer, a removed label or an application stays with its row."""
    changing = (Life.label, Life.question, Life.address, Life.contact, Life.application, Life.enthusiasm)
    return [step for step in steps if ACTS[step[0]] not in changing]


@settings(max_examples=15)
@given(STEPS, STEPS, STEPS.map(adding))
def test_what_was_done_since_stays_with_the_one_who_was_kept(
    desk: Desk, one: list[Step], two: list[Step], since: list[Step]
) -> None:
    kept, other = pair(desk)
    live(desk, kept, one)
    live(desk, other, two)
    search.refresh((kept.id, other.id))
    before = of_candidate(everything(), other.id)
    row = merge.merge(kept, other, {}, desk.people.lead, THEN)
    known = everything()
    live(desk, kept, since, THEN + HOUR)
    new = added(known, everything())
    merge.undo(row, THEN + 2 * DAY)
    assert of_candidate(everything(), other.id) == before
    assert all(each["candidate_id"] == kept.id for rows in new.values() for each in rows if "candidate_id" in each)
    for each in (kept, other):
        assert history.differences(each.id) == []


def added(before: Tables, after: Tables) -> Tables:
    """The rows with a number of their own that came since, as they are now."""
    known = {name: {old.get("id") for old in rows} for name, rows in before.items()}
    return {name: [row for row in rows if "id" in row and row["id"] not in known[name]] for name, rows in after.items()}


def of_candidate(tables: Tables, candidate_id: int) -> Tables:
    """The rows that speak of one candidate."""
    keys = {table.name: column.name for table, column in pointing() if column.name == "candidate_id"} | {
        "candidate": "id"
    }
    return {
        name: [row for row in tables[name] if row[key] == candidate_id] for name, key in keys.items() if name != "merge"
    }


def test_the_history_of_both_stands_with_one(desk: Desk) -> None:
    kept, other = pair(desk)
    desk.log(of=kept, at=NOW - DAY)
    desk.log(of=other, at=NOW)
    merged(desk, kept, other)
    state = contact_state.hold(kept.id)
    assert (state.attempts, state.last_attempt_at) == (2, NOW)
    assert contact_state.hold(other.id).owner_id is None


def test_the_score_is_that_of_all_touchpoints_together(desk: Desk) -> None:
    kept, other, alone = *pair(desk), make.candidate()
    for each, kinds in ((kept, ("form",)), (other, ("form", "inbound_reply")), (alone, ("form", "inbound_reply"))):
        for kind in kinds:
            take_in(Hit(each.id, kind, NOW, "test", f"{each.id}-{kind}"), NOW)
    merged(desk, kept, other)
    scores = [engagement.score_of(each.id, THEN).value for each in (kept, alone, other)]
    assert scores[0] == pytest.approx(scores[1])  # two forms of one day are one
    assert scores[2] == 0


def test_the_ledger_does_not_know_of_it(desk: Desk) -> None:
    kept, other = pair(desk)
    desk.log(of=other)
    before = everything()["ledger_entry"]
    merge.undo(merged(desk, kept, other), THEN)
    assert before
    assert everything()["ledger_entry"] == before


@pytest.mark.parametrize("side", Side)
def test_a_chosen_fact_stays(desk: Desk, side: Side) -> None:
    kept, other = pair(desk)
    kept.region, other.region = "Zwolle", "Breda"
    merged(desk, kept, other, {"region": side})
    assert kept.region == {Side.KEPT: "Zwolle", Side.OTHER: "Breda"}[side]


def test_without_a_choice_what_is_told_at_all_stays(desk: Desk) -> None:
    kept, other = pair(desk)
    other.region, other.travel_km, kept.travel_km = "Breda", 40, 20
    merged(desk, kept, other)
    assert (kept.region, kept.travel_km) == ("Breda", 20)


def test_a_fact_that_was_changed_since_stays_when_it_is_undone(desk: Desk) -> None:
    kept, other = pair(desk)
    other.region, other.role_sought = "Breda", "lasser"
    row = merged(desk, kept, other)
    kept.region = "Utrecht"
    merge.undo(row, THEN)
    assert [kept.region, kept.role_sought] == ["Utrecht", ""]


def test_the_number_that_is_not_chosen_is_still_known(desk: Desk) -> None:
    kept, other = pair(desk)
    kept.external_id, other.external_id = "K-1", "O-1"
    row = merged(desk, kept, other, {"external_id": Side.OTHER})
    assert (kept.external_id, other.external_id) == ("O-1", "K-1")
    assert identity.find_known(("K-1", "O-1"), ()).by_external_id == {"K-1": kept.id, "O-1": kept.id}
    merge.undo(row, THEN)
    assert (kept.external_id, other.external_id) == ("K-1", "O-1")


def test_a_number_that_went_to_somebody_else_since_does_not_come_back(desk: Desk) -> None:
    kept, other = pair(desk)
    other.external_id = "O-1"
    row = merged(desk, kept, other)
    kept.external_id = None
    db.session.flush()
    make.candidate(external_id="O-1")
    merge.undo(row, THEN)
    assert [each.external_id for each in (kept, other)] == [None, None]


def test_refusals_of_either_stand(desk: Desk) -> None:
    kept, other = pair(desk)
    contact_flags.refused(other.id, NOW)
    contact_flags.paused(kept.id, NOW + DAY)
    contact_flags.paused(other.id, NOW + 9 * DAY)
    row = merged(desk, kept, other)
    state = contact_state.hold(kept.id)
    assert (state.do_not_contact_at, state.paused_until) == (NOW, NOW + 9 * DAY)
    merge.undo(row, THEN)
    state = contact_state.hold(kept.id)
    assert (state.do_not_contact_at, state.paused_until) == (None, NOW + DAY)


def test_an_address_that_both_have_is_refused_when_one_refused_it(desk: Desk) -> None:
    kept, other = pair(desk)
    mine = identity.add(kept, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    theirs = identity.add(other, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    identity.mark(mine, IdentityState.VERIFIED, origin="reply", now=NOW)
    identity.mark(theirs, IdentityState.OPTED_OUT, origin="candidate", now=NOW - DAY)
    row = merged(desk, kept, other)
    (only,) = identity.identities_of(kept.id)
    assert (only.id, only.state, only.state_origin) == (mine.id, IdentityState.OPTED_OUT, "candidate")
    assert identity.find_known((), ("jan@voorbeeld.nl",)).by_address == {"jan@voorbeeld.nl": {kept.id}}
    merge.undo(row, THEN)
    assert mine.state == IdentityState.VERIFIED


def test_an_address_that_was_removed_and_came_again_stays(desk: Desk) -> None:
    kept, other = pair(desk)
    identity.add(other, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    row = merged(desk, kept, other)
    identity.remove(identity.identities_of(kept.id)[0], THEN + DAY)
    identity.add(kept, Channel.PHONE, "0612345678", THEN + DAY)
    merge.undo(row, THEN + DAY)
    assert [each.channel for each in identity.identities_of(kept.id)] == [Channel.PHONE]
    assert identity.identities_of(other.id) == []


def test_the_longer_certificate_counts(desk: Desk) -> None:
    kept, other = pair(desk)
    label.put(kept.id, LabelKind.CERTIFICATE, {"VCA": date(2026, 6, 1)}, NOW)
    label.put(other.id, LabelKind.CERTIFICATE, {"VCA": date(2027, 6, 1), "Heftruck": None}, NOW)
    merged(desk, kept, other)
    told = {each.name: each.until for each in label.of([kept.id])[kept.id]}
    assert told == {"VCA": date(2027, 6, 1), "Heftruck": None}


def test_whom_they_referred_and_who_was_merged_before_follow(desk: Desk) -> None:
    kept, other, friend, earlier = *pair(desk), make.candidate(), make.candidate()
    friend.referred_by_id, kept.referred_by_id = other.id, other.id

    def followed() -> list[int | None]:
        return [friend.referred_by_id, kept.referred_by_id, earlier.merged_into_id]

    merged(desk, other, earlier)
    row = merged(desk, kept, other)
    assert followed() == [kept.id, None, kept.id]
    merge.undo(row, THEN)
    assert followed() == [other.id, other.id, other.id]


def test_two_open_questions_are_one(desk: Desk) -> None:
    kept, other = pair(desk)
    for each in (kept, other):
        question.ask(each.id, "preference", channel=None, by_id=None, now=NOW)
    merge.undo(merged(desk, kept, other), THEN)
    assert question.open_question(other.id)


def test_an_answer_that_came_since_stays(desk: Desk) -> None:
    kept, other = pair(desk)
    question.ask(other.id, "preference", channel=None, by_id=None, now=NOW)
    row = merged(desk, kept, other)
    question.close(kept.id, "answered", THEN)
    merge.undo(row, THEN)
    assert question.open_question(other.id) is None


def test_a_link_opens_the_page_of_the_one_who_was_kept(desk: Desk) -> None:
    kept, other = pair(desk)
    made = link.make(other.id, LinkPurpose.REACH, by_id=None, now=NOW)
    merged(desk, kept, other)
    opened = link.opened(made.token, LinkPurpose.REACH, THEN)
    assert opened
    assert link.holder(opened) is kept


def test_who_is_merged_is_not_merged_again(desk: Desk) -> None:
    kept, other = pair(desk)
    merged(desk, kept, other)
    for one, two in ((other, kept), (kept, other), (kept, kept)):
        with pytest.raises(merge.Refused, match="gone"):
            merged(desk, one, two)


def test_an_undo_has_its_time_and_its_order(desk: Desk) -> None:
    kept, other = pair(desk)
    row, later = merged(desk, kept, other), merged(desk, kept, make.candidate())
    assert merge.of(kept.id, THEN) is later
    refusals = [(row, THEN, "newer_first"), (later, THEN + 31 * DAY, "too_late")]
    for each, at, why in refusals:
        with pytest.raises(merge.Refused, match=why):
            merge.undo(each, at)
    merge.undo(later, THEN)
    with pytest.raises(merge.Refused, match="undone"):
        merge.undo(later, THEN)
    merge.undo(row, THEN + 30 * DAY)
    assert merge.of(kept.id, THEN) is None


def test_who_was_merged_on_cannot_come_back_yet(desk: Desk) -> None:
    (kept, other), third = pair(desk), make.candidate()
    row = merged(desk, kept, other)
    merged(desk, third, kept)
    with pytest.raises(merge.Refused, match="gone"):
        merge.undo(row, THEN)


def test_whoever_may_see_the_kept_one_is_led_there(desk: Desk) -> None:
    kept, other = pair(desk)
    kept.branch_id = desk.people.sanne.team_id and make.branch("Oost").id
    assert merge.successor(desk.people.ada, other.id) is None
    merged(desk, kept, other)
    assert merge.successor(desk.people.ada, other.id) is kept
    assert merge.successor(desk.people.otto, other.id) is None
    assert merge.successor(desk.people.ada, 2**40) is None


def test_what_arrives_at_the_merged_one_is_gathered(desk: Desk) -> None:
    kept, other = pair(desk)
    row = merged(desk, kept, other)
    take_in(Hit(other.id, "form", THEN, "test", "late"), THEN)
    assert reference.astray(10) == {other.id: kept.id}
    assert merge.gather(THEN + DAY) == 1
    assert reference.astray(10) == {}
    assert engagement.score_of(kept.id, THEN).value > 0
    db.session.refresh(kept)
    assert kept.updated_at == THEN + DAY
    merge.undo(row, THEN)
    assert engagement.score_of(other.id, THEN).value > 0


def test_what_cannot_be_undone_is_forgotten(desk: Desk) -> None:
    kept, other = pair(desk)
    row = merged(desk, kept, other)
    merge.forget_old(THEN + 30 * DAY)
    db.session.refresh(row)
    assert row.before
    merge.forget_old(THEN + 31 * DAY)
    db.session.refresh(row)
    assert (row.before, row.moved) == ({}, {})
