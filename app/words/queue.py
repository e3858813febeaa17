"""The words that the queue's screen needs, gathered for its templates."""

from types import SimpleNamespace

from app.words import actions, candidates, reasons

WORDS = SimpleNamespace(
    **vars(reasons)
    | vars(candidates)
    | {
        "outcomes": actions.keyed_outcomes,
        "other_outcomes": actions.other_outcomes,
        "outcome_label": actions.outcome_label,
    }
)
