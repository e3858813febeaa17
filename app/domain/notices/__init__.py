"""Who must be told: the outbox, preferences and flagged addresses; an opaque recipient, a kind, facts."""
