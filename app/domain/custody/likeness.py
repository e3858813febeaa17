"""How alike two candidates are: a number or an address in common, else nearly the same name close to each other."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from app.domain.agency.naming import PREFIXES

BETWEEN_WORDS = str.maketrans("-,.", "   ")
MOST_EACH = 10
SHARED_BY = 6  # an address that more people have is that of an office or a family
LARGEST_BLOCK = 300
NEIGHBOURS = 25
WORTH_ASKING = 75
NEARLY = 88
OTHER_ROLE, OTHER_REGION, OTHER_ADDRESS, NOTHING_COMMON = 8, 8, 12, 4
SHARED_LEAST = 70


class Reason(StrEnum):
    """The strongest thing that two candidates share."""

    EXTERNAL_ID = "external_id"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a candidate, all of it folded; `name` has its words in the order of the alphabet."""

    id: int
    name: str
    family: str
    role: str
    region: str
    external_id: str
    emails: frozenset[str]
    numbers: frozenset[str]


class Alike(NamedTuple):
    """Two candidates, the lower id first; `likeness` runs from 0 to 100."""

    first_id: int
    second_id: int
    reason: Reason
    likeness: int


def known(id_: int, *, name: str, role: str, region: str, external_id: str, addresses: Collection[str]) -> Known:
    """A candidate whose text is folded, and whose addresses are normalised; prefixes of names tell nothing apart."""
    emails = frozenset(each for each in addresses if "@" in each)
    words = name.translate(BETWEEN_WORDS).split()
    telling = words[:1] + [word for word in words[1:] if word not in PREFIXES]
    return Known(
        id=id_,
        name=" ".join(sorted(telling)),
        family=telling[-1] if telling else "",
        role=role,
        region=region,
        external_id=number(external_id),
        emails=emails,
        numbers=frozenset(addresses) - emails,
    )


def number(external_id: str) -> str:
    """A number of the agency's own system as people retype it: no signs, no capitals, no noughts before it."""
    return "".join(filter(str.isalnum, external_id)).casefold().lstrip("0")


def pairs(people: Iterable[Known], fresh: Collection[int] | None = None) -> Iterator[Alike]:
    """Every two who may be one, once each; with `fresh`, only those of whom one is fresh."""
    everybody = list(people)
    seen: set[tuple[int, int]] = set()
    for group in (*_sharing(everybody), *_blocks(everybody)):
        if fresh is not None and not any(each.id in fresh for each in group):
            continue
        for one, two in _couples(group):
            at = (min(one.id, two.id), max(one.id, two.id))
            if at in seen or not (fresh is None or one.id in fresh or two.id in fresh):
                continue
            found = compare(one, two)
            if found:
                seen.add(at)
                yield found


def strongest(found: Iterable[Alike]) -> list[Alike]:
    """The pairs worth a look, the most alike first: with everybody only the ten most alike."""
    count: Counter[int] = Counter()
    kept = []
    for each in sorted(found, key=lambda each: (-each.likeness, each.first_id, each.second_id)):
        if max(count[each.first_id], count[each.second_id]) < MOST_EACH:
            count.update(each[:2])
            kept.append(each)
    return kept


def compare(one: Known, two: Known) -> Alike | None:
    """Whether two may be one, and why."""
    first, second = (one, two) if one.id < two.id else (two, one)
    reason = _shared(one, two)
    if reason is Reason.EXTERNAL_ID:
        return Alike(first.id, second.id, reason, 100)
    if reason:
        return Alike(first.id, second.id, reason, max(SHARED_LEAST, round(fuzz.ratio(one.name, two.name))))
    names = fuzz.ratio(one.name, two.name, score_cutoff=NEARLY)
    likeness = round(names - _distance(one, two)) if names else 0
    return Alike(first.id, second.id, Reason.NAME, likeness) if likeness >= WORTH_ASKING else None


def _shared(one: Known, two: Known) -> Reason | None:
    if one.external_id and one.external_id == two.external_id:
        return Reason.EXTERNAL_ID
    if one.emails & two.emails:
        return Reason.EMAIL
    return Reason.PHONE if one.numbers & two.numbers else None


def _distance(one: Known, two: Known) -> int:
    """What speaks against the same name being the same person."""
    common = [bool(mine and mine == theirs) for mine, theirs in ((one.role, two.role), (one.region, two.region))]
    against = OTHER_ROLE * _differ(one.role, two.role) + OTHER_REGION * _differ(one.region, two.region)
    against += OTHER_ADDRESS * _differ(one.emails, two.emails) + OTHER_ADDRESS * _differ(one.numbers, two.numbers)
    return against + NOTHING_COMMON * (not any(common))


def _differ(one: object, two: object) -> bool:
    """Both are told, and they are not the same."""
    return bool(one) and bool(two) and one != two


def _sharing(people: Sequence[Known]) -> Iterator[list[Known]]:
    """Those who have a number or an address in common."""
    groups: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for each in people:
        for kind, values in (("id", (each.external_id,)), ("email", each.emails), ("number", each.numbers)):
            for value in filter(None, values):
                groups[kind, value].append(each)
    return (group for group in groups.values() if 1 < len(group) <= SHARED_BY)


def _blocks(people: Sequence[Known]) -> Iterator[list[Known]]:
    """Those whose names are worth comparing: in one region, or wherever, with names that begin alike."""
    groups: defaultdict[tuple[str, ...], list[Known]] = defaultdict(list)
    for each in people:
        if each.name:
            groups["region", each.region, each.family[:3]].append(each)
            groups["words", *sorted(word[:3] for word in each.name.split())].append(each)
    return (group for group in groups.values() if len(group) > 1)


def _couples(group: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """All couples of a group; of a large one only those who stand close by each other in the order of the names."""
    if len(group) <= LARGEST_BLOCK:
        return combinations(group, 2)
    ordered = sorted(group, key=lambda each: (each.name, each.id))
    return (
        (each, ordered[other])
        for at, each in enumerate(ordered)
        for other in range(at + 1, min(at + 1 + NEIGHBOURS, len(ordered)))
    )
