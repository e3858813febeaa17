"""Tests of the screen on the wall."""
