"""What names in Bullhorn mean, as the page shows it and takes it in: those that wait, the agency's own, and ours."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from wtforms import SelectField, StringField
from wtforms.validators import Length

from app import clock
from app.domain.actions.bullhorn import meaning, preset, record
from app.domain.actions.bullhorn.meaning import BullhornMeaning
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import LONGEST_NAME, Entity, Unknown, folded
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.program.kind_rule import offered
from app.domain.program.program import the_program
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled
from app.words import bullhorn_names as words
from app.words.bullhorn_names import Choice


class NameForm(Form):
    """What a name is taken for."""

    entity = SelectField()
    name = StringField(_l("Name in Bullhorn"), [filled(), Length(max=LONGEST_NAME)])
    meaning = SelectField(_l("What is it?"))

    def offer(self) -> "NameForm":
        """With the sorts of names, and what can be meant by one of its sort."""
        self.entity.choices = [(str(each), str(each)) for each in preset.ALL]
        self.meaning.choices = choices_of(self.entity.data) if self.entity.data in set(preset.ALL) else []
        return self

    @property
    def means(self) -> str | None:
        return None if self.meaning.data == words.PASS else self.meaning.data


class Names(NamedTuple):
    """The names of notes, of submissions or of placements; `preset` by what they are taken for."""

    entity: Entity
    unknown: Sequence[Unknown]
    own: Sequence[BullhornMeaning]
    preset: Mapping[str, Sequence[str]]
    choices: Sequence[Choice]


def choices_of(entity: str) -> list[Choice]:
    """What can be meant by a name of this sort."""
    if entity != Entity.NOTE:
        return words.steps(preset.STEPS[Entity(entity)])
    program, today = the_program(), clock.local_day(clock.now(), the_zone())
    return words.notes(offered(program.id, today, Role.RECRUITER) if program else [])


def of_all() -> list[Names]:
    """The names of each sort."""
    own, unknown = meaning.own(), record.named(Reason.UNMAPPED)
    return [_of(entity, [row for row in own if row.entity == entity], unknown) for entity in preset.ALL]


def _of(entity: Entity, own: Sequence[BullhornMeaning], unknown: Sequence[Unknown]) -> Names:
    """What was mapped a moment ago waits for Bullhorn alone, and for nobody's word."""
    said = {row.name for row in own}
    waiting = [each for each in unknown if each.entity == entity and folded(each.name) not in said]
    return Names(entity, waiting, own, _preset(entity, said), choices_of(entity))


def _preset(entity: Entity, own: Collection[str]) -> dict[str, list[str]]:
    """What we know by ourselves, without what the agency said otherwise."""
    return {
        means or words.PASS: [label for label in labels if folded(label) not in own]
        for means, labels in preset.ALL[entity].items()
    }
