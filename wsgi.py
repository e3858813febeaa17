"""The web process: app = create_app()."""

import gc

from app import create_app

app = create_app()

gc.freeze()
gc.set_threshold(20_000, 20, 20)
"""What the application is made of stays for good: no request waits while all of it is searched for what could go."""
