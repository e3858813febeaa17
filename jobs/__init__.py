"""The second process: recurring jobs that claim due rows, call the domain, and commit per row."""
