"""Messages and openings: leads and admins read, change, add, retire and reset what recruiters start from."""

from types import SimpleNamespace

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app import clock
from app.blueprints.program.phrase_form import PhraseForm
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.program import phrase, phrasebook
from app.domain.program.phrase import Full, PhraseUse, Said, Written
from app.domain.program.phrase_text import fill
from app.domain.program.program import Program, the_program
from app.language import current
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.web.htmx import go
from app.web.toast import say
from app.words.candidates import channel_label
from app.words.messages import facts_of, is_formal
from app.words.occasions import occasion_label

LANGUAGES = ("nl", "en")
EXAMPLE = "Bram"
keeper = auth.only(Role.LEAD, Role.ADMIN)
words = SimpleNamespace(occasion_label=occasion_label, channel_label=channel_label)


@keeper
def index() -> str:
    """What counts, and what was retired, of one use in one language."""
    use, language = _use(), _language()
    listed = [each for each in phrasebook.all_of(_program()) if (each.use, each.language) == (use, language)]
    return render_template(
        "program/phrases/page.html",
        standing=[each for each in listed if not each.retired],
        retired=[each for each in listed if each.retired],
        use=use,
        language=language,
        administers=auth.person().role == Role.ADMIN,
        words=words,
    )


@keeper
def new() -> Response:
    """An empty form."""
    return _form(PhraseForm(data={"language": _language()}).offer(_use()), _use(), None)


@keeper
def add() -> Response:
    """Add one of our own, or look how it would read."""
    use, form = _use(), PhraseForm(request.form).offer(_use())
    if not form.validate() or "preview" in request.form:
        return _form(form, use, None)
    written = form.written(use)
    write()
    try:
        row = phrase.add(_program().id, written, auth.person().id, clock.now())
    except Full:
        return _full(form, use)
    db.session.commit()
    say(_("It counts from now on."), url_for("program.retire_phrase", key=phrase.key_of(row)))
    return go(_list(use, written.language))


@keeper
def edit(key: str) -> Response:
    """The form of one, with how it reads."""
    said = _found(key)
    use = PhraseUse(said.use)
    return _form(PhraseForm(data=said._asdict()).offer(use, said), use, said)


@keeper
def change(key: str) -> Response:
    """Say it differently from now on, or look how that would read."""
    said = _found(key)
    use = PhraseUse(said.use)
    form = PhraseForm(request.form).offer(use, said)
    if not form.validate() or "preview" in request.form:
        return _form(form, use, said)
    written = form.written(use, said)
    write()
    phrase.change(_program().id, _found(key), written, auth.person().id, clock.now())
    db.session.commit()
    say(_("Saved."))
    return go(_list(use, written.language))


@keeper
def retire(key: str) -> Response:
    """Use it no more."""
    write()
    said = _found(key)
    phrase.retire(_program().id, said, auth.person().id, clock.now())
    db.session.commit()
    say(_("It is not used any more."), url_for("program.restore_phrase", key=key))
    return go(_list(said.use, said.language))


@keeper
def restore(key: str) -> Response:
    """Use it again."""
    write()
    said = _found(key)
    phrase.restore(_program().id, said)
    db.session.commit()
    say(_("It is used again."))
    return go(_list(said.use, said.language))


@keeper
def reset(key: str) -> Response:
    """As every program starts with it."""
    write()
    said = _found(key)
    phrase.reset(_program().id, said)
    db.session.commit()
    say(_("It reads as at the start again."))
    return go(_list(said.use, said.language))


def _program() -> Program:
    return found(the_program())


def _found(key: str) -> Said:
    return found(phrasebook.find(_program(), key))


def _use() -> PhraseUse:
    return PhraseUse.OPENING if request.values.get("use") == PhraseUse.OPENING else PhraseUse.MESSAGE


def _language() -> str:
    asked = request.values.get("language", "")
    return asked if asked in LANGUAGES else current()


def _list(use: str, language: str) -> str:
    return url_for("program.phrases", use=use, language=language)


def _full(form: PhraseForm, use: PhraseUse) -> Response:
    db.session.rollback()
    form.text.errors = [_("There are very many already. Retire some first.")]
    return _form(form, use, None)


def _form(form: PhraseForm, use: PhraseUse, said: Said | None) -> Response:
    preview = None if form.errors or not form.text.data else _preview(form.written(use, said))
    html = render_template(
        "program/phrases/form.html", form=form, use=use, said=said, preview=preview, example=EXAMPLE, words=words
    )
    return make_response(html, 422 if form.errors else 200)


def _preview(written: Written) -> tuple[str, str]:
    """The subject and the text as a candidate would read them."""
    facts = facts_of(EXAMPLE) | {"recruiter": auth.person().name}
    formal = is_formal(written.language)
    return fill(written.subject, facts, formal=formal), fill(written.text, facts, formal=formal)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/phrases", endpoint="phrases")(index)
    bp.get("/phrases/new", endpoint="new_phrase")(new)
    bp.post("/phrases", endpoint="add_phrase")(add)
    bp.get("/phrases/<key>", endpoint="phrase")(edit)
    bp.post("/phrases/<key>", endpoint="change_phrase")(change)
    bp.post("/phrases/<key>/retirement", endpoint="retire_phrase")(retire)
    bp.post("/phrases/<key>/return", endpoint="restore_phrase")(restore)
    bp.post("/phrases/<key>/reset", endpoint="reset_phrase")(reset)
