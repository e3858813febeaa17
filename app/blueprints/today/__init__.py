"""Today: who is next, and logging what was done."""
