"""Person or machine: by what the browser calls itself, how it asked, and what the mail tool said."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from app.domain.journey.machine import Verdict, at_first, judge

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
NOTHING: Mapping[str, object] = {}


@pytest.mark.parametrize(
    ("agent", "verdict"),
    [
        (FIREFOX, Verdict.HUMAN),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 [LinkedInApp]/9.1", Verdict.HUMAN),
        ("", Verdict.HUMAN),
        ("WhatsApp/2.23.20.0", Verdict.MACHINE),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", Verdict.MACHINE),
        ("python-requests/2.32", Verdict.MACHINE),
        (GMAIL, Verdict.UNKNOWN),
        ("Mozilla/5.0", Verdict.UNKNOWN),
    ],
)
def test_what_a_browser_calls_itself(agent: str, verdict: Verdict) -> None:
    assert judge(agent, "GET", NOTHING) is verdict


@pytest.mark.parametrize(
    "said", [{"sg_machine_open": True}, {"bot": "generic"}, {"filteredEvent": "true"}, {"isMachine": 1}]
)
def test_what_a_mail_tool_says_goes_first(said: Mapping[str, object]) -> None:
    assert judge(FIREFOX, "POST", said) is Verdict.MACHINE


@pytest.mark.parametrize("said", [{"sg_machine_open": False}, {"bot": ""}, {"filteredEvent": "false"}, {"bot": None}])
def test_a_flag_that_says_no_is_none(said: Mapping[str, object]) -> None:
    assert judge(FIREFOX, "POST", said) is Verdict.HUMAN


def test_only_a_machine_asks_for_the_head_alone() -> None:
    assert judge(FIREFOX, "HEAD", NOTHING) is Verdict.MACHINE


@pytest.mark.parametrize(("seconds", "verdict"), [(10, Verdict.MACHINE), (11, Verdict.UNKNOWN)])
def test_a_proxy_that_comes_at_once_was_not_asked(seconds: int, verdict: Verdict) -> None:
    after = timedelta(seconds=seconds)
    assert judge(GMAIL, "GET", NOTHING, after=after) is judge("", "POST", {"proxy_open": 1}, after=after) is verdict


def test_only_a_click_in_a_message_has_to_settle() -> None:
    firsts = [at_first(judged, message) for message in ("", "m") for judged in Verdict]
    assert firsts == [Verdict.HUMAN, Verdict.UNKNOWN, Verdict.MACHINE, Verdict.UNKNOWN, *list(Verdict)[1:]]
