"""What the demo agency shares: a library with something for many roles, who got what, and scanners that open mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.demo.pool import Somebody
from app.domain.actions import link_followed, sharing, verdicts
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.journey import shared_item
from app.domain.journey.machine import Verdict
from app.domain.journey.shared_item import Described, ItemKind, SharedItem
from app.domain.journey.touchpoint import Hit
from app.domain.journey.tracked_link import TrackedLink

DAY = timedelta(days=1)
OLD = 60 * DAY
SCANNED = 400
SITE = "https://www.vasteband.example/"
ITEMS = (
    Described("Tien tips bij je cv", ItemKind.ADVICE, f"{SITE}cv", [], [],
              "Hoi {naam}, tien tips bij je cv, in vijf minuten gelezen: {link}",
              "Hi {naam}, ten tips to a better cv in five minutes: {link}"),
    Described("Code 95: wat verandert er in 2027?", ItemKind.NEWS, f"{SITE}code-95", ["chauffeur"], [],
              "Hoi {naam}, de regels voor code 95 veranderen. Hier staat het kort: {link}"),
    Described("Teamleider worden: zo begin je", ItemKind.ADVICE, f"{SITE}teamleider",
              ["orderpicker", "magazijn"], ["teamleider"]),
    Described("Lasavond bij onze opdrachtgever in Zwolle", ItemKind.EVENT, f"{SITE}lasavond",
              ["lasser", "monteur"], ["leren lassen"]),
    Described("Kantoorwerk: drie verhalen van overstappers", ItemKind.ADVICE, f"{SITE}kantoor",
              ["administratief", "receptionist", "planner"], ["kantoorwerk"]),
    Described("Werken in de zorg zonder diploma", ItemKind.NEWS, f"{SITE}zorg", ["verzorgende"], ["vakdiploma"]),
    Described("Je rechten bij ziekte als uitzendkracht", ItemKind.OTHER, f"{SITE}ziek", [], []),
)  # fmt: skip


class Given(NamedTuple):
    """The candidate of a scene, the item, how long ago, and by what it was opened."""

    scene: int
    item: int
    ago: timedelta
    opened: Verdict | None = None


SHARED = (
    Given(0, 0, 12 * DAY),
    Given(2, 1, 9 * DAY, Verdict.HUMAN),
    Given(3, 4, 5 * DAY, Verdict.HUMAN),
    Given(3, 0, 33 * DAY),
    Given(4, 4, 21 * DAY, Verdict.MACHINE),
    Given(5, 3, 40 * DAY),
)


def fill(keeper: Person, star: Person, played: Sequence[Candidate], pool: Sequence[Somebody], now: datetime) -> None:
    """Fill the library, share from it, and let scanners at work."""
    items = [shared_item.add(described, keeper.id, now - OLD) for described in ITEMS]
    shared_item.retire(items[-1], now - 7 * DAY)
    for given in SHARED:
        _share(star, played[given.scene], items[given.item], given, now)
    _scan(pool[:: len(pool) // SCANNED], now)
    verdicts.settle(now)


def _share(star: Person, candidate: Candidate, item: SharedItem, given: Given, now: datetime) -> None:
    at = now - given.ago
    sharing.share(candidate, item, [Channel.WHATSAPP], star, at)
    if given.opened is None:
        return
    row = db.session.scalars(select(TrackedLink).order_by(TrackedLink.id.desc()).limit(1)).one()
    link_followed.follow(row, given.opened, at + timedelta(hours=2))


def _scan(receivers: Sequence[Somebody], now: datetime) -> None:
    """A newsletter: some opened it, an image proxy fetched it for others, and for most a scanner did."""
    seen = (Verdict.MACHINE, Verdict.UNKNOWN, Verdict.MACHINE, Verdict.HUMAN)
    hits = [
        Hit(one.id, "mail_open", now - 6 * DAY, "demo", f"newsletter-{number}", seen[number % len(seen)])
        for number, one in enumerate(receivers)
    ]
    take_in_many(hits, now, silent=True)
