"""Words of alerts: what counted most for a fan, and what a mail of a kind is called."""

from datetime import date

import pytest

from app.domain.actions.alert_topic import KIND
from app.domain.journey import touchpoint_kind
from app.domain.notices import catalogue
from app.domain.notices.alert import AlertKind
from app.language import in_language
from app.words import alerts, mails

MONDAY = date(2026, 3, 2)
REASONS: list[dict[str, object]] = [
    {"kind": "job_view", "days": 3, "last": "2026-03-01"},
    {"kind": "form", "days": 1, "last": "2026-02-20"},
    {"kind": "Brochure", "days": 1, "last": "2026-03-02"},
]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "vacature bekeken op 3 dagen, formulier ingevuld op 20 februari, brochure vandaag"),
        ("en", "job viewed on 3 days, form submitted on 20 February, brochure today"),
    ],
)
def test_what_counted_most(session: None, language: str, sentence: str) -> None:
    touchpoint_kind.install_preset()
    with in_language(language):
        assert alerts.contributions(REASONS, MONDAY) == sentence


def test_every_kind_of_mail_has_a_name(session: None) -> None:
    kinds = [KIND, "weekly_reminder", *map(catalogue.alert, AlertKind)]
    names = [mails.mail_name(kind) for kind in kinds]
    assert len({*names, mails.mail_name("anything")}) == len(kinds) + 1
