"""Says what happened on the page that comes next, with the undo of it where there is one."""

from flask import flash


def say(message: str, undo_url: str | None = None, category: str = "ok", *, link: dict[str, str] | None = None) -> None:
    """Show a message once, after the redirect; `undo_url` takes a POST that undoes what it tells.

    `link` has an `href` and a `label`: what one may want to do about it.
    """
    told = [message, undo_url, link] if undo_url or link else message
    flash(told, category)  # type: ignore[arg-type] # the cookie carries pairs as well
