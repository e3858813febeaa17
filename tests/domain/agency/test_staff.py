"""The staff: who has access, and that somebody always remains who can run the program."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.agency import invitation, session, staff
from app.domain.agency.person import EmailTaken, Person, Role
from app.domain.agency.session import SignInSession
from app.domain.agency.staff import LastAdmin, Oneself, Status
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def admin(name: str, *, can_sign_in: bool = True) -> Person:
    row = make.person(name, Role.ADMIN)
    row.password_hash = "$some" if can_sign_in else None
    db.session.flush()
    return row


def edit(person: Person, by: Person, **facts: object) -> None:
    now = {"name": person.name, "email": person.email, "role": Role(person.role), "team_id": person.team_id}
    staff.edit(person, by, **(now | facts))  # type: ignore[arg-type] # the facts of a person


@pytest.mark.usefixtures("session")
class TestEditing:
    def test_name_role_and_team(self) -> None:
        team = make.team("Zwolle", make.branch("Noord"))
        sanne = make.person("Sanne de Vries")
        edit(sanne, admin("Ada"), name="Sanne Bos", role=Role.LEAD, team_id=team.id)
        assert (sanne.name, sanne.sort_name, sanne.role, sanne.team_id) == ("Sanne Bos", "bos, sanne", "lead", team.id)

    def test_an_address_of_somebody_else(self) -> None:
        sanne, ada = make.person("Sanne"), admin("Ada")
        with pytest.raises(EmailTaken):
            edit(sanne, ada, email=ada.email)

    def test_another_address_ends_the_link_that_was_sent(self) -> None:
        sanne, ada = make.person("Sanne"), admin("Ada")
        token = invitation.issue(sanne, ada, NOW).token
        edit(sanne, ada, name="Sanne Bos")
        assert invitation.invitee(token, NOW) is sanne
        edit(sanne, ada, email="bos@voorbeeld.nl")
        assert invitation.invitee(token, NOW) is None

    def test_nobody_demotes_themselves(self) -> None:
        ada = admin("Ada")
        admin("Bea")
        with pytest.raises(Oneself):
            edit(ada, ada, role=Role.SPONSOR)
        edit(ada, ada, name="Ada Bos")

    def test_a_colleague_demotes_an_administrator(self) -> None:
        ada, bea = admin("Ada"), admin("Bea")
        edit(bea, ada, role=Role.RECRUITER)
        assert bea.role == Role.RECRUITER

    def test_the_last_who_can_sign_in_remains(self) -> None:
        ada, invited = admin("Ada"), admin("Bea", can_sign_in=False)
        with pytest.raises(LastAdmin):
            edit(ada, invited, role=Role.RECRUITER)
        edit(invited, ada, role=Role.RECRUITER)


@pytest.mark.usefixtures("session")
class TestLeaving:
    def test_sessions_and_links_end(self) -> None:
        sanne, ada = make.person("Sanne"), admin("Ada")
        value = session.open_session(sanne, "", NOW)
        token = invitation.issue(sanne, ada, NOW).token
        staff.deactivate(sanne, ada, NOW)
        assert session.find(value, NOW) is None
        assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0
        assert invitation.invitee(token, NOW) is None

    def test_the_first_moment_of_leaving_stays(self) -> None:
        sanne, ada = make.person("Sanne"), admin("Ada")
        staff.deactivate(sanne, ada, NOW)
        staff.deactivate(sanne, ada, NOW + timedelta(days=1))
        assert sanne.deactivated_at == NOW

    def test_nobody_deactivates_themselves(self) -> None:
        ada = admin("Ada")
        with pytest.raises(Oneself):
            staff.deactivate(ada, ada, NOW)

    def test_the_last_who_can_sign_in_remains(self) -> None:
        with pytest.raises(LastAdmin):
            staff.deactivate(admin("Ada"), admin("Bea", can_sign_in=False), NOW)

    def test_somebody_comes_back(self) -> None:
        sanne = make.person("Sanne", gone=True)
        staff.reactivate(sanne)
        assert sanne.is_active


@pytest.mark.usefixtures("session")
class TestList:
    def people(self) -> Person:
        ada = admin("Ada Smit")
        make.person("Wim Wacht")
        make.person("Gerrit Los", gone=True)
        invited = make.person("Ina Nieuw", team=make.team("Zwolle", make.branch("Noord")))
        invitation.issue(invited, ada, NOW)
        return ada

    def names(self, text: str = "", status: Status | None = None, at: datetime = NOW) -> list[str]:
        return [each.person.name for each in staff.page(text, status, 1, at).rows]

    def test_everybody_who_works_here_by_main_name(self) -> None:
        self.people()
        assert self.names() == ["Ina Nieuw", "Ada Smit", "Wim Wacht"]

    def test_each_status_shows_its_own(self) -> None:
        self.people()
        found = {status: self.names(status=status) for status in Status}
        assert found == {
            "active": ["Ada Smit"],
            "invited": ["Ina Nieuw"],
            "waiting": ["Wim Wacht"],
            "left": ["Gerrit Los"],
        }
        for status in Status:
            assert [each.status for each in staff.page("", status, 1, NOW).rows] == [status]

    def test_counts_agree_with_the_list(self) -> None:
        self.people()
        assert staff.counts(NOW) == dict.fromkeys(Status, 1)

    def test_an_invitation_that_ended_leaves_somebody_waiting(self) -> None:
        self.people()
        assert self.names(status=Status.WAITING, at=NOW + invitation.LASTS) == ["Ina Nieuw", "Wim Wacht"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [("NIEUW", ["Ina Nieuw"]), ("ada@", ["Ada Smit"]), ("smit ada", ["Ada Smit"]), ("%", []), ("xyz", [])],
    )
    def test_search_in_name_and_address(self, text: str, found: list[str]) -> None:
        self.people()
        assert self.names(text) == found

    def test_a_member_knows_team_and_branch(self) -> None:
        self.people()
        one = staff.page("ina", None, 1, NOW).rows[0]
        assert one.team
        assert one.branch
        assert (one.team.name, one.branch.name) == ("Zwolle", "Noord")

    def test_a_member_may_be_without(self) -> None:
        assert staff.member(self.people(), NOW).team is None


def test_two_who_demote_each_other_leave_one(real_app: Flask) -> None:
    with real_app.app_context():
        ids = admin("Ada").id, admin("Bea").id
        db.session.commit()
    together = Barrier(2)

    def demote(pair: tuple[int, int]) -> str:
        with real_app.app_context():
            other, by = (db.session.get_one(Person, number) for number in pair)
            together.wait()
            write()
            try:
                edit(other, by, role=Role.RECRUITER)
            except LastAdmin:
                return "kept"
            db.session.commit()
            return "demoted"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, (ids, ids[::-1]))) == ["demoted", "kept"]
