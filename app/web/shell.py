"""What stands around every page: the program's name, the menu, and one's own place."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, get_flashed_messages, render_template, url_for
from markupsafe import Markup

from app import clock
from app.config import Settings
from app.domain.agency.agency import Agency, the_agency
from app.domain.agency.naming import initials
from app.domain.game.excerpt import BoardKey
from app.domain.game.leaderboard import PLAYS, MyPlace, place_of
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program.program import Program, program_name, the_program
from app.language import current as current_language
from app.web import auth
from app.web.about_me import Notice, notices
from app.web.assets import Assets
from app.web.language import zone_name
from app.web.menu import Link, about, behind, bell, places
from app.words import role_label

MOST_DRAWN = 64


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person as the shell shows them."""

    name: str
    initials: str
    role_label: str


@dataclass(frozen=True, slots=True)
class Flash:
    """A message that survives one redirect, with the undo of what it tells and a link to more."""

    category: str
    message: str
    undo_url: str | None = None
    link: dict[str, str] | None = None


class Shell:
    """The shell of one request; everything is looked up when a template asks for it, once."""

    @cached_property
    def agency(self) -> Agency | None:
        return the_agency()

    @cached_property
    def program(self) -> Program | None:
        return the_program()

    @property
    def program_name(self) -> str:
        return program_name()

    @property
    def slogan(self) -> str:
        return self.program.slogan if self.program else ""

    @property
    def agency_name(self) -> str:
        return self.agency.name if self.agency else ""

    @property
    def logo_url(self) -> str | None:
        return (
            url_for("public.picture", picture_id=self.program.logo_id)
            if self.program and self.program.logo_id
            else None
        )

    @property
    def brand_url(self) -> str | None:
        """The stylesheet with the agency's own hue, or None for the house colours."""
        return url_for("public.brand", hue=self.program.hue) if self.program and self.program.hue is not None else None

    @property
    def locale(self) -> str:
        return current_language()

    @property
    def theme(self) -> str:
        person = auth.person_or_none()
        return person.theme if person else "system"

    @property
    def keys_enabled(self) -> bool:
        person = auth.person_or_none()
        return bool(person and person.keys_enabled)

    @cached_property
    def person(self) -> Me | None:
        person = auth.person_or_none()
        return Me(person.name, initials(person.name), role_label(person.role)) if person else None

    @cached_property
    def place(self) -> MyPlace | None:
        """Where whoever plays stands this week."""
        person = auth.person_or_none()
        if person is None or person.role not in PLAYS or self.program is None:
            return None
        today = clock.local_day(clock.now(), ZoneInfo(zone_name()))
        return place_of(self.program, BoardKey(self.program.id, "week", clock.week_of(today).start), person.id, today)

    @property
    def board_url(self) -> str:
        return url_for("board.board")

    @cached_property
    def menu(self) -> list[Link]:
        return places(auth.person()) if self.person else []

    @cached_property
    def behind(self) -> list[Link]:
        """Pages for those who run the program, behind one door."""
        return behind(auth.person()) if self.person else []

    @property
    def bell(self) -> Link:
        return bell()

    @property
    def unread(self) -> int:
        """How much of it one has not read."""
        return notice.unread(name_person(auth.person().id))

    @property
    def about(self) -> Link:
        return about(self.program_name)

    @cached_property
    def about_me(self) -> list[Notice]:
        """What whoever looks should know about themselves, on the pages that ask for it."""
        person = auth.person_or_none()
        return notices(person, self.program) if person and self.program else []

    @property
    def log_url(self) -> str | None:
        return url_for("today.log_sheet") if self.person else None

    @property
    def search_url(self) -> str | None:
        return url_for("candidates.index") if self.person else None

    @property
    def dialogs(self) -> Markup:
        """The sheet, the palette and the keys: drawn once for all who have the same menu in the same words."""
        person, drawn = auth.person_or_none(), current_app.extensions["dialogs"]
        key = self.locale, person and person.role, self.program_name
        if key not in drawn:
            if len(drawn) >= MOST_DRAWN:
                drawn.clear()
            drawn[key] = Markup(render_template("shell/dialogs.html"))  # noqa: S704 - it is a template of ours
        found: Markup = drawn[key]
        return found

    @property
    def assets(self) -> Assets:
        found: Assets = current_app.extensions["assets"]
        return found

    @property
    def production(self) -> bool:
        settings: Settings = current_app.config["SETTINGS"]
        return settings.production

    @cached_property
    def flashes(self) -> list[Flash]:
        return [
            Flash(category, *message) if isinstance(message, list) else Flash(category, message)
            for category, message in _flashed()
        ]


def _flashed() -> list[tuple[str, str | list[Any]]]:
    """A message, or a message with the address that undoes what it tells and a link."""
    return get_flashed_messages(with_categories=True)  # type: ignore[return-value] # pairs, as asked


def register(app: Flask) -> None:
    """Give every template its shell, and every page its style sheet and script."""
    assets = Assets()
    assets.register(app)
    app.extensions["assets"] = assets
    app.extensions["dialogs"] = {}
    app.context_processor(lambda: {"shell": Shell()})
