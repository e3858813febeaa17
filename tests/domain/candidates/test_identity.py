"""The ways in which a candidate is reached, and the one that they prefer."""

import pytest

from app.domain.candidates import identity, registration
from app.domain.candidates.candidate import Candidate, ExternalIdTaken, Facts
from app.domain.candidates.identity import Channel, Full, Identity, IdentityState, Unreachable
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
MOBILE = "+31612345678"


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    return make.candidate("Jan", owner=people.sanne)


def mark(row: Identity, state: IdentityState, origin: str) -> bool:
    return identity.mark(row, state, origin=origin, now=NOW)


def hrefs(row: Candidate) -> dict[str, str | None]:
    return {str(channel): way.href for channel, way in identity.ways(identity.identities_of(row.id)).items()}


def test_an_address_is_kept_once(jan: Candidate) -> None:
    first = identity.add(jan, Channel.PHONE, "06 12345678", NOW)
    assert identity.add(jan, Channel.PHONE, "612345678", NOW) is first
    assert first.address == MOBILE


def test_what_is_no_address_is_refused(jan: Candidate) -> None:
    with pytest.raises(Unreachable):
        identity.add(jan, Channel.EMAIL, "jan", NOW)


def test_there_are_not_too_many(jan: Candidate) -> None:
    for number in range(identity.MOST):
        identity.add(jan, Channel.EMAIL, f"jan{number}@voorbeeld.nl", NOW)
    with pytest.raises(Full):
        identity.add(jan, Channel.EMAIL, "jan@voorbeeld.nl", NOW)


def test_a_removed_address_is_gone(jan: Candidate) -> None:
    identity.remove(identity.add(jan, Channel.PHONE, MOBILE, NOW), NOW)
    assert identity.identities_of(jan.id) == []


def test_one_of_is_of_nobody_else(jan: Candidate) -> None:
    row = identity.add(jan, Channel.PHONE, MOBILE, NOW)
    assert identity.one_of(jan.id, row.id) is row
    assert identity.one_of(make.candidate().id, row.id) is None


def test_a_mobile_also_receives_messages(jan: Candidate) -> None:
    identity.add(jan, Channel.PHONE, MOBILE, NOW)
    assert hrefs(jan) == {"phone": f"tel:{MOBILE}", "whatsapp": "https://wa.me/31612345678", "sms": f"sms:{MOBILE}"}


def test_a_land_line_does_not(jan: Candidate) -> None:
    identity.add(jan, Channel.PHONE, "038-4251234", NOW)
    assert list(hrefs(jan)) == ["phone"]


def test_what_was_opted_out_is_not_offered(jan: Candidate) -> None:
    identity.add(jan, Channel.PHONE, MOBILE, NOW)
    mark(identity.add(jan, Channel.WHATSAPP, MOBILE, NOW), IdentityState.OPTED_OUT, "candidate")
    assert list(hrefs(jan)) == ["phone", "sms"]


def test_a_checked_address_goes_first(jan: Candidate) -> None:
    identity.add(jan, Channel.EMAIL, "oud@voorbeeld.nl", NOW)
    mark(identity.add(jan, Channel.EMAIL, "jan@voorbeeld.nl", NOW), IdentityState.VERIFIED, "reply")
    assert hrefs(jan) == {"email": "mailto:jan@voorbeeld.nl"}


def test_people_are_known_by_id_and_address(people: People, jan: Candidate) -> None:
    other = make.candidate("Els", external_id="7")
    identity.add(jan, Channel.WHATSAPP, MOBILE, NOW)
    identity.add(other, Channel.SMS, MOBILE, NOW)
    known = identity.find_known(["7", "8"], [MOBILE, "niemand@voorbeeld.nl"])
    assert known.by_external_id == {"7": other.id}
    assert known.by_address == {MOBILE: {jan.id, other.id}}


def test_nothing_asked_is_nobody_known(people: People) -> None:
    assert identity.find_known([], []) == identity.Known({}, {})


