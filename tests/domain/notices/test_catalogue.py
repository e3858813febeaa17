"""The catalogue: everything that can be told is known by name, and choices are those of one's role."""

import pytest

from app.domain.agency.person import Role
from app.domain.notices import catalogue
from app.domain.notices.catalogue import KINDS
from app.domain.notices.preference import Way
from app.language import in_language
from app.words import notice_kinds
from jobs.letters import WRITERS

pytestmark = pytest.mark.usefixtures("session")


def test_every_mail_is_in_it() -> None:
    mails = {catalogue.ALERT if kind.startswith("alert:") else kind for kind in KINDS if Way.MAIL in KINDS[kind].ways}
    assert mails == set(WRITERS)


@pytest.mark.parametrize("role", list(Role))
def test_every_choice_has_words_and_stands_in_a_group(role: Role) -> None:
    grouped = {kind for group in in_dutch_groups() for kind in group.kinds}
    offered = {choice.kind for choice in catalogue.choices_of(role)}
    assert offered <= grouped
    with in_language("en"):
        assert all(notice_kinds.kind(kind).name for kind in offered)


def in_dutch_groups() -> list[notice_kinds.Group]:
    with in_language("nl"):
        return notice_kinds.groups()


def test_nobody_is_asked_about_what_is_not_theirs() -> None:
    kinds = {role: {choice.kind for choice in catalogue.choices_of(role)} for role in Role}
    assert {"lead_week", "sponsor_week", "reward_waits"}.isdisjoint(kinds[Role.RECRUITER])
    assert "lead_week" in kinds[Role.LEAD]
    assert {"sponsor_week", "reward_waits"} <= kinds[Role.SPONSOR]
    assert "weekly_reminder" not in kinds[Role.SPONSOR]
