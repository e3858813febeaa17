"""Servers of the tests that behave as other systems are documented to behave."""
