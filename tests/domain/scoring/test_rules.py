"""The scoring model: the preset before and after it is published."""

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.scoring.rules import RulePoints, RulesetRow, install_preset, live, live_for_writing
from app.domain.scoring.ruleset import PRESET
from tests.domain.scoring.scene import NOW


@pytest.mark.usefixtures("session")
class TestRules:
    def test_before_anybody_published_the_preset_holds(self) -> None:
        assert (live().id, live().version, live().ruleset) == (0, 1, PRESET)

    def test_what_is_published_is_the_preset(self) -> None:
        install_preset(None, NOW)
        assert live().id > 0
        assert dict(live().ruleset.kinds) == dict(PRESET.kinds)
        assert (live().ruleset.half_life_days, live().ruleset.s50) == (21.0, 25.0)

    def test_publishing_twice_is_publishing_once(self) -> None:
        install_preset(None, NOW)
        install_preset(None, NOW)
        assert db.session.scalar(select(func.count()).select_from(RulesetRow)) == 1
        assert db.session.scalar(select(func.count()).select_from(RulePoints)) == len(PRESET.kinds)

    def test_whoever_writes_has_a_row_to_refer_to(self) -> None:
        found = live_for_writing(NOW)
        assert found.id > 0
        assert live_for_writing(NOW) == found
