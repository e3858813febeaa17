"""People: one address each, sorted as names are, and counted while they work here."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.agency import person as people
from app.domain.agency.person import EmailTaken, Person, Role
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def add(name: str = "Jan  van der Berg", email: str | None = "Jan@Voorbeeld.nl") -> Person:
    return people.add(name, email, Role.RECRUITER, team_id=None, today=date(2026, 11, 20), at=NOW)


def test_somebody_new_is_tidied() -> None:
    row = add()
    assert (row.name, row.sort_name, row.email) == ("Jan van der Berg", "berg, jan van der", "jan@voorbeeld.nl")
    assert row.id
    assert row.is_active


def test_the_longest_name_fits() -> None:
    row = add("ß" * 100)
    db.session.expire(row)
    assert len(row.name) == 100


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jan@Voorbeeld.NL ", "jan@voorbeeld.nl"),
        ("jan", None),
        ("jan@", None),
        ("a b@c.nl", None),
        ("jan@x.nl\nBcc: y", None),
    ],
)
def test_an_address_is_compared_in_lower_case(typed: str, kept: str | None) -> None:
    assert people.normal_email(typed) == kept


def test_an_address_is_of_one_person() -> None:
    holder = add()
    with pytest.raises(EmailTaken) as taken:
        add("Jan Jansen", " JAN@voorbeeld.nl")
    assert taken.value.holder is holder


def test_the_database_decides_who_was_first(monkeypatch: pytest.MonkeyPatch) -> None:
    add()
    monkeypatch.setattr(people, "by_email", lambda _email: None)
    with pytest.raises(EmailTaken) as taken:
        add("Jan Jansen")
    assert taken.value.holder is None
    assert isinstance(taken.value.__cause__, IntegrityError)


def test_several_people_may_have_no_address() -> None:
    assert add(email=None).email is add("Piet", None).email is None


def test_people_are_found_by_address_however_typed() -> None:
    row = add()
    assert people.by_email("JAN@voorbeeld.nl ") is row
    assert people.by_email("geen adres") is None


def test_preferences() -> None:
    row = add()
    people.prefer(row, language="en", theme="dark", keys_enabled=False)
    assert (row.language, row.theme, row.keys_enabled) == ("en", "dark", False)


def test_only_an_administrator_manages_people() -> None:
    row = add()
    for role in Role:
        actor = make.person(f"Iemand{role}", role)
        assert (people.managed_by(actor, row.id) is row) == (role == Role.ADMIN)


def test_lists_hold_who_works_here_by_main_name() -> None:
    make.person("Otto van der Berg")
    make.person("Ada Alberts", Role.ADMIN)
    make.person("Gerrit Los", gone=True)
    assert [row.name for row in people.active()] == ["Ada Alberts", "Otto van der Berg"]
