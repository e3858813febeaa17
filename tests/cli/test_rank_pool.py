"""Pools that somebody tells, ranked by the real rules."""

import json

from flask import Flask

LINE = {
    "now": "2011-10-21T12:30:00Z",
    "k": 2,
    "cadence_days": 7,
    "points": {"SENT": 20, "BACK": 40},
    "inbound": ["BACK"],
    "form": ["BACK"],
    "candidates": [
        {"id": "silent", "registered": "2011-10-20T09:00:00Z", "touchpoints": [], "attempts": []},
        {
            "id": "back",
            "registered": "2011-10-10T09:00:00Z",
            "touchpoints": [["2011-10-12T09:00:00Z", "SENT"], ["2011-10-20T09:00:00Z", "BACK"]],
            "attempts": [["2011-10-13T12:30:00Z", True]],
        },
        {
            "id": "called",
            "registered": "2011-10-10T09:00:00Z",
            "touchpoints": [["2011-10-12T09:00:00Z", "SENT"]],
            "attempts": [["2011-10-20T12:30:00Z", False]],
        },
        {
            "id": "tired",
            "registered": "2011-09-10T09:00:00Z",
            "touchpoints": [],
            "attempts": [[f"2011-10-{day}T12:30:00Z", False] for day in (11, 13, 17)],
        },
    ],
}


def test_each_line_is_answered_by_an_order_behind_the_gates(app: Flask) -> None:
    told = json.dumps(LINE) + "\n" + json.dumps(LINE | {"candidates": []}) + "\n"
    done = app.test_cli_runner().invoke(args=["rank-pool"], input=told)
    assert done.exit_code == 0, done.output
    assert [json.loads(line)["order"] for line in done.output.splitlines()] == [["back", "silent"], []]
