"""Vendors whose systems candidates meet us by: what each sends us, proven to be theirs, read, and what it means."""
