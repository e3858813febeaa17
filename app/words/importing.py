"""What is said while candidates are imported: columns, vendors, faults of a file, reasons for refusing a row."""

from app.domain.candidates.importing.candidate_import import Mapping, Unclear
from app.domain.candidates.importing.columns import Sure
from app.domain.candidates.importing.entry import Reason, Refusal
from app.domain.candidates.importing.headers import Column, Vendor
from app.domain.candidates.table_row import MOST_COLUMNS, Fault, Unusable
from app.language import gettext as _


def column_label(column: Column) -> str:
    """What a column of the file can hold; exports use it as the header, which the import knows again."""
    return {
        Column.IGNORED: _("do not import"),
        Column.EXTERNAL_ID: _("number in your own system"),
        Column.HUBSPOT_ID: _("number in HubSpot"),
        Column.BULLHORN_ID: _("number in Bullhorn"),
        Column.CARERIX_ID: _("number in Carerix"),
        Column.NAME: _("full name"),
        Column.GIVEN_NAME: _("given name"),
        Column.PREFIX: _("name prefix"),
        Column.FAMILY_NAME: _("family name"),
        Column.PHONE: _("phone"),
        Column.WHATSAPP: "WhatsApp",
        Column.SMS: _("SMS"),
        Column.EMAIL: _("mail address"),
        Column.LINKEDIN: "LinkedIn",
        Column.PREFERRED: _("preferred channel"),
        Column.ROLE_SOUGHT: _("role sought"),
        Column.ASPIRATION: _("aspiration"),
        Column.REGION: _("region"),
        Column.TRAVEL_KM: _("travel distance in km"),
        Column.AVAILABLE_FROM: _("available from"),
        Column.HOURS_WEEK: _("hours a week"),
        Column.STAGE: _("stage"),
        Column.SKILLS: _("skills"),
        Column.CERTIFICATES: _("certificates"),
        Column.TAGS: _("tags"),
        Column.OWNER: _("owner (mail address or name)"),
        Column.ORIGIN: _("origin"),
        Column.LANGUAGE: _("language"),
        Column.CONSENT: _("consent"),
        Column.CONSENT_ON: _("consent on"),
        Column.CONSENT_UNTIL: _("consent until"),
        Column.REGISTERED: _("registered on"),
    }[column]


def sure_label(sure: Sure) -> str:
    """How sure a guess is."""
    return {Sure.CERTAIN: _("recognised"), Sure.LIKELY: _("please check"), Sure.NO: _("not recognised")}[sure]


def vendor_label(vendor: Vendor) -> str:
    """Whose export a file is; empty when it is nobody's that we know."""
    return {Vendor.NONE: "", Vendor.HUBSPOT: "HubSpot", Vendor.BULLHORN: "Bullhorn", Vendor.CARERIX: "Carerix"}[vendor]


def fault_sentence(unusable: Unusable) -> str:
    """Why a file as a whole cannot be read, and what to do."""
    number = unusable.detail
    return {
        Fault.EMPTY: _("This file is empty. Export it again and choose the new file."),
        Fault.OLD_WORKBOOK: _("This is a workbook of the old kind. Save it as XLSX or CSV, and choose that file."),
        Fault.PDF: _("This is a PDF. Export the table as XLSX or CSV, and choose that file."),
        Fault.BROKEN_WORKBOOK: _("This workbook is damaged or locked. Open it, save it anew as XLSX, and choose that."),
        Fault.TOO_LARGE: _("Unpacked, this workbook is larger than %(count)s MB. Save the table as CSV.", count=number),
        Fault.ENCODING: _("This file is no text that we can read. Save it as CSV UTF-8 and try again."),
        Fault.NO_HEADER: _("The first row must hold the names of the columns, such as Naam and Telefoon."),
        Fault.NO_ROWS: _("There is nobody in this file: below the names of the columns are no rows."),
        Fault.TOO_MANY_ROWS: _("There are more than %(count)s rows in this file. Split it.", count=number),
        Fault.TOO_MANY_COLUMNS: _(
            "There are %(count)s columns in this file; %(most)s is the most.", count=number, most=MOST_COLUMNS
        ),
        Fault.LONG_LINE: _("Line %(line)s is endless: this is no table of candidates.", line=number),
        Fault.QUOTES: _("From line %(line)s on the quotation marks do not match. Correct that line.", line=number),
    }[unusable.fault]


