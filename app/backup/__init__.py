"""Backups: every row of every table in one file that either engine reads."""
