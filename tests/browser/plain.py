"""What a page is to a browser that runs no scripts: its forms, and what would do nothing there."""

from html.parser import HTMLParser

CLOSED = {"dialog", "template"}
"""Nothing within these is seen until a script opens it."""
HIDDEN = {"aria-pressed", "data-copy", "data-copy-from", "data-dismiss"}
"""Buttons with these are not shown where no scripts run."""


class Plain(HTMLParser):
    """The forms of a page as method and address, and what is seen and waits for a script that does not come.

    A place that a script fills may stand empty before what is said instead of it.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, str]] = []
        self.dead: list[str] = []
        self.closed = 0
        self.waiting = self.empty = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.empty and tag != "noscript":
            self.dead.append(self.empty)
        found, self.waiting, self.empty = dict(attrs), "", ""
        self.closed += tag in CLOSED
        if self.closed:
            return
        if tag == "form":
            self.forms.append((found.get("method") or "get", found.get("action") or ""))
        if "formaction" in found:
            self.forms.append((found.get("formmethod") or self.forms[-1][0], found["formaction"] or ""))
        if tag == "button" and found.get("type") == "button" and not HIDDEN & set(found):
            self.dead.append(self.get_starttag_text() or tag)
        if found.get("hx-trigger") == "load":
            self.waiting = self.get_starttag_text() or tag

    def handle_data(self, data: str) -> None:
        self.waiting = "" if data.strip() else self.waiting

    def handle_endtag(self, tag: str) -> None:
        self.closed -= tag in CLOSED
        self.waiting, self.empty = "", self.waiting or self.empty
