"""Says what happened on the page that comes next, with the undo of it where there is one."""

from flask import flash


def say(message: str, undo_url: str | None = None, category: str = "ok") -> None:
    """Show a message once, after the redirect; `undo_url` takes a POST that undoes what it tells."""
    told = [message, undo_url] if undo_url else message
    flash(told, category)  # type: ignore[arg-type] # the cookie carries pairs as well
