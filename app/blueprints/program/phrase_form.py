"""The form of a phrase: a message or something to begin with, that names only what we know and reveals no watching."""

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.domain.candidates.address import Channel
from app.domain.program.phrase import Occasion, PhraseUse, Said, Written
from app.domain.program.phrase_text import reveals_watching, unknown_names
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, stripped, trimmed
from app.words.candidates import channel_label
from app.words.occasions import occasion_label

CHANNELS = (Channel.WHATSAPP, Channel.EMAIL, Channel.SMS, Channel.LINKEDIN)
LONGEST = 1000


class PhraseForm(Form):
    """An opening has no subject and no channel; one of the house's keeps its place and its language."""

    occasion = SelectField(_l("Occasion"))
    language = RadioField(_l("Language"))
    channel = SelectField(_l("Channel"))
    subject = StringField(_l("Subject, for mail"), [Length(max=120)], filters=[trimmed])
    text = TextAreaField(_l("Text"), [filled(), Length(max=LONGEST)], filters=[stripped])

    def offer(self, use: PhraseUse, said: Said | None = None) -> "PhraseForm":
        """Only what can be chosen here."""
        self.occasion.choices = [(str(each), occasion_label(each)) for each in Occasion]
        self.language.choices = [("nl", "Nederlands"), ("en", "English")]
        self.channel.choices = [("", _("Any channel")), *((str(each), channel_label(each)) for each in CHANNELS)]
        house = said is not None and said.preset is not None
        for name in (*(("occasion", "language") if house else ()), *(("channel",) if house else ())):
            del self[name]
        if use == PhraseUse.OPENING:
            for name in {"channel", "subject"} & set(self._fields):
                del self[name]
        return self

    def validate_subject(self, field: Field) -> None:
        _check(field.data or "")

    def validate_text(self, field: Field) -> None:
        _check(field.data or "")

    def written(self, use: PhraseUse, said: Said | None = None) -> Written:
        """What the form says; what it does not ask stays as it was."""
        told = {name: field.data or "" for name, field in self._fields.items()}
        kept = {name: getattr(said, name) for name in ("occasion", "language", "channel", "subject")} if said else {}
        facts = kept | told
        return Written(
            use=use,
            occasion=Occasion(facts["occasion"]),
            language=facts["language"],
            text=facts["text"],
            subject=facts.get("subject", ""),
            channel=facts.get("channel", ""),
        )


def _check(text: str) -> None:
    unknown = unknown_names(text)
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in unknown)
        raise ValidationError(_("We do not know what to fill in for %(names)s.", names=names))
    if words := reveals_watching(text):
        raise ValidationError(
            _("“%(words)s” tells candidates that they are watched. Write what you want to talk about.", words=words)
        )
