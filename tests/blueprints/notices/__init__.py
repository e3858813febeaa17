"""Tests of the bell, and of what one chooses to be told."""
