"""The names that columns have: in Dutch and English files, and in the exports of HubSpot, Bullhorn and Carerix."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from app.domain.candidates.importing.cells import plainly


class Column(StrEnum):
    """What a column can hold; of those in `REPEATABLE` a file may have several."""

    IGNORED = ""
    EXTERNAL_ID = "external_id"
    HUBSPOT_ID = "hubspot_id"
    BULLHORN_ID = "bullhorn_id"
    CARERIX_ID = "carerix_id"
    NAME = "name"
    GIVEN_NAME = "given_name"
    PREFIX = "prefix"
    FAMILY_NAME = "family_name"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    PREFERRED = "preferred"
    ROLE_SOUGHT = "role_sought"
    ASPIRATION = "aspiration"
    REGION = "region"
    TRAVEL_KM = "travel_km"
    AVAILABLE_FROM = "available_from"
    HOURS_WEEK = "hours_week"
    STAGE = "stage"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    TAGS = "tags"
    OWNER = "owner"
    ORIGIN = "origin"
    LANGUAGE = "language"
    CONSENT = "consent"
    CONSENT_ON = "consent_on"
    CONSENT_UNTIL = "consent_until"
    REGISTERED = "registered"


class Vendor(StrEnum):
    """Whose export a file is."""

    NONE = ""
    HUBSPOT = "hubspot"
    BULLHORN = "bullhorn"
    CARERIX = "carerix"


LABELS = frozenset({Column.SKILLS, Column.CERTIFICATES, Column.TAGS})
ADDRESSES = frozenset({Column.PHONE, Column.WHATSAPP, Column.SMS, Column.EMAIL, Column.LINKEDIN})
REPEATABLE = ADDRESSES | LABELS | {Column.IGNORED}
NAMING = frozenset({Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME})
HEADERS: Mapping[Column, str] = MappingProxyType(
    {
        Column.EXTERNAL_ID: "id|kandidaatnummer|kandidaat id|kandidaatid|kandidaatnr|extern id|extern nummer|nr|"
        "nummer|relatienummer|nummer in je eigen systeem|number in your own system|candidate id|record id|"
        "external id|contact id|ats id|employee id|personeelsnummer",
        Column.HUBSPOT_ID: "nummer in hubspot|number in hubspot|hubspot id|hubspot record id|hubspot contact id|"
        "hubspot nummer",
        Column.BULLHORN_ID: "nummer in bullhorn|number in bullhorn|bullhorn id|bullhorn candidate id|bullhorn nummer",
        Column.CARERIX_ID: "nummer in carerix|number in carerix|carerix id|carerix employee id|carerix nummer",
        Column.NAME: "naam|volledige naam|kandidaat|kandidaatnaam|name|full name|candidate|candidate name|contact",
        Column.GIVEN_NAME: "voornaam|roepnaam|first name|firstname|given name",
        Column.PREFIX: "tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|prefix|name prefix|middle name|"
        "middlename|infix|last name prefix",
        Column.FAMILY_NAME: "achternaam|familienaam|last name|lastname|surname|family name",
        Column.PHONE: "telefoon|telefoonnummer|tel|telnr|mobiel|mobiel nummer|mobiele nummer|mobiele telefoon|gsm|"
        "06|telefoon mobiel|telefoon prive|telefoon thuis|telefoon werk|mobiel telefoonnummer|"
        "mobiele telefoonnummer|phone|phone number|telephone|mobile|mobile phone|mobile phone number|cell|"
        "cell phone|home phone|work phone|primary phone|other phone|phone 2|phone2|mobile number|"
        "phone number private",
        Column.WHATSAPP: "whatsapp|whatsappnummer|whatsapp nummer|whatsapp number|whatsapp phone number",
        Column.SMS: "sms|sms nummer|sms number|text message",
        Column.EMAIL: "e mail|email|mail|e mailadres|emailadres|mailadres|e mail adres|email adres|email address|"
        "e mail address|mail address|e mail prive|e mail werk|e mail 1|e mail 2|email 1|email 2|email2|"
        "primary email|personal email|private email|work email|additional email|email address private",
        Column.LINKEDIN: "linkedin|linkedin profiel|linkedin profile|linkedin url|linkedin bio|linkedin profile url",
        Column.PREFERRED: "voorkeurskanaal|voorkeur|liefst via|contactvoorkeur|preferred channel|contact preference|"
        "preferred contact",
        Column.ROLE_SOUGHT: "functie|gezochte functie|gewenste functie|zoekt|beroep|functietitel|functienaam|rol|"
        "role|role sought|job title|title|occupation|position|desired role|current title|function title|functiegroep",
        Column.ASPIRATION: "ambitie|ambities|wens|wensen|waar wil je heen|aspiration|aspirations|ambition|"
        "career goal|wil graag worden",
        Column.REGION: "regio|plaats|woonplaats|stad|region|city|town|address city|home city|residence",
        Column.TRAVEL_KM: "reisafstand|reisafstand km|reisafstand in km|max reisafstand|maximale reisafstand|"
        "travel distance|travel distance in km|travel km|travel radius|max travel distance|straal",
        Column.AVAILABLE_FROM: "beschikbaar|beschikbaar vanaf|beschikbaar per|beschikbaarheid|beschikbaar op|"
        "datum beschikbaar|inzetbaar per|available|available from|available on|availability|date available|"
        "availability date|start date available",
        Column.HOURS_WEEK: "uren|uren per week|uur per week|gewenste uren|aantal uren|contracturen|"
        "uren per week gewenst|hours|hours a week|hours per week|weekly hours|desired hours",
        Column.STAGE: "fase|stage|status|levensfase|lifecycle stage|lead status|kandidaatstatus|candidate status",
        Column.SKILLS: "vaardigheden|vaardigheid|skills|skill|competenties|kennis|skill set|skillset|primary skills|"
        "skills list|skill list",
        Column.CERTIFICATES: "certificaten|certificaat|certificaten en diploma s|diploma s|diplomas|papieren|"
        "certificates|certificate|certifications|certification|licenses|rijbewijzen en certificaten",
        Column.TAGS: "labels|label|tags|tag|trefwoorden|kenmerken|keywords|talentpool|talentpools",
        Column.OWNER: "eigenaar|recruiter|intercedent|consultant|accountmanager|behandelaar|verantwoordelijke|"
        "eigenaar mailadres of naam|owner mail address or name|owner|contact owner|candidate owner|recruiter e mail|"
        "owner name|owner email",
        Column.ORIGIN: "herkomst|bron|kanaal|via|wervingskanaal|origin|source|lead source|original source|"
        "original traffic source|candidate source",
        Column.LANGUAGE: "taal|voorkeurstaal|spreektaal|correspondentietaal|language|preferred language",
        Column.CONSENT: "toestemming|toestemming talentpool|akkoord|avg akkoord|avg toestemming|consent|"
        "gdpr consent|consent given|consent talent pool",
        Column.CONSENT_ON: "toestemming op|datum toestemming|toestemming gegeven op|toestemmingsdatum|avg datum|"
        "consent on|consent date|consent given on|date of consent",
        Column.CONSENT_UNTIL: "toestemming tot|toestemming geldig tot|toestemming verloopt|consent until|"
        "consent expiry|consent expiry date|consent valid until",
        Column.REGISTERED: "ingeschreven|inschrijfdatum|ingeschreven op|datum inschrijving|datum|aanmaakdatum|"
        "aangemaakt|aangemaakt op|registered|registered on|registration date|created|create date|created at|"
        "date added|creation date|created date",
    }
)
BY_HEADER = {name: column for column, names in HEADERS.items() for name in names.split("|")}
VENDORS: Mapping[Vendor, tuple[frozenset[str], Mapping[str, Column]]] = MappingProxyType(
    {
        Vendor.HUBSPOT: (
            frozenset(("record id", "contact owner", "create date", "lifecycle stage", "lead status", "email domain")),
            {"lead status": Column.STAGE, "lifecycle stage": Column.IGNORED, "state region": Column.IGNORED},
        ),
        Vendor.BULLHORN: (
            frozenset(("date added", "date available", "occupation", "skill set", "primary email", "employee type")),
            {
                "name prefix": Column.IGNORED,
                "middle name": Column.PREFIX,
                "phone": Column.PHONE,
                "title": Column.IGNORED,
            },
        ),
        Vendor.CARERIX: (
            frozenset(
                (
                    "employee id",
                    "last name prefix",
                    "email address private",
                    "kandidaatnr",
                    "e mail prive",
                    "functiegroep",
                )
            ),
            {"functiegroep": Column.TAGS},
        ),
    }
)
"""By which headers an export is known, of which three suffice, and what it means by names that others use otherwise."""
ENOUGH = 3


def spellings(name: str) -> tuple[str, ...]:
    """A header in plain letters; 'dateAdded' is read as 'date added' too."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return tuple(dict.fromkeys((plainly(name), plainly(apart))))


def column_of(name: str) -> Column | None:
    """What a header says by itself."""
    return next((BY_HEADER[each] for each in spellings(name) if each in BY_HEADER), None)


def is_header(cell: str) -> bool:
    return column_of(cell) is not None


def vendor_of(header: Sequence[str]) -> Vendor:
    """Whose export has these headers."""
    names = {each for name in header for each in spellings(name)}
    known = {vendor: len(names & signs) for vendor, (signs, _) in VENDORS.items()}
    best = max(known, key=lambda vendor: known[vendor])
    return best if known[best] >= ENOUGH else Vendor.NONE


def meant_by(vendor: Vendor, name: str) -> Column | None:
    """What a vendor means by a header, where that differs from what others mean."""
    meanings = VENDORS[vendor][1] if vendor else {}
    return next((meanings[each] for each in spellings(name) if each in meanings), None)
