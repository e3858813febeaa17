"""The door of Bullhorn holds against whoever would stand in its frame, and against answers that nobody could read."""

import pytest
from flask import Flask

from jobs import bullhorn_door
from jobs.bullhorn_door import NotHeard
from tests.fakes.bullhorn import Bullhorn
from tests.jobs.bullhorn_desk import desk, fault, poll, there
from tests.jobs.desk import Desk

__all__ = ["desk", "there"]
DEEP = "[" * 100_000 + "]" * 100_000
pytestmark = pytest.mark.usefixtures("session")


def door(app: Flask, url: str) -> bullhorn_door.Door:
    return bullhorn_door.Door(app.config["SETTINGS"].model_copy(update={"bullhorn_url": url}), {}, lambda _: None)


@pytest.mark.parametrize("url", ["https://bullhornstaffing.com/rest-services/", "https://com/"])
def test_a_setting_right_under_com_does_not_open_to_all_of_com(app: Flask, url: str) -> None:
    theirs = door(app, url)
    for asked in (url, "https://evil.com/", "https://rest.bullhornstaffing.com/"):
        assert not theirs._is_theirs(asked)


@pytest.mark.parametrize("address", ["https://[", "https://[::1", "http://a]b/"])
def test_an_address_that_is_none_is_unreadable(app: Flask, address: str) -> None:
    with pytest.raises(NotHeard, match="unreadable"):
        door(app, "https://rest.bullhornstaffing.com/")._is_theirs(address)


def test_being_sent_to_no_address_is_said(there: Bullhorn, desk: Desk) -> None:
    assert desk
    there.expire()
    there.refresh.clear()
    there.moved, there.elsewhere = True, "https://["
    assert (poll(), fault()) == (0, "unreadable")


@pytest.mark.parametrize("body", [f'{{"result": {DEEP}}}', DEEP, '{"result": ', "\\xff", '"1"'])
def test_an_answer_that_nobody_can_read_is_said(
    there: Bullhorn, desk: Desk, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    assert desk
    with monkeypatch.context() as while_mad:
        while_mad.setattr(there, "rest", lambda *_: (200, body, {}))
        assert (poll(), fault()) == (0, "unreadable")
    assert (poll(), fault()) == (0, "")
