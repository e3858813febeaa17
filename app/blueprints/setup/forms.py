"""The forms that only the setup has: the beginning, and inviting people by lines."""

import re
from typing import NamedTuple

from wtforms import Field, PasswordField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.domain.agency import password
from app.domain.agency.person import normal_email
from app.domain.program.founding import Council, Founding
from app.language import current, lazy_gettext
from app.language import gettext as _
from app.web.forms import Form, filled, mail_address, stripped, trimmed
from app.web.program_forms import CouncilForm
from app.words.people import weakness_sentence

MOST_LINES = 500
LINE = re.compile(r"^(?P<name>[^<,;\t]*[^<,;\t\s])\s*[<,;\t]\s*(?P<email>[^<>,;\s]+)\s*>?$")


class FoundingForm(CouncilForm):
    """The program's name, the agency's, and the first administrator."""

    program_name = StringField(
        lazy_gettext("Name of your program"), filters=[trimmed], validators=[filled(), Length(max=60)]
    )
    agency_name = StringField(
        lazy_gettext("Name of your agency"), filters=[trimmed], validators=[filled(), Length(max=120)]
    )
    admin_name = StringField(lazy_gettext("Your name"), filters=[trimmed], validators=[filled(), Length(max=120)])
    admin_email = StringField(
        lazy_gettext("Your mail address"), filters=[trimmed], validators=[filled(), Length(max=254), mail_address]
    )
    password = PasswordField(lazy_gettext("Your password"), validators=[filled()])

    def validate_password(self, field: Field) -> None:
        names = (self.program_name.data, self.agency_name.data, self.admin_name.data, self.admin_email.data)
        weakness = password.weakness(field.data or "", [name for name in names if name])
        if weakness:
            raise ValidationError(weakness_sentence(weakness))

    def founding(self, timezone: str) -> Founding:
        """What is founded. Slow, for it hashes the password: call it before the write transaction."""
        return Founding(
            program_name=self.program_name.data or "",
            agency_name=self.agency_name.data or "",
            timezone=timezone,
            language=current(),
            council=Council(self.council.data),
            council_reason=self.council_reason.data or "",
            admin_name=self.admin_name.data or "",
            admin_email=self.admin_email.data or "",
            password_hash=password.hashed(self.password.data or ""),
        )


class Invitee(NamedTuple):
    name: str
    email: str


class InviteForm(Form):
    """Lines of a name and a mail address, however a mail program or a sheet separates them."""

    people = TextAreaField(
        lazy_gettext("Names and mail addresses"), filters=[stripped], validators=[Length(max=50_000)]
    )

    def validate_people(self, field: Field) -> None:
        lines = (field.data or "").splitlines()
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(most)s lines at once.", most=MOST_LINES))
        wrong = [str(number) for number, line in enumerate(lines, 1) if line.strip() and _invitee(line) is None]
        if wrong:
            raise ValidationError(
                _(
                    "No name and mail address in line %(lines)s. Write: Sanne de Vries, sanne@agency.com",
                    lines=", ".join(wrong[:10]),
                )
            )

    def invitees(self) -> list[Invitee]:
        """Everybody who is named, each address once."""
        found = (_invitee(line) for line in (self.people.data or "").splitlines())
        return list({invitee.email: invitee for invitee in found if invitee}.values())


def _invitee(line: str) -> Invitee | None:
    match = LINE.match(line.strip())
    email = normal_email(match["email"]) if match else None
    return Invitee(trimmed(match["name"])[:120], email) if match and email else None
