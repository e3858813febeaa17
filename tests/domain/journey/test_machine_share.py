"""What machines do in mail, per domain: enough people or nothing."""

from datetime import timedelta

import pytest

from app.domain.actions.response import take_in_many
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.journey.machine_share import FEWEST, LOOKS_BACK, Share, by_domain, of_all
from app.domain.journey.touchpoint import Hit
from tests import make

NOW = make.START


def open_mail(domain: str, *verdicts: str) -> None:
    """Somebody with two addresses at a domain opens a mail for each verdict, and did so long ago."""
    them = make.candidate()
    for name in ("a", "b"):
        identity.add(them, Channel.EMAIL, f"{name}{them.id}@{domain}", NOW)
    hits = [Hit(them.id, "mail_open", NOW, "s", f"{them.id}-{n}", verdict) for n, verdict in enumerate(verdicts)]
    old = Hit(them.id, "mail_click", NOW - LOOKS_BACK - timedelta(seconds=1), "s", f"{them.id}-old")
    take_in_many([*hits, old, Hit(them.id, "form", NOW, "s", f"{them.id}-form")], NOW)


@pytest.fixture
def mails(session: None) -> None:
    make.agency()
    for _ in range(FEWEST):
        open_mail("groot.example", "machine", "unknown", "human")
    for _ in range(FEWEST - 1):
        open_mail("klein.example", "machine")


def test_a_domain_of_few_people_is_not_told(mails: None) -> None:
    assert by_domain(NOW) == [Share("groot.example", 5, 15, 5, 5)]


def test_all_together_counts_everybody(mails: None) -> None:
    assert of_all(NOW) == Share("", 9, 19, 9, 5)


def test_nothing_is_nothing(session: None) -> None:
    assert (by_domain(NOW), of_all(NOW)) == ([], Share("", 0, 0, 0, 0))
