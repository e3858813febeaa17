"""Which column of a file holds what: guessed from its header in Dutch or English, else from what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.candidates.address import Unreachable, recognise
from app.domain.candidates.importing.cells import channel_in, day_in, plainly, stage_in

ENOUGH = 0.6
SHORTEST_PART = 4


class Column(StrEnum):
    """What a column can hold; several columns may hold a phone number or a mail address, of others one."""

    IGNORED = ""
    NAME = "name"
    GIVEN_NAME = "given_name"
    PREFIX = "prefix"
    FAMILY_NAME = "family_name"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    ROLE_SOUGHT = "role_sought"
    REGION = "region"
    STAGE = "stage"
    OWNER = "owner"
    ORIGIN = "origin"
    EXTERNAL_ID = "external_id"
    PREFERRED = "preferred"
    REGISTERED = "registered"


class Sure(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Guess:
    column: Column
    sure: Sure


REPEATABLE = frozenset({Column.IGNORED, Column.PHONE, Column.EMAIL})
NAMING = frozenset({Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME})
HEADERS = MappingProxyType(
    {
        Column.NAME: "naam|volledige naam|kandidaat|kandidaatnaam|name|full name|candidate|candidate name|contact",
        Column.GIVEN_NAME: "voornaam|roepnaam|first name|firstname|given name",
        Column.PREFIX: "tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|prefix|middle name|infix",
        Column.FAMILY_NAME: "achternaam|familienaam|last name|lastname|surname|family name",
        Column.PHONE: "telefoon|telefoonnummer|tel|telnr|mobiel|mobiel nummer|mobiele nummer|mobiele telefoon|gsm|06|"
        "phone|phone number|telephone|mobile|mobile phone|mobile phone number|cell|nummer",
        Column.WHATSAPP: "whatsapp|whatsappnummer|whatsapp nummer|whatsapp number|whatsapp phone number",
        Column.EMAIL: "e mail|email|mail|e mailadres|emailadres|mailadres|e mail adres|email address|e mail address",
        Column.LINKEDIN: "linkedin|linkedin profiel|linkedin profile|linkedin url|linkedin bio",
        Column.ROLE_SOUGHT: "functie|gezochte functie|gewenste functie|zoekt|beroep|functietitel|"
        "role|role sought|job title|title|occupation|position|desired role",
        Column.REGION: "regio|plaats|woonplaats|stad|region|city|town|location",
        Column.STAGE: "fase|stage|status|levensfase|lifecycle stage|lead status",
        Column.OWNER: "eigenaar|recruiter|intercedent|consultant|accountmanager|behandelaar|"
        "owner|contact owner|candidate owner|recruiter e mail",
        Column.ORIGIN: "herkomst|bron|kanaal|via|origin|source|lead source|original source",
        Column.EXTERNAL_ID: "id|kandidaatnummer|kandidaat id|kandidaatid|extern id|extern nummer|relatienummer|nr|"
        "candidate id|record id|external id|contact id|ats id",
        Column.PREFERRED: "voorkeurskanaal|voorkeur|liefst via|contactvoorkeur|preferred channel|contact preference",
        Column.REGISTERED: "ingeschreven|inschrijfdatum|ingeschreven op|datum|aanmaakdatum|aangemaakt|"
        "registered|registration date|created|create date|created at|date added",
    }
)
BY_HEADER = {name: column for column, names in HEADERS.items() for name in names.split("|")}


def guess(header: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Guess]:
    """What each column holds, in the order of the columns; nothing but numbers and addresses is guessed twice."""
    taken: set[Column] = set()
    guesses = []
    for at, name in enumerate(header):
        one = _guess_one(name, [row[at] for row in samples if at < len(row) and row[at]])
        if one.column in taken - REPEATABLE:
            one = Guess(Column.IGNORED, Sure.NO)
        taken.add(one.column)
        guesses.append(one)
    return guesses


def _guess_one(name: str, values: Sequence[str]) -> Guess:
    plain = plainly(name)
    if plain in BY_HEADER and _readable(BY_HEADER[plain], values):
        return Guess(BY_HEADER[plain], Sure.CERTAIN)
    seen = _by_content(values)
    if seen != Column.IGNORED:
        return Guess(seen, Sure.LIKELY)
    inside = [known for known in BY_HEADER if len(known) >= SHORTEST_PART and f" {known} " in f" {plain} "]
    part = BY_HEADER[max(inside, key=len)] if inside else Column.IGNORED
    return Guess(part, Sure.LIKELY) if inside and _readable(part, values) else Guess(Column.IGNORED, Sure.NO)


def _readable(column: Column, values: Sequence[str]) -> bool:
    """A column named 'status' or 'datum' holds many things; most of its values must be such a thing."""
    reads = {Column.STAGE: stage_in, Column.REGISTERED: day_in, Column.PREFERRED: channel_in}.get(column)
    return reads is None or sum(reads(value) is not None for value in values) >= ENOUGH * len(values)


def _by_content(values: Sequence[str]) -> Column:
    found: list[str] = []
    for value in values:
        try:
            found.append(recognise(value)[0])
        except Unreachable:
            continue
    common = max(set(found), key=found.count, default="")
    return Column(common) if values and found.count(common) >= ENOUGH * len(values) and common else Column.IGNORED
