"""Importing candidates: what a file that was brought says of whom, a rehearsal of it, and writing it in portions."""