def test_what_is_known_has_a_source_and_a_date(jan: Candidate) -> None:
    row = identity.add(jan, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    assert (row.state, row.state_origin, row.state_at) == (IdentityState.UNVERIFIED, "", None)
    assert mark(row, IdentityState.INVALID, "bounce")
    assert (row.state, row.state_origin, row.state_at) == (IdentityState.INVALID, "bounce", NOW)


@pytest.mark.parametrize(
    ("origin", "opened"), [("candidate", True), ("recruiter", True), ("reply", False), ("bounce", False)]
)
def test_only_people_open_what_the_candidate_closed(jan: Candidate, origin: str, opened: bool) -> None:
    row = identity.add(jan, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    mark(row, IdentityState.OPTED_OUT, "candidate")
    assert mark(row, IdentityState.VERIFIED, origin) is opened
    assert (row.state == IdentityState.VERIFIED) is opened


def test_closing_a_channel_that_follows_from_the_phone(jan: Candidate) -> None:
    identity.add(jan, Channel.PHONE, MOBILE, NOW)
    identity.opt_out(jan.id, Channel.WHATSAPP, origin="candidate", now=NOW)
    assert list(hrefs(jan)) == ["phone", "sms"]


def test_closing_the_phone_leaves_messages_open(jan: Candidate) -> None:
    identity.add(jan, Channel.PHONE, MOBILE, NOW)
    identity.opt_out(jan.id, Channel.PHONE, origin="candidate", now=NOW)
    assert list(hrefs(jan)) == ["whatsapp", "sms"]


def test_closing_a_channel_closes_every_address_on_it(jan: Candidate) -> None:
    for name in ("jan", "thuis"):
        identity.add(jan, Channel.EMAIL, f"{name}@voorbeeld.nl", NOW)
    identity.opt_out(jan.id, Channel.EMAIL, origin="recruiter", now=NOW)
    assert {row.state for row in identity.identities_of(jan.id)} == {IdentityState.OPTED_OUT}


def test_what_closing_adds_is_seen_however_many_there_are(jan: Candidate) -> None:
    for number in range(identity.MOST):
        identity.add(jan, Channel.PHONE, f"+3161234{number:04}", NOW)
    identity.opt_out(jan.id, Channel.SMS, origin="candidate", now=NOW)
    assert "sms" not in hrefs(jan)


def test_whatsapp_without_a_number(jan: Candidate) -> None:
    identity.add(jan, Channel.WHATSAPP, "@Pieter", NOW)
    assert hrefs(jan) == {"whatsapp": None}


def test_registering_takes_in_everything(people: People) -> None:
    row = registration.register(people.sanne, Facts("Els", origin="beurs"), {Channel.PHONE: "0612345678"}, NOW)
    assert [(each.address, each.origin) for each in identity.identities_of(row.id)] == [(MOBILE, "beurs")]


def test_registering_with_a_number_that_is_taken(people: People) -> None:
    make.candidate("Els", external_id="7")
    with pytest.raises(ExternalIdTaken):
        registration.register(people.sanne, Facts("Jan", external_id="7"), {}, NOW)


def test_only_who_may_be_seen_is_known_already(people: People) -> None:
    row = registration.register(people.sanne, Facts("Els"), {Channel.PHONE: MOBILE}, NOW)
    assert registration.already_known(people.bram, MOBILE) is row
    assert registration.already_known(people.otto, MOBILE) is None
    assert registration.already_known(people.bram, "+31687654321") is None


@pytest.mark.parametrize("state", [IdentityState.UNVERIFIED, IdentityState.VERIFIED])
def test_what_a_link_opens_goes_before_what_none_does(jan: Candidate, state: IdentityState) -> None:
    mark(identity.add(jan, Channel.WHATSAPP, "NL.1029384756", NOW), state, "reply")
    assert hrefs(jan) == {"whatsapp": None}
    phone = identity.add(jan, Channel.PHONE, MOBILE, NOW)
    assert hrefs(jan)["whatsapp"] == "https://wa.me/31612345678"
    identity.add(jan, Channel.WHATSAPP, "+31687654321", NOW)
    assert hrefs(jan)["whatsapp"] == "https://wa.me/31687654321"
    identity.remove(phone, NOW)
    assert hrefs(jan) == {"whatsapp": "https://wa.me/31687654321"}


def test_an_id_opens_nothing_that_was_closed(jan: Candidate) -> None:
    identity.add(jan, Channel.PHONE, MOBILE, NOW)
    mark(identity.add(jan, Channel.WHATSAPP, MOBILE, NOW), IdentityState.OPTED_OUT, "candidate")
    identity.add(jan, Channel.WHATSAPP, "NL.1029384756", NOW)
    assert hrefs(jan)["whatsapp"] is None
