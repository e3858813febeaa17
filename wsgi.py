"""The web process: app = create_app()."""

from app import create_app
from app.web.server import keep_for_good

app = create_app()
keep_for_good()
