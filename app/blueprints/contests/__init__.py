"""Competitions for everybody: what runs, comes and was, how one stands, and what one may say of a result."""
