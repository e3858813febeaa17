"""Tests of what mail providers tell."""
