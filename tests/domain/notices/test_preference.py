"""A recipient says no to a kind of mail, and yes again."""

from datetime import UTC, datetime

import pytest

from app.domain.notices import preference
from app.domain.notices.preference import Choice, Way

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("session")


def test_a_no_is_of_one_recipient_and_one_kind() -> None:
    preference.unsubscribe("person:1", "weekly_reminder", NOW)
    preference.unsubscribe("person:1", "weekly_reminder", NOW)
    assert preference.is_unsubscribed("person:1", "weekly_reminder")
    assert not preference.is_unsubscribed("person:2", "weekly_reminder")
    assert not preference.is_unsubscribed("person:1", "sponsor_mail")


@pytest.mark.parametrize("wanted", [True, False])
def test_a_choice_is_kept(wanted: bool) -> None:
    reminder = Choice("weekly_reminder", Way.MAIL)
    for choice in (not wanted, wanted):
        preference.choose_all("person:1", [reminder], [reminder] if choice else [], NOW)
    assert preference.is_unsubscribed("person:1", "weekly_reminder") != wanted
