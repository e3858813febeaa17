"""Why a card was passed over, in words."""

import pytest

from app.domain.actions.queue_cards import Gone
from app.language import in_language
from app.words.turns import passed_over


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (Gone("Bram", "claimed", "Sanne"), "Bram is overgeslagen: Sanne is hiermee bezig."),
        (Gone("Bram", "claimed", None), "Bram is overgeslagen: een collega is hiermee bezig."),
        (Gone("Bram", "contacted", "Sanne"), "Bram is overgeslagen: Sanne had net contact."),
        (Gone("Bram", "paused", None), "Bram is overgeslagen: wil even met rust gelaten worden."),
        (Gone("Bram", "something new", None), "Bram is voor nu overgeslagen."),
        (Gone("", "retention_over", None), "Een kandidaat is overgeslagen: we mogen de gegevens niet meer gebruiken."),
    ],
    ids=lambda value: value.reason if isinstance(value, Gone) else "",
)
def test_a_reason_is_a_sentence(gone: Gone, sentence: str, session: None) -> None:
    with in_language("nl"):
        assert passed_over(gone) == sentence
