"""Tests of what vendors post."""
