"""What other rules would do: before and after, fans, the top; nothing is written, and the same as publishing shows."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import fan, preview, publication
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from tests import make
from tests.domain.scoring.scene import NOW, hit, make_candidate

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def pool(session: None) -> list[int]:
    """Twelve candidates; the first acted most, the last not at all."""
    ids = [make_candidate(), *(make.candidate().id for _ in range(11))]
    hits = [hit(each, "form", 20 + day) for at, each in enumerate(ids) for day in range((11 - at) // 2)]
    hits += [hit(each, "job_view", 28) for each in ids[:11]]
    take_in_many(hits, NOW, silent=True)
    return ids


def changed(**values: object) -> Ruleset:
    return replace(live().ruleset, **values)  # type: ignore[arg-type]


def test_the_same_rules_change_nothing(pool: list[int]) -> None:
    found = preview.preview(live().ruleset, NOW)
    assert found.before == found.after
    assert (found.everybody, found.looked_at, sum(found.before)) == (11, 11, 11)
    assert (found.becomes, found.ceases, found.overlap, found.top) == ((), (), 11, 11)


def fans() -> set[int]:
    return set(db.session.scalars(select(ContactState.candidate_id).where(ContactState.fan_since.is_not(None))))


def test_what_is_foretold_is_what_comes(pool: list[int]) -> None:
    fan.rejudge(pool[:3], NOW)
    draft, before = changed(half_life_days=15.0, fan_from=63.0, fan_until=60.0), fans()
    found = preview.preview(draft, NOW)
    publication.publish(draft, since=None, note="", by_id=make.person("Ada Smit").id, now=NOW)
    while publication.progress():
        publication.advance(NOW)
    assert fans() == (before | set(found.becomes)) - set(found.ceases)
    assert preview.preview(draft, NOW).before == found.after


def test_fans_cease_when_a_kind_is_worth_less(pool: list[int]) -> None:
    fan.rejudge(pool, NOW)
    draft = changed(kinds={**PRESET.kinds, "form": KindRule(1)})
    found = preview.preview(draft, NOW)
    assert found.ceases
    assert found.becomes == ()


def test_from_today_the_past_keeps_its_points(pool: list[int]) -> None:
    draft = changed(kinds={**PRESET.kinds, "form": KindRule(1)})
    found = preview.preview(preview.from_today(draft, NOW + timedelta(days=1), AMSTERDAM), NOW)
    assert found.after == found.before


def test_of_many_a_fixed_sample_is_looked_at(pool: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "MOST", 4)
    found = preview.preview(live().ruleset, NOW)
    assert (found.everybody, found.looked_at) == (11, 4)
    assert found == preview.preview(live().ruleset, NOW)
    monkeypatch.setattr(preview, "SCATTER", preview.MODULUS - 1)
    assert preview.preview(live().ruleset, NOW).looked_at == 4, "numbers of candidates grow large"


def test_who_objected_is_not_in_it(pool: list[int]) -> None:
    contact_flags.objected(pool[0], NOW)
    assert preview.preview(live().ruleset, NOW).everybody == 10


def test_without_signals_there_is_nothing_to_see(session: None) -> None:
    make_candidate()
    found = preview.preview(PRESET, NOW)
    assert (found.everybody, found.top, found.seconds) == (0, 0, 0)
