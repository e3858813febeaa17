"""Notes that touch health, origin or religion are noticed; what only looks like it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.candidates.sensitive import Subject, found

HEALTH, ORIGIN, RELIGION = ({subject} for subject in Subject)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Is nu ziek thuis.", HEALTH),
        ("Heeft een burn-out gehad", HEALTH),
        ("burnout!", HEALTH),
        ("ZWANGER, stopt in mei", HEALTH),
        ("heeft een lichamelijke beperking", HEALTH),
        ("On sick leave", HEALTH),
        ("back  pain", HEALTH),
        ("Van Turkse afkomst", ORIGIN),
        ("Turkse bakkerij", ORIGIN),
        ("Oekraïense collega", ORIGIN),
        ("komt uit Polen", ORIGIN),
        ("Polish, two children", ORIGIN),
        ("draagt een hoofddoek", RELIGION),
        ("Atheïst", RELIGION),
        ("wil op zondag naar de kerk", RELIGION),
        ("She is Muslim and pregnant", HEALTH | RELIGION),
    ],
)
def test_what_we_never_ask(text: str, subjects: set[Subject]) -> None:
    assert found(text) == subjects


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Werkte bij het ziekenhuis",
        "ziekenhuisbeveiliging",
        "Verpleegkundige in de ouderenzorg",
        "Spreekt Turks en Pools",
        "Speaks Turkish, fluent Arab",
        "Arabische taal",
        "Disability care worker",
        "Ik geloof dat het klikt",
        "Woont in de Kerkstraat",
        "Christian belt terug",
        "zit in de talentpool, pool 3",
        "can polish floors",
        "grenzen en polen van een magneet",
        "klachten van klanten oplossen",
        "Operator, ploegendienst, VCA",
        "12 34 56 !!! ---",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert found(text) == set()


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert found(text) <= set(Subject)
    assert found(f"{text} . migraine") >= HEALTH
