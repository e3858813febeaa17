"""What the identity provider may do with colleagues: the rules of the agency hold, and what was done stays."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions import calendar_feed
from app.domain.agency import api_token, audit, factors, invitation, session
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.agency.invitation import Invitation
from app.domain.agency.person import Person, Role, by_email
from app.domain.agency.provisioned import Provisioned
from app.domain.custody import leaver, staff_record
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import the_program
from app.words.audit_entry import nobody
from tests import make
from tests.blueprints.scim.conftest import Provider, read
from tests.people import Browser, People

NEW = "noor@voorbeeld.nl"
OFF = {"op": "replace", "value": {"active": False}}
ON = {"op": "replace", "value": {"active": True}}


def row(provider: Provider, email: str) -> Person:
    with provider.app.app_context():
        found = by_email(email)
        assert found is not None
        return found


def invitations(provider: Provider) -> int:
    """How many mails with a link there are."""
    with provider.app.app_context():
        rows = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "invitation")
        return db.session.scalar(rows.where(OutboxRow.state == "pending")) or 0


def found(provider: Provider, wanted: str) -> list[dict[str, Any]]:
    answer = provider.ask("GET", f"/Users?filter={wanted}")
    assert answer.status_code == 200, answer.text
    resources: list[dict[str, Any]] = read(answer).get("Resources", [])
    return resources


def test_whoever_is_new_is_a_recruiter_and_is_invited_once(provider: Provider) -> None:
    told = provider.welcome(
        NEW, displayName="Noor van den Berg", externalId="e-1", preferredLanguage="en-GB", title="CEO", roles=["admin"]
    )
    noor = row(provider, NEW)
    assert (noor.name, noor.role, noor.team_id, noor.language) == ("Noor van den Berg", Role.RECRUITER, None, "en")
    assert noor.sort_name == "berg, noor van den"
    assert (told["id"], told["externalId"], told["active"]) == (str(noor.id), "e-1", True)
    assert invitations(provider) == 1
    for operation in (ON, {"op": "replace", "path": "name.givenName", "value": "Nora"}):
        assert provider.patch(told["id"], operation).status_code == 204
    assert invitations(provider) == 1


def test_a_link_that_lapsed_is_not_sent_again_by_itself(provider: Provider) -> None:
    told = provider.welcome(NEW)
    with provider.app.app_context():
        for each in db.session.scalars(select(Invitation)):
            each.expires_at = clock.now()
        db.session.commit()
    provider.patch(told["id"], {"op": "replace", "path": "displayName", "value": "Noor"})
    with provider.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_another_address_gets_a_link_of_its_own(provider: Provider) -> None:
    told = provider.welcome(NEW)
    other = {"op": "replace", "path": "userName", "value": "nora@voorbeeld.nl"}
    assert provider.patch(told["id"], other).status_code == 204
    assert row(provider, "nora@voorbeeld.nl").id == int(told["id"])
    assert invitations(provider) == 1
    with provider.app.app_context():
        assert invitation.invited(clock.now(), [int(told["id"])])


def test_whoever_is_not_active_yet_is_invited_when_they_are(provider: Provider) -> None:
    told = provider.welcome(NEW, active=False)
    assert not row(provider, NEW).is_active
    assert invitations(provider) == 0
    assert provider.patch(told["id"], ON).status_code == 204
    assert row(provider, NEW).is_active
    assert invitations(provider) == 1


def test_whoever_has_no_address_gets_no_mail(provider: Provider) -> None:
    told = provider.welcome("noor")
    assert (read(provider.get(f"/Users/{told['id']}"))["userName"], invitations(provider)) == ("noor", 0)
    mail = {"op": "Add", "path": 'emails[type eq "work"].value', "value": NEW}
    assert provider.patch(told["id"], mail).status_code == 204
    assert (row(provider, NEW).id, invitations(provider)) == (int(told["id"]), 1)


def test_leaving_ends_everything_at_once_and_keeps_what_was_done(provider: Provider, browser: Browser) -> None:
    sanne = row(provider, "sanne@voorbeeld.nl")
    signed_in = browser.sign_in(sanne)
    assert signed_in.get("/").status_code == 200
    with provider.app.app_context():
        now = clock.now()
        _, token = api_token.make(sanne, "Proef", [Scope.ACTIONS_READ], now + clock.DAY, now)
        calendar = calendar_feed.make(sanne, now)
        db.session.commit()
    feed, asked = f"/cal/{calendar}.ics", {"Authorization": f"Bearer {token}"}
    assert browser.client.get(feed).status_code == 200
    assert provider.patch(str(sanne.id), OFF).status_code == 204
    assert signed_in.get("/").status_code == 303
    assert browser.client.get("/api/v1/me", headers=asked).status_code == 401
    assert browser.client.get(feed).status_code == 404
    with provider.app.app_context():
        assert session.open_of(sanne.id, clock.now()) == []
    assert not row(provider, "sanne@voorbeeld.nl").is_active


def test_whoever_comes_back_is_who_they_were(provider: Provider, people: People) -> None:
    provider.patch(str(people.lead.id), OFF)
    assert provider.patch(str(people.lead.id), ON).status_code == 204
    lead = row(provider, "lea@voorbeeld.nl")
    assert (lead.is_active, lead.role, lead.password_hash) == (True, Role.LEAD, people.lead.password_hash)


def test_the_last_administrator_stays(provider: Provider, people: People) -> None:
    ada = str(people.ada.id)
    with provider.app.app_context():
        named = db.session.get_one(Person, people.ada.id)
        named.password_hash = "x"
        db.session.commit()
    for answer in (provider.patch(ada, OFF), provider.ask("DELETE", f"/Users/{ada}")):
        assert (answer.status_code, read(answer)["status"]) == (409, "409")
    assert row(provider, "ada@voorbeeld.nl").is_active


def test_nothing_of_a_refused_change_is_kept(provider: Provider, people: People) -> None:
    with provider.app.app_context():
        db.session.get_one(Person, people.ada.id).password_hash = "x"
        db.session.commit()
    answer = provider.patch(str(people.ada.id), {"op": "replace", "path": "displayName", "value": "Eva"}, OFF)
    assert answer.status_code == 409
    assert row(provider, "ada@voorbeeld.nl").name == "Ada Smit"
    with provider.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Provisioned)) == 0


@pytest.mark.parametrize("mail", ["kwaad@elders.nl", "sanne@voorbeeld.nl"])
def test_whoever_manages_is_not_moved_to_another_address(mail: str, provider: Provider, people: People) -> None:
    for one, address in ((people.ada, "ada"), (people.ines, "ines"), (people.lead, "lea")):
        answer = provider.patch(str(one.id), {"op": "replace", "path": "emails", "value": [{"value": mail}]})
        assert answer.status_code == 409
        assert row(provider, f"{address}@voorbeeld.nl").id == one.id


def test_whoever_has_a_password_keeps_an_address(provider: Provider, people: People) -> None:
    with provider.app.app_context():
        db.session.get_one(Person, people.sanne.id).password_hash = "x"
        db.session.commit()
    assert provider.patch(str(people.sanne.id), {"op": "replace", "path": "userName", "value": "sv"}).status_code == 204
    assert provider.patch(str(people.sanne.id), {"op": "remove", "path": "emails"}).status_code == 204
    assert row(provider, "sanne@voorbeeld.nl").id == people.sanne.id


def test_two_cannot_have_one_name_or_address(provider: Provider) -> None:
    provider.welcome(NEW, externalId="1")
    for user_name in (NEW, NEW.upper(), "Sanne@voorbeeld.nl"):
        answer = provider.ask("POST", "/Users", {"schemas": [], "userName": user_name})
        assert (answer.status_code, read(answer)["scimType"]) == (409, "uniqueness")
    mail = [{"value": NEW}]
    assert provider.ask("POST", "/Users", {"userName": "other", "emails": mail}).status_code == 409
    other = provider.welcome("other@voorbeeld.nl")
    for path, value in (("userName", NEW), ("emails", mail), ("userName", "bram@voorbeeld.nl")):
        assert provider.patch(other["id"], {"op": "replace", "path": path, "value": value}).status_code == 409
    assert found(provider, f'userName eq "{NEW}"')[0]["externalId"] == "1"


def test_colleagues_from_before_are_found_and_taken_over(provider: Provider, people: People) -> None:
    (told,) = found(provider, 'userName eq "SANNE@voorbeeld.nl"')
    assert (told["id"], told["displayName"], told["active"]) == (str(people.sanne.id), "Sanne de Vries", True)
    assert "externalId" not in told
    assert provider.patch(told["id"], {"op": "Add", "path": "externalId", "value": "e-7"}).status_code == 204
    assert [each["id"] for each in found(provider, 'externalId eq "e-7"')] == [told["id"]]
    assert found(provider, 'externalId eq "E-7"') == []


def waiting(provider: Provider, *, invited: bool) -> str:
    """Somebody whom the agency brought in itself, before it told the provider of Fanfare."""
    with provider.app.app_context():
        somebody = make.somebody("Noor Bakker")
        db.session.add(somebody)
        db.session.flush()
        if invited:
            invitation.issue(somebody, None, clock.now())
        db.session.commit()
        return str(somebody.id)


NAMED = {"op": "replace", "path": "displayName", "value": "Noor de Wit"}
MOVED = {"op": "replace", "path": "emails", "value": [{"value": "wit@voorbeeld.nl"}]}


def test_nobody_is_invited_by_being_found(provider: Provider) -> None:
    one = waiting(provider, invited=False)
    for operation in (NAMED, ON, MOVED):
        assert provider.patch(one, operation).status_code == 204
    assert (row(provider, "wit@voorbeeld.nl").name, invitations(provider)) == ("Noor de Wit", 0)


@pytest.mark.parametrize(("withdrawn", "mails"), [(False, 1), (True, 0)])
def test_of_who_was_invited_here_the_link_goes_along(withdrawn: bool, mails: int, provider: Provider) -> None:
    one = waiting(provider, invited=True)
    provider.patch(one, NAMED)
    assert invitations(provider) == 0
    if withdrawn:
        with provider.app.app_context():
            invitation.withdraw(int(one))
            db.session.commit()
        provider.patch(one, NAMED | {"value": "Noor Bakker"})
    provider.patch(one, MOVED)
    assert invitations(provider) == mails


def test_whoever_left_before_is_not_told_of(provider: Provider) -> None:
    assert found(provider, 'userName eq "gerrit@voorbeeld.nl"') == []


def test_what_was_changed_here_is_what_the_provider_reads(provider: Provider) -> None:
    told = provider.welcome(NEW, displayName="Noor", name={"givenName": "Noor"})
    with provider.app.app_context():
        noor = db.session.get_one(Person, int(told["id"]))
        noor.name, noor.email, noor.deactivated_at = "Noortje", "noortje@voorbeeld.nl", clock.now()
        db.session.commit()
    now = read(provider.get(f"/Users/{told['id']}"))
    assert (now["displayName"], now["active"], now["name"]) == ("Noortje", False, {"givenName": "Noor"})
    assert [mail["value"] for mail in now["emails"]] == ["noortje@voorbeeld.nl"]
    assert now["meta"]["version"] != told["meta"]["version"]


def test_a_forgotten_colleague_is_gone_there_and_stays_here(provider: Provider) -> None:
    told = provider.welcome(NEW)
    assert provider.ask("DELETE", f"/Users/{told['id']}").status_code == 204
    assert provider.get(f"/Users/{told['id']}").status_code == 404
    assert provider.ask("DELETE", f"/Users/{told['id']}").status_code == 404
    assert not row(provider, NEW).is_active
    assert invitations(provider) == 0


def test_whoever_gets_the_address_of_somebody_who_left_begins_anew(provider: Provider, people: People) -> None:
    with provider.app.app_context():
        lead = db.session.get_one(Person, people.lead.id)
        lead.password_hash = "x"
        db.session.commit()
    assert provider.ask("DELETE", f"/Users/{people.lead.id}").status_code == 204
    told = provider.welcome("lea@voorbeeld.nl", displayName="Lea Mulder")
    assert told["id"] == str(people.lead.id)
    lead = row(provider, "lea@voorbeeld.nl")
    assert (lead.is_active, lead.role, lead.password_hash) == (True, Role.RECRUITER, None)
    assert invitations(provider) == 1
    with provider.app.app_context():
        assert not factors.has(lead.id)


def test_the_audit_log_says_who_did_it(provider: Provider) -> None:
    told = provider.welcome(NEW)
    provider.patch(told["id"], OFF)
    provider.patch(told["id"], ON)
    with provider.app.app_context(), provider.app.test_request_context(headers={"Accept-Language": "en"}):
        about = select(AuditEntry).where(AuditEntry.about_id == int(told["id"])).order_by(AuditEntry.id)
        entries = db.session.scalars(about).all()
        assert [each.what for each in entries] == ["person.invited", "person.deactivated", "person.reactivated"]
        assert {nobody(each) for each in entries} == {"The identity provider"}
        assert NEW not in str([each.facts for each in entries])
        assert audit.KEPT.days == 730


def test_old_versions_change_nothing(provider: Provider) -> None:
    told = provider.welcome(NEW)
    path, old = f"/Users/{told['id']}", told["meta"]["version"]
    assert provider.get(path).headers["ETag"] == old
    assert provider.get(path, If_None_Match=old).status_code == 304
    rename = {"op": "replace", "path": "displayName", "value": "Nora"}
    assert provider.patch(told["id"], rename, If_Match=old).status_code == 204
    assert provider.patch(told["id"], OFF, If_Match=old).status_code == 412
    assert provider.ask("DELETE", path, If_Match=old).status_code == 412
    assert row(provider, NEW).is_active


def test_saying_the_same_again_changes_no_version(provider: Provider) -> None:
    told = provider.welcome(NEW, displayName="Noor")
    same = {"op": "replace", "path": "displayName", "value": "Noor"}
    assert provider.patch(told["id"], same).headers["ETag"] == told["meta"]["version"]


def test_pages_go_through_everybody_once(provider: Provider) -> None:
    seen: list[str] = []
    for first in range(1, 12, 3):
        page = read(provider.get(f"/Users?startIndex={first}&count=3"))
        assert (page["totalResults"], page["startIndex"]) == (7, first)
        seen += [each["id"] for each in page.get("Resources", [])]
    assert len(seen) == len(set(seen)) == 7
    assert read(provider.get("/Users?count=0")).get("Resources", []) == []


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ('displayName sw "Sanne"', {"sanne@voorbeeld.nl"}),
        ('emails.value eq "ada@voorbeeld.nl"', {"ada@voorbeeld.nl"}),
        ('emails[type eq "work" and value co "bram"]', {"bram@voorbeeld.nl"}),
        ('userName eq "absent@voorbeeld.nl"', set()),
        ('userName eq "\\u0000"', set()),
        ('externalId eq "\\u0000"', set()),
        ("active eq false", set()),
    ],
)
def test_other_questions_are_answered_too(wanted: str, names: set[str], provider: Provider) -> None:
    assert {each["userName"] for each in found(provider, wanted)} == names


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"emails": [{"value": "no address"}]}, "invalidValue"),
        ({"emails": [{"value": "=?utf-8?q?a?=@voorbeeld.nl"}]}, "invalidValue"),
        ({"emails": [{"value": f"a{n}@voorbeeld.nl"} for n in range(11)]}, "invalidValue"),
        ({"displayName": "x" * 255}, "invalidValue"),
        ({"displayName": "a\0b"}, "invalidValue"),
        ({"displayName": "a\nb"}, "invalidValue"),
        ({"userName": ""}, "invalidValue"),
        ({"userName": "  "}, "invalidValue"),
        ({"userName": "İ" * 200}, "invalidValue"),
        ({"externalId": "x" * 300}, "invalidValue"),
        ({"active": "perhaps"}, "invalidValue"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(told: dict[str, object], kind: str, provider: Provider) -> None:
    answer = provider.ask("POST", "/Users", {"userName": NEW, **told})
    assert (answer.status_code, read(answer)["scimType"]) == (400, kind), answer.text
    assert read(answer)["detail"]
    assert invitations(provider) == 0


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999", "99999999999999999999", "1e3", "٣", "%00"])
def test_a_number_of_nobody_is_nobody(number: str, provider: Provider) -> None:
    asks: list[Callable[[], int]] = [
        lambda: provider.get(f"/Users/{number}").status_code,
        lambda: provider.patch(number, OFF).status_code,
        lambda: provider.ask("DELETE", f"/Users/{number}").status_code,
    ]
    assert {ask() for ask in asks} == {404}


def test_when_somebody_changed_is_told(provider: Provider) -> None:
    told = provider.welcome(NEW)
    before = datetime.fromisoformat(told["meta"]["lastModified"])
    provider.patch(told["id"], OFF)
    after = read(provider.get(f"/Users/{told['id']}"))["meta"]
    assert datetime.fromisoformat(after["lastModified"]) >= before
    assert after["location"].endswith(f"/scim/v2/Users/{told['id']}")


def test_colleagues_read_what_it_says_of_them(provider: Provider, browser: Browser) -> None:
    provider.welcome(NEW, displayName="Noor Bakker", externalId="e-77")
    noor = row(provider, NEW)
    page = browser.sign_in(noor).get("/account/recorded/access").text
    assert "Wat de identiteitsprovider van het bureau over je zegt" in page
    assert "e-77" in page
    with provider.app.app_context():
        known = orjson.loads(staff_record.as_json(noor, clock.now()))["recorded"]["provisioned"]
    assert known[0]["told"] == {
        "active": True,
        "displayName": "Noor Bakker",
        "externalId": "e-77",
        "userName": NEW,
    }


def test_nothing_it_said_is_kept_of_whoever_left_two_years_ago(provider: Provider) -> None:
    told = provider.welcome(NEW, displayName="Noor Bakker")
    provider.patch(told["id"], OFF)
    with provider.app.app_context():
        program = the_program()
        assert program
        leaver.forget_due(program, "nl", clock.now() + leaver.KEPT + clock.DAY)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Provisioned)) == 0
    assert provider.get(f"/Users/{told['id']}").status_code == 404
