"""The journey: every contact point on one map, and what candidates thought of it."""
