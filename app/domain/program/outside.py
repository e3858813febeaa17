"""What the program shows outside its walls: a page, a frame for websites, a line under mails; all off at first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.program import outside_way
from app.domain.program.outside_way import OutsideWay, Way
from app.domain.program.program import Program, the_program
from app.domain.program.sponsor import sponsor_of

LONGEST_PROMISE = 30


class Part(StrEnum):
    """What can be shown, in the order in which it stands on the page; the last three are not on it."""

    PROMISE = "promise"
    SPONSOR = "sponsor"
    WAYS = "ways"
    REFERRAL = "referral"
    FRAME = "frame"
    SIGNATURE = "signature"
    SEARCH = "search"


class OutsidePage(Base):
    """`opened_at`: since when everybody can read it; None: nobody can, in no frame either.

    `parts` are those that are switched on, with spaces between them. `answer_days`: within so many working days every
    candidate hears from the agency. `framed_by` are the websites that may frame it, one a line.
    """

    __tablename__ = "outside_page"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), unique=True)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    parts: Mapped[str] = mapped_column(String(100), default="")
    answer_days: Mapped[int] = mapped_column(default=2)
    words_nl: Mapped[str] = mapped_column(Text, default="")
    words_en: Mapped[str] = mapped_column(Text, default="")
    framed_by: Mapped[str] = mapped_column(Text, default="")

    def has(self, part: Part) -> bool:
        """Whether a part is switched on."""
        return part in self.parts.split()

    @property
    def promised(self) -> int | None:
        """Within how many working days, where that is said."""
        return self.answer_days if self.has(Part.PROMISE) else None

    def words(self, language: str) -> str:
        """The agency's own words, in the other language where it has none in this one."""
        return (self.words_en or self.words_nl) if language == "en" else (self.words_nl or self.words_en)


@dataclass(frozen=True, slots=True)
class Wish:
    """How an administrator wants it; `words` by language, `ways` those on which candidates reach the agency."""

    is_open: bool
    parts: Collection[Part]
    answer_days: int
    words: dict[str, str]
    framed_by: Sequence[str]
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Outside:
    """What somebody outside sees; `sponsor` only by their own choice, `picture_id` as well."""

    page: OutsidePage
    program: Program
    sponsor: Person | None
    ways: Sequence[OutsideWay]

    @property
    def picture_id(self) -> int | None:
        """The sponsor's picture, where they agreed to that too."""
        return self.sponsor.picture_id if self.sponsor and self.sponsor.pictured_outside_at else None


def arrange(program: Program, wish: Wish, now: datetime) -> OutsidePage:
    """Show it as an administrator wants it from now on; what is switched off is gone at once."""
    db.session.refresh(program, with_for_update=True)  # two who save at once do so one after the other
    page = page_of(program) or OutsidePage(program_id=program.id)
    db.session.add(page)
    page.opened_at = (page.opened_at or now) if wish.is_open else None
    page.parts = " ".join(part for part in Part if part in wish.parts)
    page.answer_days, page.framed_by = wish.answer_days, "\n".join(wish.framed_by)
    page.words_nl, page.words_en = wish.words["nl"], wish.words["en"]
    db.session.flush()
    outside_way.keep(page.id, wish.ways)
    return page


def page_of(program: Program) -> OutsidePage | None:
    """How a program shows itself; None: nobody ever said."""
    return db.session.scalar(select(OutsidePage).where(OutsidePage.program_id == program.id))


def seen_now() -> Outside | None:
    """What everybody outside sees now; None while it is not open."""
    program = the_program()
    page = page_of(program) if program else None
    return seen(program, page) if program and page and page.opened_at else None


def seen(program: Program, page: OutsidePage) -> Outside:
    """What everybody sees, or would see were it open."""
    sponsor = named_sponsor(program) if page.has(Part.SPONSOR) else None
    ways = outside_way.of_page(page.id) if page.has(Part.WAYS) else []
    return Outside(page, program, sponsor, ways)


def named_sponsor(program: Program) -> Person | None:
    """The executive sponsor, if they chose to stand there by name."""
    sponsor = sponsor_of(program)
    return sponsor if sponsor and sponsor.named_outside_at else None
