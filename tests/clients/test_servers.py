"""Official clients for servers, unmodified: what they send comes in once, also when our answer was lost."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rudderstack.analytics.client import Client as Rudder  # type: ignore[import-untyped] # it has no types
from segment.analytics.client import Client as Segment  # type: ignore[import-untyped] # it has no types

from tests.clients.live import Live

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("clients")]
SEEN = [("job_view", "12"), ("site_visit", None), ("site_visit", None)]
TOLD = ["alias", "group", "identify", "page", "screen", "track"]
TRAITS = {"name": "Aisha Yilmaz", "email": "aisha@example.com", "consent": True}


def check(live: Live) -> None:
    """All came in, and the batch that was sent twice counted once."""
    assert live.named("a-1") == "Aisha Yilmaz"
    assert live.touchpoints() == SEEN
    lines = live.lines(trusted=True)
    assert {line.fate for line in lines} <= {"accepted", "duplicate", "passed"}
    assert (len({line.message_id for line in lines}), len(lines) > len(TOLD)) == (len(TOLD), True)
    assert sorted({(line.type, line.message_id): line.type for line in lines}.values()) == TOLD


def tell(client: Any, **alias: str) -> None:  # noqa: ANN401 - clients of two makers, without types
    client.identify("a-1", traits=TRAITS)
    client.track("a-1", "Job Viewed", {"job_id": 12})
    client.page("a-1", name="Home")
    client.screen("a-1", name="Home")
    client.group("a-1", "g")
    client.alias(**alias)
    client.flush()
    client.join()


@pytest.mark.parametrize("gzip", [True, False])
@pytest.mark.parametrize("make", [Segment, Rudder])
def test_python(live: Live, make: Callable[..., Any], gzip: bool) -> None:
    live.door.losing = 1
    tell(make(live.server_key, host=live.url, gzip=gzip, max_retries=3), previous_id="browser-1", user_id="a-1")
    check(live)
    assert live.door.asked[0]["HTTP_CONTENT_ENCODING"] == ("gzip" if gzip else "")


@pytest.mark.parametrize("script", ["segment.mjs", "rudder.mjs"])
def test_node(live: Live, modules: Path, script: str) -> None:
    live.door.losing = 1
    command = ["node", script, live.server_key, live.url]
    done = subprocess.run(command, cwd=modules, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    check(live)
