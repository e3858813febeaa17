"""The words of the lab, where they depend on a figure."""

import pytest

from app.language import in_language
from app.words import lab

pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize(
    ("better", "said"),
    [
        ([0.05, 0.01, 0.09], "voorspelt beter"),
        ([-0.05, -0.09, -0.01], "voorspelt slechter"),
        ([0.01, -0.02, 0.04], "niet duidelijk beter"),
        ([0, 0, 0], "niet beter"),
    ],
)
def test_a_draft_is_called_better_only_beyond_chance(better: list[float], said: str) -> None:
    with in_language("nl"):
        assert said in lab.better_sentence(better)


def test_a_proposal_that_does_not_beat_the_present_is_said_to_be_one() -> None:
    with in_language("nl"):
        told = {"judged": [], "foretells": True, "is_better": False}
        assert "houd wat je hebt" in lab.proposal_sentence(told)
        assert "niets te leren" in lab.proposal_sentence(told | {"foretells": False})


def test_figures_have_their_interval() -> None:
    with in_language("nl"):
        assert lab.figure([0.841, 0.812, 0.87]) == "0,84 (0,81\u2060\u2013\u20600,87)"
        assert lab.percentage([0.41, 0.35, 0.47]) == "41% (35\u2060\u2013\u206047)"
        assert (lab.figure([1, 1, 1]), lab.figure(None), lab.percentage(None)) == ("1,00", lab.NONE, lab.NONE)


def test_winners_without_a_name_are_colleagues() -> None:
    with in_language("nl"):
        assert lab.winners(["Sanne", None, None]) == "Sanne, 2 collega\u2019s"
        assert lab.winners([]) == "niemand"
