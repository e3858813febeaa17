"""A key that everybody may read: it tells of browsers only, from any website, and a server's key stays at home."""

import pytest

from app.domain.candidates.candidate import Candidate
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from tests.blueprints.intake.sender import Sender, action, identify, track

FROM_A_PAGE = {"Origin": "https://www.uitzendbureau.example"}


def test_a_browser_tells_of_a_visitor(website: Sender) -> None:
    answer = website.send_one("track", {"event": "Job Viewed", "anonymousId": "x", "userId": "b-1"}, **FROM_A_PAGE)
    assert (answer.status_code, answer.get_json()["accepted"]) == (200, 1)
    assert (website.count(Visit), website.count(Touchpoint)) == (1, 0)


@pytest.mark.parametrize("event", [identify("new", name="New"), action(), {**track(), "type": "alias"}])
def test_a_browser_tells_nothing_of_people(website: Sender, event: dict[str, object]) -> None:
    answer = website.send(event)
    assert [each["reason"] for each in answer["rejected"]] == ["not_trusted"]
    assert (website.count(Candidate), website.count(Touchpoint)) == (1, 0)


@pytest.mark.parametrize("sign", [FROM_A_PAGE, {"Sec-Fetch-Site": "cross-site"}])
def test_a_server_s_key_is_refused_from_a_browser(sender: Sender, sign: dict[str, str]) -> None:
    answer = sender.send_one("track", track(), **sign)
    assert (answer.status_code, sender.count(Touchpoint)) == (403, 0)
    assert answer.get_json()["title"]
    assert sender.logged() == [("", "key_in_browser")]


def test_node_is_no_browser(sender: Sender) -> None:
    assert sender.send_one("track", track(), **{"Sec-Fetch-Mode": "cors"}).status_code == 200


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/t", "/v1/pixel/track", "/v1/unknown"])
def test_any_website_may_ask(website: Sender, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = website.client.options(path, headers=FROM_A_PAGE | asked)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_website_may_read_what_was_wrong(website: Sender) -> None:
    answer = website.client.post("/v1/t", data=b"{", headers=FROM_A_PAGE)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (400, "*")


def test_our_own_pages_are_closed_to_others(website: Sender) -> None:
    answer = website.client.get("/account/sign-in", headers=FROM_A_PAGE)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_segment_s_client_is_told_to_send_here(website: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(website.app.config["SETTINGS"], "public_url", "https://fanfare.example")
    answer = website.client.get('/v1/projects/a"key/settings').get_json()
    here = {"apiKey": 'a"key', "apiHost": "fanfare.example/v1", "protocol": "https"}
    assert answer["integrations"] == {"Segment.io": here}
