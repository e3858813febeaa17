"""What is said while candidates are imported: columns, faults of a file, reasons for refusing a row."""

from app.domain.candidates.importing.candidate_import import Mapping, Unclear
from app.domain.candidates.importing.columns import Column, Sure
from app.domain.candidates.importing.rows import Reason, Refusal
from app.domain.candidates.table_file import Fault, Unusable
from app.language import gettext as _


def column_label(column: Column) -> str:
    """What a column of the file can hold."""
    return {
        Column.IGNORED: _("do not import"),
        Column.NAME: _("full name"),
        Column.GIVEN_NAME: _("given name"),
        Column.PREFIX: _("name prefix"),
        Column.FAMILY_NAME: _("family name"),
        Column.PHONE: _("phone"),
        Column.WHATSAPP: "WhatsApp",
        Column.EMAIL: _("mail address"),
        Column.LINKEDIN: "LinkedIn",
        Column.ROLE_SOUGHT: _("role sought"),
        Column.REGION: _("region"),
        Column.STAGE: _("stage"),
        Column.OWNER: _("owner (mail address or name)"),
        Column.ORIGIN: _("origin"),
        Column.EXTERNAL_ID: _("number in your own system"),
        Column.PREFERRED: _("preferred channel"),
        Column.REGISTERED: _("registered on"),
    }[column]


def sure_label(sure: Sure) -> str:
    """How sure a guess is."""
    return {Sure.CERTAIN: _("recognised"), Sure.LIKELY: _("please check"), Sure.NO: _("not recognised")}[sure]


def fault_sentence(unusable: Unusable) -> str:
    """Why a file as a whole cannot be read, and what to do."""
    number = unusable.detail
    return {
        Fault.EMPTY: _("This file is empty. Export it again and choose the new file."),
        Fault.OFFICE: _("This is a workbook or a PDF. Open it, save it as CSV, and choose that file."),
        Fault.ENCODING: _("This file is no text that we can read. Save it as CSV UTF-8 and try again."),
        Fault.NO_HEADER: _("The first row must hold the names of the columns, such as Naam and Telefoon."),
        Fault.NO_ROWS: _("There is nobody in this file: below the names of the columns are no rows."),
        Fault.TOO_MANY_ROWS: _("There are more than %(count)s rows in this file. Split it.", count=number),
        Fault.TOO_MANY_COLUMNS: _("There are %(count)s columns in this file; 200 is the most.", count=number),
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
        Reason.RAGGED: _("This row has %(count)s cells, not as many as there are columns.", count=about),
        Reason.NO_NAME: _("The name is missing."),
        Reason.TOO_LONG: _("“%(text)s…” is too long.", text=about),
        Reason.BAD_PHONE: _("“%(text)s” is not a phone number.", text=about),
        Reason.BAD_EMAIL: _("“%(text)s” is not a mail address.", text=about),
        Reason.BAD_LINKEDIN: _("“%(text)s” is not a LinkedIn profile.", text=about),
        Reason.BAD_STAGE: _("“%(text)s” is not a stage.", text=about),
        Reason.BAD_CHANNEL: _("“%(text)s” is not a channel.", text=about),
        Reason.BAD_DATE: _("“%(text)s” is not a date, such as 31-12-2026.", text=about),
        Reason.FUTURE_DATE: _("“%(text)s” is in the future.", text=about),
        Reason.TWICE: _("This is the same person as on line %(line)s.", line=about),
        Reason.TWO_PEOPLE: _("The phone number and the mail address belong to two different candidates."),
        Reason.OTHER_ID: _("%(name)s has this address under another number in your own system.", name=about),
        Reason.ELSEWHERE: _("Another branch knows this person already; ask an administrator."),
    }[refusal.reason]
