"""The web process at another moment: the application as in production, whose clock is so many seconds off."""

import os
from datetime import timedelta

from app import clock

_real, _off = clock.now, timedelta(seconds=float(os.environ["BENCH_CLOCK_OFF"]))
clock.now = lambda: _real() + _off

from wsgi import app  # noqa: E402 - only now: whatever it does at its beginning happens at that moment

__all__ = ["app"]
