"""The forms of one's own account: signing in, a new password, and how one wants to see Fanfare."""

from collections.abc import Collection
from typing import Any

from wtforms import BooleanField, PasswordField, RadioField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length

from app.domain.agency import password
from app.domain.agency.person import normal_email
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, trimmed
from app.words.people import weakness_sentence

LONGEST_NAME = 100
LONGEST_KEY_NAME = 60


class SignInForm(Form):
    email = StringField(_l("Mail address"), [InputRequired(_l("Fill in your mail address."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Fill in your password."))])


class AskForm(Form):
    """Where a link should be mailed to."""

    email = StringField(_l("Mail address"), [InputRequired(_l("Fill in your mail address."))], filters=[trimmed])

    def validate_email(self, field: StringField) -> None:
        if normal_email(field.data or "") is None:
            raise ValidationError(_("This is not a mail address, such as name@agency.com."))


class NewPasswordForm(Form):
    """`known_words` are what others link to the person; a password made of them is refused."""

    known_words: Collection[str] = ()
    password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password."))])
    repeat = PasswordField(
        _l("New password once more"), [EqualTo("password", _l("This is not the same as the password above it."))]
    )

    def validate_password(self, field: PasswordField) -> None:
        weakness = password.weakness(field.data or "", self.known_words)
        if weakness:
            raise ValidationError(weakness_sentence(weakness))


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(_l("Current password"), [InputRequired(_l("Fill in your current password."))])


class CodeForm(Form):
    """A code of the app; one on paper is taken too."""

    code = StringField(_l("Code"), [InputRequired(_l("Fill in a code."))], filters=[trimmed])


class PaperForm(Form):
    """A code on paper, where it is asked for; one of the app is taken too."""

    paper = StringField(_l("Code on paper"), [InputRequired(_l("Fill in a code."))], filters=[trimmed])


class ProofForm(Form):
    """Whoever is signed in says once more who they are."""

    proof = PasswordField(
        _l("Your password, or a code of the app"), [InputRequired(_l("Fill in your password or a code."))]
    )


class PasskeyForm(Form):
    """What a passkey is called, and what the device said."""

    name = StringField(
        _l("Name of the passkey"),
        filters=[trimmed],
        validators=[filled(), Length(max=LONGEST_KEY_NAME, message=_l("Use at most 60 characters."))],
    )
    credential = StringField("")


class ProfileForm(Form):
    name = StringField(
        _l("Name"),
        filters=[trimmed],
        validators=[filled(), Length(max=LONGEST_NAME, message=_l("Use at most 100 characters."))],
    )
    language = RadioField(_l("Language"))
    theme = RadioField(_l("Colours"))
    keys_enabled = BooleanField(_l("Keys"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.language.choices = [("nl", "Nederlands"), ("en", "English")]
        self.theme.choices = [("system", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]
