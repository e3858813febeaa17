"""The steps of the setup after the first: what each asks, and what its answer does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.blueprints.setup.forms import InviteForm
from app.domain.agency.agency import Agency
from app.domain.agency.person import Role, by_email
from app.domain.program import action_kind, block, founding
from app.domain.program.block import Scope
from app.domain.program.program import Program
from app.domain.program.reserving import reserve
from app.web import auth, sponsorship
from app.web.errors import found
from app.web.forms import Form, submitted
from app.web.invitations import sender
from app.web.program_forms import BlockForm, PointsForm, SponsorForm, points_form


@dataclass(frozen=True, slots=True)
class Setting:
    """The agency that is being set up, and its program."""

    agency: Agency
    program: Program


@dataclass(frozen=True, slots=True)
class Step:
    """`carry_out` may raise EmailTaken when somebody else took an address meanwhile."""

    template: str
    form: Callable[[Setting], Form]
    carry_out: Callable[[Any, Setting, datetime], None]


def _appoint(form: SponsorForm, setting: Setting, at: datetime) -> None:
    sponsorship.carry_out(form, setting.program, setting.agency, at)


def _block_form(setting: Setting) -> Form:
    present = block.newest(Scope(setting.program.id))
    return BlockForm(submitted(), data=BlockForm.facts(found(present)) | {"timezone": setting.agency.timezone})


def _reserve(form: BlockForm, setting: Setting, at: datetime) -> None:
    setting.agency.timezone = form.timezone.data
    reserve([Scope(setting.program.id)], form.time, auth.person(), at)


def _points_form(setting: Setting) -> Form:
    kinds = action_kind.kinds_of(setting.program.id)
    newest = action_kind.newest_rules(setting.program.id)
    return points_form(kinds)(submitted(), data={f"points-{kind.id}": newest[kind.id].points for kind in kinds})


def _price(form: PointsForm, setting: Setting, at: datetime) -> None:
    for kind, points in form.chosen(action_kind.kinds_of(setting.program.id)):
        action_kind.choose_points(kind, points, auth.person().id, at)


def _invite_form(_setting: Setting) -> Form:
    return InviteForm(submitted())


def _invite(form: InviteForm, setting: Setting, at: datetime) -> None:
    for name, email in form.invitees():
        if by_email(email) is None:
            founding.welcome(name, email, Role.RECRUITER, sender(), zone=setting.agency.zone, at=at)


def _last_form(_setting: Setting) -> Form:
    return Form(submitted())


def _nothing(_form: Form, _setting: Setting, _at: datetime) -> None:
    """The last step only says where to go on."""


STEPS = {
    2: Step("setup/sponsor.html", lambda setting: sponsorship.form_of(setting.program), _appoint),
    3: Step("setup/block.html", _block_form, _reserve),
    4: Step("setup/points.html", _points_form, _price),
    5: Step("setup/people.html", _invite_form, _invite),
    6: Step("setup/candidates.html", _last_form, _nothing),
}
