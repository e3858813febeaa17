"""The web process at another moment: the application as in production, whose clock is so many seconds off."""

import os
from datetime import timedelta

from app import clock, create_app

OFF = "BENCH_CLOCK_OFF"
"""The name of the variable that says how many seconds."""

_real, _off = clock.now, timedelta(seconds=float(os.environ.get(OFF, "0")))
clock.now = lambda: _real() + _off
app = create_app()
