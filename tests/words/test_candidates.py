"""Every stage, channel and state has its words; warmth reads in one word."""

import pytest

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.importing.columns import Sure
from app.domain.candidates.importing.entry import Reason, Refusal
from app.domain.candidates.importing.headers import Column, Vendor, column_of
from app.domain.candidates.preference import SaidBy
from app.domain.candidates.table_file import Fault, Unusable
from app.language import in_language
from app.words import candidates as words
from app.words import importing

pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_has_its_own_words(language: str) -> None:
    with in_language(language):
        for kind, label in (
            (Stage, words.stage_label),
            (Channel, words.channel_label),
            (Channel, words.channel_name),
            (Channel, words.channel_verb),
            (Channel, words.channel_icon),
            (IdentityState, words.identity_state_label),
            (SaidBy, words.said_by_label),
            (Column, importing.column_label),
            (Sure, importing.sure_label),
            (Vendor, importing.vendor_label),
            (Reason, importing.reason_label),
            (Fault, lambda fault: importing.fault_sentence(Unusable(fault, 7))),
            (Reason, lambda reason: importing.refusal_sentence(Refusal(2, reason, "x"))),
        ):
            said = [label(each) for each in kind]  # type: ignore[arg-type] # each label takes its own kind
            assert len(set(said)) == len(said), said


@pytest.mark.parametrize(
    ("shown", "word"), [(0, "koel"), (8, "lauw"), (25, "warm"), (50, "heel warm"), (100, "heel warm")]
)
def test_warmth_in_a_word(shown: float, word: str) -> None:
    with in_language("nl"):
        assert words.warmth_label(shown) == word


def test_the_stages_in_dutch() -> None:
    with in_language("nl"):
        said = [words.stage_label(stage) for stage in Stage]
    assert said == ["aantrekken", "boeien", "warmhouden", "plaatsen", "opnieuw plaatsen"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_headers_of_exports_are_known_for_certain(language: str) -> None:
    columns = [column for column in Column if column]
    with in_language(language):
        assert [column_of(importing.column_label(column)) for column in columns] == columns


def test_what_an_undo_leaves_has_words() -> None:
    said = {importing.stays_label(what) for what in ("acts", "identity", "role_sought", "owner_id")}
    assert len(said) == 4
