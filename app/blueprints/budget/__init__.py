"""Budget: the money for rewards, what waits for a decision or to be handed over, and what payroll must know."""
