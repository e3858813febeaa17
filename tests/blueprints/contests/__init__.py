"""Tests of competitions for everybody."""
