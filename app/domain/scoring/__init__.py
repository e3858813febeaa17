"""How warm a candidate is and who is next."""
