"""The follow-up block as a queue: one candidate at a time, one key each."""
