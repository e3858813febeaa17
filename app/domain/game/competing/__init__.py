"""Competitions: who takes part, how they stand, what they win, and how a result becomes final."""
