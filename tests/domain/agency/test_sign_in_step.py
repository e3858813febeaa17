"""Steps of a sign-in: found by their token and kind, over after minutes, used up by the first of many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.db import db, write
from app.domain.agency import sign_in_step
from app.domain.agency.second_factor import StepKind
from app.domain.agency.sign_in_step import LASTS
from tests import make

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.usefixtures("session")
class TestOne:
    @pytest.mark.parametrize("kind", StepKind)
    def test_it_lasts_some_minutes(self, kind: StepKind) -> None:
        value = sign_in_step.begin(kind, NOW, how="password")
        found = sign_in_step.find(value, kind, NOW + LASTS[kind] - SECOND)
        assert found
        assert found.payload == {"how": "password"}
        assert sign_in_step.find(value, kind, NOW + LASTS[kind]) is None

    def test_it_is_of_one_kind_and_one_token(self) -> None:
        value = sign_in_step.begin(StepKind.SECOND, NOW)
        assert sign_in_step.find(value, StepKind.PASSKEY, NOW) is None
        assert sign_in_step.find("", StepKind.SECOND, NOW) is None

    def test_it_is_used_once(self) -> None:
        sanne = make.person("Sanne")
        value = sign_in_step.begin(StepKind.NEW_PASSKEY, NOW, sanne.id)
        used = sign_in_step.use_up(value, StepKind.NEW_PASSKEY, NOW)
        assert used
        assert used.person_id == sanne.id
        assert sign_in_step.use_up(value, StepKind.NEW_PASSKEY, NOW) is None

    def test_those_of_one_person_end_together(self) -> None:
        sanne, bram = make.person("Sanne"), make.person("Bram")
        values = [sign_in_step.begin(StepKind.SECOND, NOW, each.id) for each in (sanne, sanne, bram)]
        sign_in_step.end_all(sanne.id)
        found = [sign_in_step.find(each, StepKind.SECOND, NOW) is not None for each in values]
        assert found == [False, False, True]


def test_of_many_at_once_one_uses_it(real_app: Flask) -> None:
    with real_app.app_context():
        value = sign_in_step.begin(StepKind.PASSKEY, NOW)
        db.session.commit()

    def use(_number: int) -> bool:
        with real_app.app_context():
            write()
            used = sign_in_step.use_up(value, StepKind.PASSKEY, NOW)
            db.session.commit()
            return used is not None

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]
