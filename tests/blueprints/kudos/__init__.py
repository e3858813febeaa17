"""Tests of the pages of kudos."""
