"""Carries out what the form about the executive sponsor says, for the setup and for the settings."""

from datetime import datetime

from app.db import db
from app.domain.agency import picture
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person, Role, active
from app.domain.program import founding, sponsor
from app.domain.program.program import Program
from app.web.forms import submitted
from app.web.invitations import sender
from app.web.program_forms import NOBODY, SOMEBODY_NEW, SponsorForm


def form_of(program: Program) -> SponsorForm:
    """The form with what was sent, or else with the present sponsor."""
    form = SponsorForm(submitted(), sponsor=program.sponsor_id or NOBODY, message=program.sponsor_message)
    form.offer(active())
    return form


def carry_out(form: SponsorForm, program: Program, agency: Agency, at: datetime) -> None:
    """Appoint whom the form names; somebody new is invited.

    Raises:
        EmailTaken: somebody else took the address since the form was checked.
    """
    photo = picture.store(form.photo.content, at) if form.photo.content else None
    sponsor.appoint(program, _named(form, agency, at), form.message.data or "", photo.id if photo else None)


def _named(form: SponsorForm, agency: Agency, at: datetime) -> Person | None:
    if form.sponsor.data == SOMEBODY_NEW:
        name, email = form.sponsor_name.data or "", form.sponsor_email.data or ""
        return founding.welcome(name, email, Role.SPONSOR, sender(), zone=agency.zone, at=at)
    return db.session.get(Person, form.sponsor.data)
