"""The page on which an administrator says what each action kind is worth."""

from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from app import clock
from app.blueprints.program.forms import KindForm
from app.domain.actions import game_rules
from app.domain.agency.agency import Agency
from app.domain.program import action_kind
from app.domain.program.action_kind import ActionKind, ActionRule
from app.domain.program.preset import PRESET_CODES
from app.domain.program.program import Program
from app.web.program_forms import points_form


class PointsPage:
    """The kinds, the form with their points, and which points count only from a coming Monday."""

    def __init__(self, program: Program, agency: Agency, sent: MultiDict[str, str] | None = None) -> None:
        self.program, self.zone = program, agency.zone
        self.today = clock.local_day(clock.now(), self.zone)
        everything = action_kind.kinds_of(program.id)
        self.kinds = [kind for kind in everything if not kind.retired_at]
        self.retired = [kind for kind in everything if kind.retired_at]
        self.newest = action_kind.newest_rules(program.id)
        self.form = points_form(self.kinds)(
            sent, data={f"points-{kind.id}": self.newest[kind.id].points for kind in self.kinds}
        )

    @property
    def monday(self) -> date:
        """From when a change of today counts."""
        return clock.week_of(self.today).end

    def coming(self, kind: ActionKind) -> ActionRule | None:
        """The version that does not count yet."""
        newest = self.newest[kind.id]
        return newest if newest.valid_from > self.today else None

    @property
    def own(self) -> list[ActionKind]:
        """The kinds of the agency's own, which it may retire."""
        return [kind for kind in self.kinds if kind.code not in PRESET_CODES]

    def change(self, by_id: int, at: datetime) -> None:
        """Make new versions of what was changed, and an edition of the rules that says so."""
        for kind, points in self.form.chosen(self.kinds):
            action_kind.change_points(kind, points, by_id, at, self.zone)
        game_rules.publish(self.program, by_id, at)


def add_own(form: KindForm, program_id: int, by_id: int, at: datetime) -> None:
    """Add a kind of the agency's own."""
    action_kind.add_kind(
        program_id,
        label_nl=form.label_nl.data or "",
        label_en=form.label_en.data or "",
        points=form.points.data or 0,
        by_id=by_id,
        at=at,
        for_members=bool(form.for_members.data),
    )
