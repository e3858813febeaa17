"""Who opened something is judged from what their browser calls itself, and that name is kept nowhere."""

import pytest

from tests.blueprints.intake.sender import Sender, newest, track, verdicts

ROBOT = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(("agent", "verdict"), [(ROBOT, "machine"), (CHROME, "human"), ("", "human")])
def test_a_server_tells_which_browser_it_was(sender: Sender, agent: str, verdict: str) -> None:
    sender.send(track(context={"userAgent": agent}), track(context={"userAgent": agent}))
    assert verdicts(sender) == [verdict, verdict]


def test_a_server_s_own_name_says_nothing(sender: Sender) -> None:
    sender.send_one("track", track(), **{"User-Agent": "analytics-python/2.4.0"})
    assert newest(sender).verdict == "human"


def test_a_browser_says_who_it_is_itself(website: Sender) -> None:
    said = {"anonymousId": "x", "event": "Form Submitted", "context": {"userAgent": CHROME}}
    website.send_one("track", said, **{"User-Agent": ROBOT})
    assert verdicts(website) == ["machine"]


def test_a_mail_tool_says_that_it_was_a_machine(sender: Sender) -> None:
    sender.send(track("Email Opened", properties={"sg_machine_open": True}))
    assert newest(sender).verdict == "machine"