def unclear_sentence(unclear: Unclear) -> str:
    """Why a choice of columns will not do."""
    if unclear.fault == Mapping.NO_NAME:
        return _("Say which column holds the name: without a name there is no candidate.")
    return _("Only one column can be “%(column)s”.", column=column_label(unclear.column))


def refusal_sentence(refusal: Refusal) -> str:
    """Why a row is not imported, and what it is about."""
    about = refusal.about
    return {
        Reason.HEADER: _("This row holds names of columns, not a person."),
        Reason.RAGGED: _("This row has %(count)s cells, not as many as there are columns.", count=about),
        Reason.NO_NAME: _("The name is missing."),
        Reason.TOO_LONG: _("“%(text)s…” is too long.", text=about),
        Reason.TOO_MANY: _("%(count)s addresses or labels of one person are too many.", count=about),
        Reason.BAD_PHONE: _("“%(text)s” is not a phone number.", text=about),
        Reason.BAD_EMAIL: _("“%(text)s” is not a mail address.", text=about),
        Reason.BAD_LINKEDIN: _("“%(text)s” is not a LinkedIn profile.", text=about),
        Reason.BAD_CRM_ID: _("“%(text)s” is no number of another system.", text=about),
        Reason.BAD_STAGE: _("“%(text)s” is not a stage.", text=about),
        Reason.BAD_CHANNEL: _("“%(text)s” is not a channel.", text=about),
        Reason.BAD_DATE: _("“%(text)s” is not a date, such as 31-12-2026.", text=about),
        Reason.FUTURE_DATE: _("“%(text)s” is in the future.", text=about),
        Reason.BAD_HOURS: _("“%(text)s” is not a number of hours a week.", text=about),
        Reason.BAD_DISTANCE: _("“%(text)s” is not a distance in kilometres.", text=about),
        Reason.BAD_LANGUAGE: _("“%(text)s” is neither Dutch nor English.", text=about),
        Reason.BAD_CONSENT: _("“%(text)s” is neither yes nor no.", text=about),
        Reason.BAD_LABEL: _("“%(text)s” cannot be read as a list with days such as “VCA tot 31-12-2027”.", text=about),
        Reason.TWICE: _("This is the same person as on line %(line)s.", line=about),
        Reason.TWO_PEOPLE: _("The phone number and the mail address belong to two different candidates."),
        Reason.OTHER_ID: _("%(name)s has this address under another number in your own system.", name=about),
        Reason.OTHER_NAME: _(
            "This phone number is %(name)s's here. If it is the same person, put their name or mail address in the "
            "row; if it is somebody else, leave the number out.",
            name=about,
        ),
        Reason.ELSEWHERE: _("Another branch knows this person already; ask an administrator."),
    }[refusal.reason]


def reason_label(reason: Reason) -> str:
    """Why rows are not imported, in a few words, for counting them."""
    return {
        Reason.HEADER: _("names of columns"),
        Reason.RAGGED: _("another number of cells"),
        Reason.NO_NAME: _("no name"),
        Reason.TOO_LONG: _("too long"),
        Reason.TOO_MANY: _("too many addresses or labels"),
        Reason.BAD_PHONE: _("phone number"),
        Reason.BAD_EMAIL: _("mail address"),
        Reason.BAD_LINKEDIN: _("LinkedIn profile"),
        Reason.BAD_CRM_ID: _("number in another system"),
        Reason.BAD_STAGE: _("unknown stage"),
        Reason.BAD_CHANNEL: _("unknown channel"),
        Reason.BAD_DATE: _("date"),
        Reason.FUTURE_DATE: _("date in the future"),
        Reason.BAD_HOURS: _("hours a week"),
        Reason.BAD_DISTANCE: _("distance"),
        Reason.BAD_LANGUAGE: _("unknown language"),
        Reason.BAD_CONSENT: _("consent neither yes nor no"),
        Reason.BAD_LABEL: _("list of labels"),
        Reason.TWICE: _("twice in the file"),
        Reason.TWO_PEOPLE: _("two candidates at once"),
        Reason.OTHER_ID: _("known under another number"),
        Reason.OTHER_NAME: _("another name at this number"),
        Reason.ELSEWHERE: _("known in another branch"),
    }[reason]


def stays_label(what: str) -> str:
    """What an undo left as it is, and why."""
    words = {
        "acts": _("something was done with them since"),
        "identity": _("an address that was marked since"),
        "owner_id": _("owner"),
    }
    known = {str(column) for column in Column}
    return words.get(what) or (column_label(Column(what)) if what in known else _("other facts"))
