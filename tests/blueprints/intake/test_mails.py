"""What is read of an event beside who and when: the mail that it came from, the vacancy, and what else is kept."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.blueprints.intake import segment
from app.blueprints.intake.agent import Judge
from app.blueprints.intake.segment import Told
from app.domain.actions.event import Happened

TOLD = Told(datetime(2026, 3, 2, tzinfo=UTC), None, Judge("POST", None))
URL = "https://agency.example/jobs/12?mail=bram@example.com#apply"


def read(event: str, **said: object) -> Happened:
    item: dict[str, Any] = {"type": "track", "messageId": "m", "event": event, "userId": "b", "properties": said}
    found = segment.event(item, TOLD)
    assert isinstance(found, Happened)
    return found


@pytest.mark.parametrize("name", ["message_id", "email_id", "campaign_id"])
def test_a_click_names_its_mail_and_its_link(name: str) -> None:
    first, second = read("Email Clicked", **{name: 7}, url=URL), read("Email Clicked", **{name: 7}, url=URL + "2")
    assert (first.message, len(first.link)) == ("7", 32)
    assert first.link != second.link
    assert read("Email Clicked", link="a", url=URL).link == "a"


@pytest.mark.parametrize("name", ["job_id", "jobId", "vacancy_id"])
def test_a_vacancy_has_a_reference(name: str) -> None:
    assert read("Job Viewed", **{name: 12}).vacancy == "12"
    assert read("Job Viewed", **{name: ["12"]}).vacancy is None


def test_what_hides_in_an_address_is_not_kept() -> None:
    found = read("Job Viewed", url=URL, step="cv", email="bram@example.com", title={"a": 1})
    assert found.payload == {"event": "Job Viewed", "url": "https://agency.example/jobs/12", "step": "cv"}
