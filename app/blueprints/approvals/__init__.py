"""Approvals: what waits for the word of those who run the program."""
