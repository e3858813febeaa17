"""Tests of what other systems tell us."""
